import { sql } from 'kysely';
import type { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import type { createQueueSchema, Queue, saveQueueSchema } from '../contract/http.ts';
import type { Db } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { dueAnew } from './due-anew.ts';
import type { Openings } from './openings.ts';

interface Row {
  id: string;
  name: Queue['name'];
  hours: Queue['hours'];
  service_level_target: number;
  service_level_seconds: number;
  offer_seconds: number;
  priority: number;
  is_default: boolean;
  reopen_days: number;
  signature: string;
  protected: boolean;
  overflow: Queue['overflow'];
  overflow_until: Date | null;
  operator_ids: string[];
}

export async function loadQueues(db: Db, openings: Openings): Promise<Queue[]> {
  const { rows } = await sql<Row>`
    select q.*, array(select operator_id from queue_operator m where m.queue_id = q.id order by operator_id) as operator_ids
    from queue q order by q.is_default desc, q.priority, q.id`.execute(db);
  return Promise.all(
    rows.map(async (row) => {
      const opening = await openings.of(row.id);
      return {
        id: row.id,
        name: row.name,
        hours: row.hours,
        serviceLevelTarget: row.service_level_target,
        serviceLevelSeconds: row.service_level_seconds,
        offerSeconds: row.offer_seconds,
        priority: row.priority,
        isDefault: row.is_default,
        reopenDays: row.reopen_days,
        signature: row.signature,
        protected: row.protected,
        overflow: row.overflow,
        overflowUntil: row.overflow_until?.toISOString() ?? null,
        operatorIds: row.operator_ids,
        open: opening.open,
        opensAt: opening.opensAt?.toISOString() ?? null,
      };
    }),
  );
}

/** @throws AppError `already_exists`, `grant_required`, `wrong_state` for a default queue that would be protected */
export async function createQueue(unit: Unit, input: z.output<typeof createQueueSchema>): Promise<void> {
  if (input.protected && input.isDefault) throw new AppError('wrong_state');
  const existing = await unit.tx.selectFrom('queue').select('id').where('id', '=', input.id).executeTakeFirst();
  if (existing) throw new AppError('already_exists');
  if (input.isDefault) await unit.tx.updateTable('queue').set({ is_default: false }).execute();
  await unit.tx
    .insertInto('queue')
    .values({
      id: input.id,
      ...columns(input),
      is_default: input.isDefault,
      protected: input.protected,
      created_at: unit.now,
      updated_at: unit.now,
    })
    .execute();
  await setMembers(unit, input.id, input.operatorIds);
  changed(unit);
}

/**
 * Those who wait keep their places; by when they are to be answered follows the hours at once.
 * @throws AppError `not_found`, `grant_required`, `wrong_state` when it would leave no default queue, or a protected one
 */
export async function saveQueue(unit: Unit, id: string, input: z.output<typeof saveQueueSchema>): Promise<void> {
  const before = await unit.tx
    .selectFrom('queue')
    .select(['is_default', 'protected'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!before) throw new AppError('not_found');
  if (before.is_default && !input.isDefault) throw new AppError('wrong_state');
  if (before.protected && input.isDefault) throw new AppError('wrong_state');
  if (input.isDefault) await unit.tx.updateTable('queue').set({ is_default: false }).where('id', '<>', id).execute();
  await unit.tx
    .updateTable('queue')
    .set({ ...columns(input), is_default: input.isDefault, updated_at: unit.now })
    .where('id', '=', id)
    .execute();
  await setMembers(unit, id, input.operatorIds);
  await dueAnew(unit, id);
  changed(unit);
}

/**
 * Removes a queue. What is open there goes to the default queue and keeps its clock.
 * @returns how many tickets moved
 * @throws AppError `not_found`, `wrong_state` for the default queue
 */
export async function deleteQueue(unit: Unit, id: string): Promise<number> {
  const queue = await unit.tx
    .selectFrom('queue')
    .select('is_default')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!queue) throw new AppError('not_found');
  if (queue.is_default) throw new AppError('wrong_state');
  const fallback = await unit.tx
    .selectFrom('queue')
    .select('id')
    .where('is_default', '=', true)
    .executeTakeFirstOrThrow();
  const moved = await unit.tx
    .updateTable('ticket')
    .set((column) => ({ queue_id: fallback.id, version: column('version', '+', 1), updated_at: unit.now }))
    .where('queue_id', '=', id)
    .where('state', '<>', 'closed')
    .returning('id')
    .execute();
  await unit.tx.deleteFrom('queue').where('id', '=', id).execute();
  unit.emit(
    'tickets.changed',
    moved.map((ticket) => ticket.id),
  );
  changed(unit);
  return moved.length;
}

const columns = (input: z.output<typeof saveQueueSchema>) => ({
  name: json(input.name),
  hours: json(input.hours),
  service_level_target: input.serviceLevelTarget,
  service_level_seconds: input.serviceLevelSeconds,
  offer_seconds: input.offerSeconds,
  priority: input.priority,
  reopen_days: input.reopenDays,
  signature: input.signature,
  overflow: json(input.overflow),
});

async function setMembers(unit: Unit, queueId: string, operatorIds: readonly string[]): Promise<void> {
  await unit.tx.deleteFrom('queue_operator').where('queue_id', '=', queueId).execute();
  if (operatorIds.length === 0) return;
  const known = await unit.tx
    .selectFrom('operator')
    .select(['id', 'protected_grant'])
    .where('id', 'in', [...operatorIds])
    .execute();
  if (known.length !== new Set(operatorIds).size) throw new AppError('not_found');
  const queue = await unit.tx.selectFrom('queue').select('protected').where('id', '=', queueId).executeTakeFirst();
  if (queue?.protected && known.some((operator) => !operator.protected_grant)) throw new AppError('grant_required');
  await unit.tx
    .insertInto('queue_operator')
    .values(known.map((operator) => ({ queue_id: queueId, operator_id: operator.id })))
    .execute();
}

function changed(unit: Unit): void {
  unit.emit('configuration.changed', 'queues');
  unit.emit('configuration.changed', 'operators');
  unit.enqueue('tickets.route', {});
}
