import type { Selectable } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import type { CannedReply, saveCannedReplySchema } from '../contract/http.ts';
import type { Db, Tables } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';

const present = (row: Selectable<Tables['canned_reply']>): CannedReply => ({
  id: row.id,
  shortcut: row.shortcut,
  title: row.title,
  body: row.body,
  queueId: row.queue_id,
});

export async function listCannedReplies(db: Db): Promise<CannedReply[]> {
  return (await db.selectFrom('canned_reply').selectAll().orderBy('shortcut').execute()).map(present);
}

/**
 * Adds one, or changes the one by `id`.
 * @throws AppError `already_exists` for a shortcut in use, `not_found`
 */
export async function saveCannedReply(
  unit: Unit,
  id: string | null,
  input: z.output<typeof saveCannedReplySchema>,
): Promise<CannedReply> {
  const same = await unit.tx
    .selectFrom('canned_reply')
    .select('id')
    .where('shortcut', '=', input.shortcut)
    .executeTakeFirst();
  if (same && same.id !== id) throw new AppError('already_exists');
  const columns = {
    shortcut: input.shortcut,
    title: input.title,
    body: input.body,
    queue_id: input.queueId,
    updated_at: unit.now,
  };
  const row = id
    ? await unit.tx.updateTable('canned_reply').set(columns).where('id', '=', id).returningAll().executeTakeFirst()
    : await unit.tx
        .insertInto('canned_reply')
        .values({ id: uuid(), created_at: unit.now, ...columns })
        .returningAll()
        .executeTakeFirst();
  if (!row) throw new AppError('not_found');
  unit.emit('configuration.changed', 'canned-replies');
  return present(row);
}

/** @throws AppError `not_found` */
export async function deleteCannedReply(unit: Unit, id: string): Promise<CannedReply> {
  const row = await unit.tx.deleteFrom('canned_reply').where('id', '=', id).returningAll().executeTakeFirst();
  if (!row) throw new AppError('not_found');
  unit.emit('configuration.changed', 'canned-replies');
  return present(row);
}
