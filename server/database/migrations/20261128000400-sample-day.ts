import { Migration } from '@mikro-orm/migrations';

/** A sample day that was loaded, and which rows it began with. */
export class SampleDayMigration extends Migration {
  override up(): void {
    this.addSql(`create table sample_day (
      id uuid primary key,
      state text not null check (state in ('loading', 'loaded', 'failed')),
      seed bigint not null,
      progress real not null default 0,
      begins_at timestamptz not null,
      ends_at timestamptz not null,
      contacts integer not null default 0,
      cases integer not null default 0,
      started_by text not null,
      started_by_name text not null,
      reason text,
      -- When whoever plays it was last heard of: a server that was killed leaves nobody waiting for ever.
      heard_at timestamptz not null,
      created_at timestamptz not null
    )`);
    // There is one at a time.
    this.addSql('create unique index sample_day_one on sample_day ((true))');
    // From these every other row of the day is found, whoever added it.
    this.addSql(`create table sample_row (
      table_name text not null,
      key text not null,
      primary key (table_name, key)
    )`);
  }
}
