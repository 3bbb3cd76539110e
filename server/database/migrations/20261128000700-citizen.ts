import { Migration } from '@mikro-orm/migrations';

/** What colleagues are told of a person for a while, how they like to be reached, and several steps done as one. */
export class CitizenOnOneScreen extends Migration {
  override up(): void {
    this.addSql('alter table citizen add column preferred_channel text');

    this.addSql(`create table citizen_warning (
      id uuid primary key,
      citizen_id uuid not null references citizen (id) on delete cascade,
      kind text not null check (kind in ('safety', 'contact', 'health', 'other')),
      text text not null,
      protected boolean not null,
      operator_id text not null,
      operator_name text not null,
      at timestamptz not null,
      until timestamptz not null
    )`);
    this.addSql('create index citizen_warning_holds on citizen_warning (citizen_id, until)');
    this.addSql('create index citizen_warning_ended on citizen_warning (until)');
    // Few events are notes: of a person's contacts they are found without reading the rest.
    this.addSql(`create index ticket_event_note on ticket_event (ticket_id, id) where type = 'note'`);

    this.addSql(`create table macro (
      id uuid primary key,
      shortcut text not null unique,
      title text not null,
      steps jsonb not null,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`);
  }
}
