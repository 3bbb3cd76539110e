import { Migration } from '@mikro-orm/migrations';

/** Teams and others speak from addresses of their own, which may move. */
export class BotFramework extends Migration {
  override up(): void {
    this.addSql(`create table botframework_reference (
      address text primary key,
      reference jsonb not null,
      updated_at timestamptz not null
    )`);
  }
}
