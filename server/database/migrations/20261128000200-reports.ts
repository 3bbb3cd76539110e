import { Migration } from '@mikro-orm/migrations';

/** What reports are made of: people coming and going, and one row a contact, folded from its story. */
export class Reports extends Migration {
  override up(): void {
    this.addSql(`create table presence_event (
      id bigint generated always as identity primary key,
      operator_id text not null,
      status text not null,
      reason text not null,
      at timestamptz not null
    )`);
    // How somebody's time went: from the last line before a period on.
    this.addSql('create index presence_event_operator on presence_event (operator_id, at, id)');
    this.addSql(`insert into presence_event (operator_id, status, reason, at)
      select operator_id, status, reason, since from presence order by since`);

    this.addSql(`create table contact_fact (
      ticket_id uuid primary key references ticket (id) on delete cascade,
      began_at timestamptz not null,
      channel text not null,
      protected boolean not null,
      -- What it came to. Each contact has one, so that they add up to all of them.
      outcome text not null check (outcome in ('bot', 'contained', 'left_bot', 'waiting', 'answered', 'abandoned',
        'short_abandoned', 'dismissed', 'outbound')),
      with_bot boolean not null,
      queue_id text,
      queued_at timestamptz,
      answered_at timestamptz,
      abandoned_at timestamptz,
      closed_at timestamptz,
      -- Until the first answer or the end, in the hours of its queues.
      waited_seconds integer not null,
      -- The promise of its queue, and when a contact that still waits will have missed it.
      level_seconds integer,
      late_at timestamptz,
      -- Each instant from its beginning to its last event belongs to one of these, so they add up.
      bot_seconds integer not null,
      wait_seconds integer not null,
      shut_seconds integer not null,
      active_seconds integer not null,
      hold_seconds integer not null,
      wrap_seconds integer not null,
      aside_seconds integer not null,
      closed_seconds integer not null,
      -- Written up by somebody while the contact had gone on already: beside the sum.
      wrap_beside_seconds integer not null,
      transfers integer not null,
      reopenings integer not null,
      -- Who had it last.
      operator_id text,
      topic text,
      colonia_id text,
      disposition text,
      rating smallint,
      bot_turns integer not null,
      bot_missed integer not null,
      last_event_id bigint not null,
      last_event_at timestamptz not null
    )`);
    // Every report is of a period.
    this.addSql('create index contact_fact_began on contact_fact (began_at, ticket_id)');
    // What somebody waits in now is also what makes today's service level.
    this.addSql(`create index contact_fact_waiting on contact_fact (began_at) where outcome = 'waiting'`);

    // Each time somebody had a contact in their hands: what occupancy is counted from.
    this.addSql(`create table contact_stretch (
      ticket_id uuid not null references contact_fact (ticket_id) on delete cascade,
      n integer not null,
      operator_id text not null,
      began_at timestamptz not null,
      -- Null: they have it still.
      ended_at timestamptz,
      primary key (ticket_id, n)
    )`);
    this.addSql('create index contact_stretch_operator on contact_stretch (operator_id, began_at)');
    this.addSql('create index contact_stretch_ended on contact_stretch (ended_at)');

    // Contacts whose story went on. Whoever writes a line leaves one here in the same transaction, by trigger, so that
    // no way of writing one can be forgotten; only ever added to, so that nobody waits for anybody.
    this.addSql(`create table contact_stale (
      id bigint generated always as identity primary key,
      ticket_id uuid not null
    )`);
    this.addSql(`create function mark_contacts_stale() returns trigger language plpgsql as $$
      begin
        insert into contact_stale (ticket_id) select distinct ticket_id from changed;
        return null;
      end $$`);
    for (const [table, operation] of [
      ['ticket_event', 'insert'],
      ['ticket_event', 'update'],
      ['case_ticket', 'insert'],
    ] as const) {
      this.addSql(`create trigger ${table}_${operation}_marks_stale after ${operation} on ${table}
        referencing new table as changed for each statement execute function mark_contacts_stale()`);
    }
    this.addSql('insert into contact_stale (ticket_id) select id from ticket order by created_at');
  }
}
