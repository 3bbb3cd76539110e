import { Migration } from '@mikro-orm/migrations';

/** Cases: what citizens report, with a folio, a promise and a story; and who may see what is protected. */
export class Cases extends Migration {
  override up(): void {
    // `case` is a word of SQL.
    this.addSql(`create table service_case (
      id uuid primary key,
      folio text not null unique,
      -- What asked for it: the same request twice opens one case.
      origin_key text unique,
      service_id text not null,
      department_id text not null,
      status text not null check (status in ('received', 'assigned', 'in_progress', 'waiting_citizen', 'solved',
        'not_ours', 'rejected', 'reopened')),
      priority smallint not null check (priority between 0 and 2),
      description text not null,
      latitude double precision check (latitude between -90 and 90),
      longitude double precision check (longitude between -180 and 180),
      address text,
      colonia_id text,
      colonia text,
      reference text,
      triage boolean not null default false,
      protected boolean not null,
      channel text,
      citizen_id uuid references citizen (id),
      conversation_id uuid references conversation (id),
      affected jsonb,
      safe_contact jsonb,
      owner text,
      reason text,
      opened_at timestamptz not null,
      promised_for date not null,
      working_days integer not null check (working_days > 0),
      closed_at timestamptz,
      followers integer not null default 0,
      photos integer not null default 0,
      search text not null,
      version integer not null,
      facts_version integer not null,
      updated_at timestamptz not null,
      check ((latitude is null) = (longitude is null)),
      check ((closed_at is not null) = (status in ('solved', 'not_ours', 'rejected')))
    ) with (fillfactor = 80)`);
    // Lists: newest first, of everything, of what is open, of a department, of a service, of a colonia.
    this.addSql('create index service_case_newest on service_case (opened_at desc, id desc)');
    this.addSql('create index service_case_open on service_case (opened_at desc, id desc) where closed_at is null');
    this.addSql('create index service_case_department on service_case (department_id, opened_at desc, id desc)');
    this.addSql('create index service_case_service on service_case (service_id, opened_at desc, id desc)');
    this.addSql(
      'create index service_case_colonia on service_case (colonia_id, opened_at desc, id desc) where colonia_id is not null',
    );
    // The board: within a column the most urgent promise first. And what is late.
    this.addSql('create index service_case_status on service_case (status, promised_for, id)');
    this.addSql('create index service_case_promise on service_case (promised_for, id) where closed_at is null');
    this.addSql(
      'create index service_case_triage on service_case (opened_at desc, id desc) where triage and closed_at is null',
    );
    // What may be the same: open cases of a service within a box on the ground.
    this.addSql(`create index service_case_nearby on service_case (service_id, latitude, longitude)
      where closed_at is null and not protected and latitude is not null`);
    this.addSql(
      'create index service_case_citizen on service_case (citizen_id, opened_at desc) where citizen_id is not null',
    );
    this.addSql(
      'create index service_case_conversation on service_case (conversation_id) where conversation_id is not null',
    );
    this.addSql('create index service_case_search on service_case using gin (search gin_trgm_ops)');

    // A folio is counted by the transaction that opens its case: one that fails leaves no gap.
    this.addSql(`create table folio_counter (
      year integer primary key,
      last integer not null
    )`);

    this.addSql(`create table case_event (
      id bigint generated always as identity primary key,
      case_id uuid not null references service_case (id),
      type text not null,
      at timestamptz not null,
      actor_type text not null,
      actor_id text,
      actor_name text,
      public boolean not null,
      data jsonb not null,
      -- Which version of the case it made; null for those that change nothing.
      version integer,
      client_id text,
      -- While followers are still to be told of it: whoever comes after this one.
      telling_after uuid
    )`);
    this.addSql('create index case_event_story on case_event (case_id, id)');
    this.addSql('create unique index case_event_version on case_event (case_id, version) where version is not null');
    this.addSql('create index case_event_telling on case_event (id) where telling_after is not null');
    this.addSql('create unique index case_event_client on case_event (case_id, client_id) where client_id is not null');

    this.addSql(`create table case_follower (
      case_id uuid not null references service_case (id),
      citizen_id uuid not null references citizen (id),
      followed_at timestamptz not null,
      primary key (case_id, citizen_id)
    )`);
    this.addSql('create index case_follower_citizen on case_follower (citizen_id)');

    this.addSql(`create table case_ticket (
      case_id uuid not null references service_case (id),
      ticket_id uuid not null references ticket (id),
      linked_at timestamptz not null,
      primary key (case_id, ticket_id)
    )`);
    this.addSql('create index case_ticket_ticket on case_ticket (ticket_id)');

    this.addSql(`create table case_attachment (
      case_id uuid not null references service_case (id),
      attachment_id uuid not null references attachment (id),
      added_at timestamptz not null,
      primary key (case_id, attachment_id)
    )`);
    this.addSql('create index case_attachment_attachment on case_attachment (attachment_id)');

    this.addSql('alter table ticket add column protected boolean not null default false');
    this.addSql('alter table queue add column protected boolean not null default false');
    this.addSql('alter table operator add column protected_grant boolean not null default false');
    this.addSql('alter table operator add column department_id text');
    // What a citizen is told goes into their newest conversation.
    this.addSql('create index conversation_newest on conversation (citizen_id, updated_at desc) where side_of is null');
  }
}
