import { sql } from 'kysely';
import { addSeconds } from '../clock.ts';
import type { AppContext } from '../context.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { loadPeople } from '../operators/load-people.ts';
import { type FollowUpRow, maySeeAbout } from './follow-up-access.ts';
import { homeQueue } from './home-queue.ts';

/** Somebody who is not there has so long to come; then it is for their queue as well. */
export const GRACE_SECONDS = 900;
const AT_ONCE = 200;

/**
 * Tells that a promise is due, once; and gives it to the queue as well when whoever made it their own is not there,
 * cannot see it any more or has left. Does nothing when it was done, put off or told.
 */
export async function attendFollowUp(unit: Unit, id: string): Promise<void> {
  const row = await unit.tx.selectFrom('follow_up').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row || row.done_at || row.due_at > unit.now) return;
  const queueId = await queueFor(unit, row);
  if (row.told_at && queueId === row.queue_id) return;
  await unit.tx
    .updateTable('follow_up')
    .set({ told_at: row.told_at ?? unit.now, queue_id: queueId, version: row.version + 1 })
    .where('id', '=', id)
    .execute();
  unit.emit('follow-up.changed', { followUpId: id, before: { operatorId: row.operator_id, queueId: row.queue_id } });
}

async function queueFor(unit: Unit, row: FollowUpRow): Promise<string | null> {
  const { tx, now } = unit;
  // A contact may have gone to another queue meanwhile, whose people alone see it.
  if (!row.operator_id) return row.ticket_id ? homeQueue(tx, row) : row.queue_id;
  const [person] = await loadPeople(tx, [row.operator_id]);
  const able = person && !person.disabled && (await maySeeAbout(tx, person, row));
  if (!able) return homeQueue(tx, row);
  const isLate = row.due_at <= addSeconds(now, -GRACE_SECONDS);
  return row.queue_id ?? (isLate && !(await isAtWork(unit, person.id)) ? homeQueue(tx, row) : null);
}

async function isAtWork({ tx, now }: Unit, operatorId: string): Promise<boolean> {
  const { rows } = await sql`select from presence where ${atWork(operatorId, now)}`.execute(tx);
  return rows.length > 0;
}

const atWork = (operatorId: unknown, now: Date) =>
  sql<boolean>`operator_id = ${operatorId} and status <> 'offline' and lease_until > ${now}::timestamptz`;

/** What became due without its job, and what somebody who is not there should have done by now. */
export async function sweepFollowUps({
  database,
  unitOfWork,
  clock,
}: Pick<AppContext, 'database' | 'unitOfWork' | 'clock'>): Promise<void> {
  const now = clock.now();
  const { rows } = await sql<{ id: string }>`
    select f.id from follow_up f
    where f.done_at is null and f.due_at <= ${now}::timestamptz and (f.told_at is null
      or (f.queue_id is null and f.due_at <= ${addSeconds(now, -GRACE_SECONDS)}::timestamptz
        and not exists (select from presence where ${atWork(sql.ref('f.operator_id'), now)})))
    order by f.due_at limit ${AT_ONCE}`.execute(database.db);
  for (const { id } of rows) await unitOfWork((unit) => attendFollowUp(unit, id));
}
