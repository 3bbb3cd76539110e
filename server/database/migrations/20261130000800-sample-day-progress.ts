import { Migration } from '@mikro-orm/migrations';

/** Whoever waits for a sample day sees what time it is in it, and who waits there. */
export class SampleDayProgress extends Migration {
  override up(): void {
    this.addSql(
      'alter table sample_day add column played_until timestamptz, add column waiting integer not null default 0',
    );
  }
}
