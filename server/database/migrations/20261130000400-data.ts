import { Migration } from '@mikro-orm/migrations';

/** How long data are kept, what people ask about theirs, and what is brought from other systems. */
export class Data extends Migration {
  override up(): void {
    this.addSql('alter table citizen add column erased_at timestamptz');

    this.addSql(`create table subject_request (
      id uuid primary key,
      kind text not null check (kind in ('access', 'cancellation', 'opposition')),
      citizen_id uuid not null references citizen (id) on delete cascade,
      state text not null check (state in ('preparing', 'ready', 'expired', 'awaiting', 'grace', 'erasing', 'done',
        'withdrawn')),
      asked_by text not null,
      asked_by_name text not null,
      asked_at timestamptz not null,
      respond_by date not null,
      confirmed_by text,
      confirmed_by_name text,
      confirmed_at timestamptz,
      erase_after timestamptz,
      waits_for text check (waits_for in ('contacts', 'cases', 'hold')),
      -- While the erasure is under way: by what the person was known, which finds what hangs on no id. Gone when it ends.
      under_way jsonb,
      finished_at timestamptz,
      export_key text,
      export_bytes bigint,
      export_expires_at timestamptz,
      -- SHA-256 of the link that was given last; it opens once.
      link_hash text,
      link_until timestamptz,
      downloads integer not null default 0,
      heard_at timestamptz not null
    )`);
    this.addSql('create index subject_request_newest on subject_request (asked_at desc, id)');
    // One at a time of each person: two erasures would confirm each other.
    this.addSql(`create unique index subject_request_open on subject_request (citizen_id, (kind = 'access'))
      where state in ('preparing', 'awaiting', 'grace', 'erasing')`);
    this.addSql(`create index subject_request_going on subject_request (state)
      where state in ('preparing', 'ready', 'grace', 'erasing')`);
    this.addSql('create index subject_request_citizen on subject_request (citizen_id)');

    this.addSql(`create table legal_hold (
      id uuid primary key,
      citizen_id uuid references citizen (id) on delete cascade,
      case_id uuid references service_case (id) on delete cascade,
      reason text not null,
      placed_by text not null,
      placed_by_name text not null,
      placed_at timestamptz not null,
      released_by_name text,
      released_at timestamptz,
      check (num_nonnulls(citizen_id, case_id) = 1)
    )`);
    this.addSql('create index legal_hold_citizen on legal_hold (citizen_id) where released_at is null');
    this.addSql('create index legal_hold_case on legal_hold (case_id) where released_at is null');

    // How far each rule has come, and what it left behind because it was held back: that is looked at each time.
    this.addSql(`create table retention_progress (
      class text primary key,
      done_up_to timestamptz not null
    )`);
    this.addSql(`create table retention_held (
      class text not null,
      key text not null,
      at timestamptz not null,
      primary key (class, key)
    )`);
    this.addSql(`create table retention_run (
      id uuid primary key,
      state text not null check (state in ('running', 'done')),
      asked_by text,
      asked_by_name text,
      -- The city's day whose nightly run this is; null when somebody asked for it.
      night date unique,
      rules jsonb not null,
      -- From where it goes on.
      cursor jsonb not null,
      counts jsonb not null,
      began_at timestamptz not null,
      heard_at timestamptz not null,
      finished_at timestamptz
    )`);
    this.addSql(`create unique index retention_run_one on retention_run ((true)) where state = 'running'`);

    this.addSql(`create table data_import (
      id uuid primary key,
      kind text not null check (kind in ('citizens', 'cases')),
      state text not null check (state in ('uploaded', 'checking', 'checked', 'importing', 'done', 'undoing', 'undone',
        'failed')),
      name text not null,
      -- The system that the ids come from.
      source text not null,
      sha256 text not null,
      -- Null once the file is gone: it holds what people told another system.
      storage_key text,
      encoding text not null,
      delimiter text not null,
      columns jsonb not null,
      mapping jsonb not null,
      row_count integer not null,
      -- How many rows were checked, or imported.
      done integer not null default 0,
      counts jsonb not null,
      fault text,
      created_by text not null,
      created_by_name text not null,
      created_at timestamptz not null,
      heard_at timestamptz not null,
      finished_at timestamptz
    )`);
    this.addSql('create index data_import_newest on data_import (created_at desc, id)');
    this.addSql(`create table data_import_row (
      import_id uuid not null references data_import (id) on delete cascade,
      -- As the file counts them: the heading is line 1.
      line integer not null,
      outcome text not null check (outcome in ('new', 'merged', 'duplicate', 'invalid')),
      -- Codes and columns of what is wrong; never what stands there.
      problems jsonb not null,
      citizen_id uuid,
      case_id uuid,
      -- Which fields an existing person lacked and got: what an undo takes back.
      filled jsonb,
      primary key (import_id, line)
    )`);
    this.addSql('create index data_import_row_citizen on data_import_row (citizen_id) where citizen_id is not null');
    // What another system calls a person or a case: the same one is never brought twice.
    this.addSql(`create table external_reference (
      kind text not null check (kind in ('citizen', 'case')),
      source text not null,
      external_id text not null,
      citizen_id uuid references citizen (id) on delete cascade,
      case_id uuid references service_case (id) on delete cascade,
      import_id uuid references data_import (id) on delete set null,
      primary key (kind, source, external_id)
    )`);
    this.addSql(
      'create index external_reference_citizen on external_reference (citizen_id) where citizen_id is not null',
    );
    this.addSql('create index external_reference_case on external_reference (case_id) where case_id is not null');

    // What names a person is found by whom it is about.
    this.addSql('create index audit_log_target on audit_log (target) where target is not null');
    this.addSql(
      'create index attachment_conversation on attachment (conversation_id) where conversation_id is not null',
    );
    this.addSql('create index attachment_owner on attachment (owner)');
    // What is past its term is found by its age; BRIN costs those who write next to nothing.
    this.addSql('create index audit_log_age on audit_log using brin (at)');
    this.addSql('create index raw_input_age on raw_input using brin (received_at)');
    this.addSql('create index presence_event_age on presence_event using brin (at)');
    this.addSql('create index webhook_delivery_age on webhook_delivery using brin (created_at)');
    this.addSql('create index service_case_closed on service_case (closed_at, id) where closed_at is not null');
  }
}
