import type { Selectable } from 'kysely';
import { v7 as uuid } from 'uuid';
import { addSeconds } from '../clock.ts';
import type { WebhookDelivery } from '../contract/administration.ts';
import { AppError } from '../contract/errors.ts';
import type { Db, Tables } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';

const SHOWN = 100;
/** So long can be seen, and sent again, what was sent. */
const KEPT_SECONDS = 30 * 86_400;
const OVERDUE_SECONDS = 30;

const present = (row: Selectable<Tables['webhook_delivery']>): WebhookDelivery => ({
  id: row.id,
  event: row.event,
  body: row.body,
  state: row.state,
  attempts: row.attempts,
  dueAt: row.due_at?.toISOString() ?? null,
  status: row.status,
  response: row.response,
  fault: row.fault,
  tookMs: row.took_ms,
  createdAt: row.created_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
});

/** The last ones, newest first. */
export async function listDeliveries(
  db: Db,
  endpointId: string,
  state: WebhookDelivery['state'] | undefined,
): Promise<WebhookDelivery[]> {
  let query = db.selectFrom('webhook_delivery').selectAll().where('endpoint_id', '=', endpointId);
  if (state) query = query.where('state', '=', state);
  return (await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(SHOWN).execute()).map(present);
}

/**
 * Sends again: one by its id, whatever became of it, or all that were given up. They keep their id, by which the
 * other side knows what it has had.
 * @returns how many
 */
export async function replay(unit: Unit, endpointId: string, deliveryId: string | null): Promise<number> {
  let query = unit.tx
    .updateTable('webhook_delivery')
    .set({ state: 'waiting', attempts: 0, due_at: unit.now, finished_at: null, fault: null })
    .where('endpoint_id', '=', endpointId)
    .where('state', 'in', deliveryId ? ['failed', 'delivered', 'waiting'] : ['failed']);
  if (deliveryId) query = query.where('id', '=', deliveryId);
  const rows = await query.returning('id').execute();
  if (deliveryId && rows.length === 0) throw new AppError('not_found');
  for (const { id } of rows) unit.enqueue('webhooks.deliver', { deliveryId: id });
  return rows.length;
}

/** A delivery that says nothing, to see whether it arrives; it is tried once. @throws AppError `not_found` */
export async function ping(unit: Unit, endpointId: string): Promise<WebhookDelivery> {
  const known = await unit.tx
    .selectFrom('webhook_endpoint')
    .select('id')
    .where('id', '=', endpointId)
    .executeTakeFirst();
  if (!known) throw new AppError('not_found');
  const id = uuid();
  const row = await unit.tx
    .insertInto('webhook_delivery')
    .values({
      id,
      endpoint_id: endpointId,
      event: 'ping',
      body: json({ id, type: 'ping', timestamp: unit.now.toISOString(), data: {} }),
      ticket_id: null,
      case_id: null,
      state: 'waiting',
      attempts: 0,
      due_at: unit.now,
      created_at: unit.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  unit.enqueue('webhooks.deliver', { deliveryId: id });
  return present(row);
}

/** Sends what got lost with the job store, and forgets what was delivered long ago. */
export async function sweepDeliveries(unit: Unit): Promise<void> {
  const overdue = await unit.tx
    .selectFrom('webhook_delivery')
    .select('id')
    .where('state', '=', 'waiting')
    .where('due_at', '<', addSeconds(unit.now, -OVERDUE_SECONDS))
    .orderBy('due_at')
    .limit(200)
    .execute();
  for (const { id } of overdue) unit.enqueue('webhooks.deliver', { deliveryId: id });
  const old = unit.tx
    .selectFrom('webhook_delivery')
    .select('id')
    .where('state', '<>', 'waiting')
    .where('finished_at', '<', addSeconds(unit.now, -KEPT_SECONDS))
    .limit(1_000);
  await unit.tx.deleteFrom('webhook_delivery').where('id', 'in', old).execute();
}
