import { type Selectable, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { saveWebhookSchema, Webhook } from '../contract/administration.ts';
import { AppError } from '../contract/errors.ts';
import type { Db, Tables } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';

type Row = Selectable<Tables['webhook_endpoint']>;

/** Whom the city tells, by name. */
export async function listWebhooks(db: Db, id?: string): Promise<Webhook[]> {
  const { rows } = await sql<Row & { waiting: number; failed: number; last_delivered_at: Date | null }>`
    select e.*,
      (select count(*)::int from webhook_delivery d where d.endpoint_id = e.id and d.state = 'waiting') as waiting,
      (select count(*)::int from webhook_delivery d where d.endpoint_id = e.id and d.state = 'failed') as failed,
      (select max(finished_at) from webhook_delivery d where d.endpoint_id = e.id and d.state = 'delivered')
        as last_delivered_at
    from webhook_endpoint e where ${id ? sql`e.id = ${id}` : sql`true`}
    order by lower(e.name)`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    url: row.url,
    events: row.events,
    active: row.active,
    failingSince: row.failing_since?.toISOString() ?? null,
    stoppedBy: row.stopped_by,
    waiting: row.waiting,
    failed: row.failed,
    lastDeliveredAt: row.last_delivered_at?.toISOString() ?? null,
  }));
}

/** @throws AppError `not_found` */
export async function loadWebhook(db: Db, id: string): Promise<Webhook> {
  const [found] = await listWebhooks(db, id);
  if (!found) throw new AppError('not_found');
  return found;
}

/** Adds one, or changes the one by `id`. Switched on again, it begins anew. @throws AppError `not_found` */
export async function saveWebhook(
  unit: Unit,
  id: string | null,
  input: z.output<typeof saveWebhookSchema>,
): Promise<Webhook> {
  const columns = {
    name: input.name,
    url: input.url,
    events: json([...new Set(input.events)]),
    active: input.active,
    stopped_by: input.active ? null : ('person' as const),
    updated_at: unit.now,
  };
  const row = id
    ? await unit.tx
        .updateTable('webhook_endpoint')
        .set({ ...columns, ...(input.active ? { failing_since: null } : {}) })
        .where('id', '=', id)
        .returning('id')
        .executeTakeFirst()
    : await unit.tx
        .insertInto('webhook_endpoint')
        .values({ id: uuid(), secret_version: 1, failing_since: null, created_at: unit.now, ...columns })
        .returning('id')
        .executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return loadWebhook(unit.tx, row.id);
}

/** Forgets it with all its deliveries. @throws AppError `not_found` */
export async function deleteWebhook(unit: Unit, id: string): Promise<Webhook> {
  const before = await loadWebhook(unit.tx, id);
  await unit.tx.deleteFrom('webhook_endpoint').where('id', '=', id).execute();
  return before;
}

/** From now on its deliveries are signed with another secret. @throws AppError `not_found` */
export async function renewSecret(unit: Unit, id: string): Promise<{ id: string; secret_version: number }> {
  const row = await unit.tx
    .updateTable('webhook_endpoint')
    .set(({ eb }) => ({ secret_version: eb('secret_version', '+', 1), updated_at: unit.now }))
    .where('id', '=', id)
    .returning(['id', 'secret_version'])
    .executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return row;
}
