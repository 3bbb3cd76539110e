import { Migration } from '@mikro-orm/migrations';

/** Reports that go out by e-mail by themselves, and each time they did. */
export class ReportSchedules extends Migration {
  override up(): void {
    this.addSql(`create table report_schedule (
      id uuid primary key,
      name text not null,
      -- Whose figures they are: what they may not see is not in the mail. Kept by id, as other people are in logs.
      owner_id text not null,
      -- What is shown, with a period that moves on by itself.
      view jsonb not null,
      pdf boolean not null,
      every text not null check (every in ('day', 'week', 'month')),
      -- 1 Monday … 7 Sunday, or the day of the month; the last one of a shorter month.
      on_day smallint,
      -- Local time of the city.
      hour smallint not null,
      minute smallint not null,
      -- Addresses, each with whether it may be written to: those of strangers wait for an administrator.
      recipients jsonb not null,
      state text not null check (state in ('active', 'paused', 'stopped')),
      stopped_by text check (stopped_by in ('owner_gone', 'owner_may_not')),
      -- Null while it stands still.
      next_at timestamptz,
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`);
    this.addSql(`create index report_schedule_due on report_schedule (next_at) where next_at is not null`);

    this.addSql(`create table report_run (
      id uuid primary key,
      schedule_id uuid not null references report_schedule (id) on delete cascade,
      why text not null check (why in ('due', 'asked')),
      due_at timestamptz not null,
      -- Earlier ones that nobody sent, because nothing ran; this one stands for them.
      missed integer not null,
      state text not null check (state in ('waiting', 'sent', 'partly', 'failed')),
      period_from date,
      period_to date,
      attempts integer not null default 0,
      -- While it waits: when it is tried next, or, while a server is at it, when that one has given up.
      try_at timestamptz,
      -- What kept it, for people.
      fault text,
      created_at timestamptz not null,
      finished_at timestamptz,
      unique (schedule_id, due_at, why)
    )`);
    this.addSql(`create index report_run_waiting on report_run (try_at) where state = 'waiting'`);
    this.addSql('create index report_run_schedule on report_run (schedule_id, due_at desc)');

    // One mail a person, so that nobody learns who else gets it, and one that is refused keeps no other from leaving.
    this.addSql(`create table report_letter (
      run_id uuid not null references report_run (id) on delete cascade,
      address text not null,
      state text not null check (state in ('waiting', 'sent', 'failed')),
      reason text,
      sent_at timestamptz,
      primary key (run_id, address)
    )`);
  }
}
