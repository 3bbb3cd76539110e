import { sql } from 'kysely';
import type { Hours } from '../contract/http.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { dueAt } from './queue-entry.ts';
import { rulesAndPlace } from './routing-settings.ts';

interface Row {
  id: string;
  waiting_since: Date;
  hours: Hours;
  service_level_seconds: number;
  kept: Record<string, unknown> | null;
}

/** A queue's hours or promise were changed: by when those who wait in it are to be answered. */
export async function dueAnew(unit: Unit, queueId: string): Promise<void> {
  const { rows } = await sql<Row>`
    select t.id, t.waiting_since, q.hours, q.service_level_seconds,
      (select jsonb_object_agg(key, value) from setting where key = 'place') as kept
    from ticket t join queue q on q.id = t.queue_id
    where q.id = ${queueId} and t.state in ('waiting', 'offered') and t.accepted_at is null
    order by t.id for no key update of t`.execute(unit.tx);
  if (rows.length === 0) return;
  const { place } = rulesAndPlace(rows[0]?.kept ?? null);
  const due = rows.map((row) => dueAt(row, row.waiting_since, place));
  await sql`
    update ticket t set service_level_due_at = d.due, version = t.version + 1, updated_at = ${unit.now}
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${due}::timestamptz[]) as d (id, due)
    where t.id = d.id`.execute(unit.tx);
  unit.emit(
    'tickets.changed',
    rows.map(({ id }) => id),
  );
}
