import { Migration } from '@mikro-orm/migrations';

/** What people of the console write to each other. */
export class Team extends Migration {
  override up(): void {
    this.addSql(`create table team_message (
      number bigint generated always as identity primary key,
      id uuid not null,
      from_id text not null references operator (id) on delete cascade,
      to_id text not null references operator (id) on delete cascade,
      text text not null,
      ticket_id uuid references ticket (id) on delete set null,
      at timestamptz not null,
      read_at timestamptz,
      check (from_id <> to_id)
    )`);
    // Whoever sends it twice has sent it once.
    this.addSql('create unique index team_message_once on team_message (from_id, id)');
    // Of two people in the order of their ids: both read the same conversation.
    this.addSql(
      'create index team_message_pair on team_message (least(from_id, to_id), greatest(from_id, to_id), number)',
    );
    this.addSql('create index team_message_unread on team_message (to_id, from_id) where read_at is null');
    this.addSql('create index team_message_ticket on team_message (ticket_id) where ticket_id is not null');
    this.addSql('create index team_message_from on team_message (from_id, number)');
    this.addSql('create index team_message_to on team_message (to_id, number)');
  }
}
