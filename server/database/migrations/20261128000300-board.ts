import { Migration } from '@mikro-orm/migrations';

/** The live board: from where on a figure wants attention, what is announced, what was moved, and incidents. */
export class Board extends Migration {
  override up(): void {
    this.addSql(`create table queue_limit (
      queue_id text primary key references queue (id) on delete cascade,
      limits jsonb not null,
      updated_at timestamptz not null
    )`);

    this.addSql(`create table announcement (
      id uuid primary key,
      text jsonb not null,
      voice boolean not null,
      chat boolean not null,
      since timestamptz not null,
      until timestamptz not null,
      ended_at timestamptz,
      by_id text not null,
      by_name text not null
    )`);
    this.addSql('create index announcement_live on announcement (until) where ended_at is null');

    this.addSql(`create table waiting_move (
      id uuid primary key,
      from_queue text not null,
      to_queue text not null,
      ticket_ids jsonb not null,
      by_id text not null,
      at timestamptz not null,
      undone_at timestamptz
    )`);

    this.addSql(`create table incident (
      id uuid primary key,
      -- Whoever is concerned follows this case: one notice to its followers reaches everybody.
      case_id uuid not null unique references service_case (id),
      title text not null,
      topic_id text not null,
      colonia_ids jsonb not null,
      place text,
      state text not null check (state in ('open', 'closed')),
      opened_at timestamptz not null,
      opened_by text not null,
      opened_by_name text not null,
      closed_at timestamptz,
      version integer not null
    )`);
    this.addSql(`create index incident_open on incident (topic_id) where state = 'open'`);
    this.addSql('create index incident_newest on incident (opened_at desc, id)');
    // A contact has one cause.
    this.addSql(`create table incident_ticket (
      ticket_id uuid primary key references ticket (id) on delete cascade,
      incident_id uuid not null references incident (id) on delete cascade,
      linked_at timestamptz not null
    )`);
    this.addSql('create index incident_ticket_of on incident_ticket (incident_id)');
    this.addSql(`create table incident_case (
      case_id uuid primary key references service_case (id) on delete cascade,
      incident_id uuid not null references incident (id) on delete cascade,
      linked_at timestamptz not null
    )`);
    this.addSql('create index incident_case_of on incident_case (incident_id)');

    // Who was answered or left in the last half hour, whenever their contact began.
    this.addSql('create index contact_fact_answered on contact_fact (answered_at desc) where answered_at is not null');
    this.addSql(
      'create index contact_fact_abandoned on contact_fact (abandoned_at desc) where abandoned_at is not null',
    );
    // What people were about in the last hour, and at the same hour of other weeks.
    this.addSql('create index bot_turn_at on bot_turn (at) where understood is not null');
  }
}
