import { Migration } from '@mikro-orm/migrations';

/** Which contacts the bot has, found by a column that never changes. */
export class BotTickets extends Migration {
  override up(): void {
    // An index on `updated_at`, whatever its predicate, made every message write an entry into each index of its
    // ticket: PostgreSQL can update a row in place (HOT) only while no indexed column changes.
    this.addSql('drop index ticket_bot');
    this.addSql(`create index ticket_bot on ticket (created_at) where state = 'bot'`);
  }
}
