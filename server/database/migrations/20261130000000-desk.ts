import { Migration } from '@mikro-orm/migrations';

/** Several contacts that are one matter, and promises to look again. */
export class MergesAndFollowUps extends Migration {
  override up(): void {
    // The contact that it went on in, always one that is no part of another.
    this.addSql('alter table ticket add column merged_into uuid references ticket (id) on delete set null');
    this.addSql(`alter table ticket add check (merged_into is null or state = 'closed')`);
    this.addSql('create index ticket_merged on ticket (merged_into) where merged_into is not null');

    this.addSql(`create table ticket_merge (
      id uuid primary key,
      number bigint generated always as identity,
      merged_id uuid not null references ticket (id) on delete cascade,
      kept_id uuid not null references ticket (id) on delete cascade,
      -- How both were and how the kept one was left, what went along, and what had been written until then.
      before jsonb not null,
      moved jsonb not null,
      operator_id text not null,
      operator_name text not null,
      at timestamptz not null,
      undone_at timestamptz
    )`);
    // Whoever merges it twice has merged it once.
    this.addSql('create unique index ticket_merge_standing on ticket_merge (merged_id) where undone_at is null');
    this.addSql('create index ticket_merge_kept on ticket_merge (kept_id, number)');

    // A merged contact is counted as such, and as nothing else.
    this.addSql('alter table contact_fact drop constraint contact_fact_outcome_check');
    this.addSql(`alter table contact_fact add constraint contact_fact_outcome_check check (outcome in ('bot', 'contained',
      'left_bot', 'waiting', 'answered', 'abandoned', 'short_abandoned', 'dismissed', 'merged', 'outbound'))`);

    this.addSql(`create table follow_up (
      id uuid primary key,
      ticket_id uuid references ticket (id) on delete cascade,
      case_id uuid references service_case (id) on delete cascade,
      note text not null,
      due_at timestamptz not null,
      -- For somebody, for a queue, or for somebody who was not there, and then for a queue as well.
      operator_id text,
      queue_id text,
      by_id text not null,
      by_name text not null,
      created_at timestamptz not null,
      told_at timestamptz,
      done_at timestamptz,
      done_by text,
      done_by_name text,
      version integer not null,
      check (num_nonnulls(ticket_id, case_id) = 1),
      check (num_nonnulls(operator_id, queue_id) >= 1)
    )`);
    this.addSql('create index follow_up_operator on follow_up (operator_id, due_at) where done_at is null');
    this.addSql('create index follow_up_queue on follow_up (queue_id, due_at) where done_at is null');
    this.addSql('create index follow_up_due on follow_up (due_at) where done_at is null');
    this.addSql('create index follow_up_done on follow_up (done_at desc) where done_at is not null');
    this.addSql('create index follow_up_ticket on follow_up (ticket_id)');
    this.addSql('create index follow_up_case on follow_up (case_id)');
  }
}
