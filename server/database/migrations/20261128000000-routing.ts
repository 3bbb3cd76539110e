import { Migration } from '@mikro-orm/migrations';

/** Skills, overflow, who had a citizen last, and clocks that pause outside hours. */
export class Routing extends Migration {
  override up(): void {
    this.addSql(`create table operator_skill (
      operator_id text not null references operator (id) on delete cascade,
      skill_id text not null,
      primary key (operator_id, skill_id)
    )`);

    this.addSql(`alter table queue
      add column overflow jsonb not null default '{"queueIds": [], "afterSeconds": null, "whenNobody": false}',
      add column overflow_until timestamptz`);

    // Found out when a ticket enters a queue, so that matching reads them from its row alone.
    this.addSql(`alter table ticket
      add column needs jsonb not null default '[]',
      add column topic text,
      add column preferred_operator_id text,
      add column preferred_until timestamptz,
      add column service_level_due_at timestamptz`);
    // What waits now: measured as it was until today.
    this.addSql(`update ticket t set service_level_due_at = t.waiting_since + make_interval(secs => q.service_level_seconds)
      from queue q where q.id = t.queue_id and t.waiting_since is not null`);

    // Each queue and channel in its order, so that a thousand letters do not hide the chat behind them.
    this.addSql(
      `create index ticket_lane on ticket (queue_id, channel, priority, clock_at, id) where state = 'waiting'`,
    );
    this.addSql(
      `create index ticket_reserved on ticket (reserved_for) where state = 'waiting' and reserved_for is not null`,
    );
  }
}
