import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Clock } from '../clock.ts';
import { AppError } from '../contract/errors.ts';
import type { Attachment } from '../contract/http.ts';
import type { Db, Tables } from '../database/database.ts';
import type { FileStore } from './file-store.ts';
import { recogniseFile, safeName } from './recognise-file.ts';

/** Files one person may leave without sending them, an hour. */
const UNSENT_PER_HOUR = 60;

export type AttachmentRow = Selectable<Tables['attachment']>;

/**
 * Checks and stores an uploaded file. It belongs to nobody's conversation until a message carries it.
 * @param owner `visitor:<address>` or `operator:<id>`
 * @throws AppError of `recogniseFile`, `rate_limited`
 */
export async function storeAttachment(
  deps: { db: Db; files: FileStore; clock: Clock },
  owner: string,
  file: { name: string; bytes: Uint8Array },
): Promise<Attachment> {
  const name = safeName(file.name);
  const mimeType = await recogniseFile(file.bytes, name);
  const now = deps.clock.now();
  const { unsent } = await deps.db
    .selectFrom('attachment')
    .select((column) => column.fn.countAll<number>().as('unsent'))
    .where('owner', '=', owner)
    .where('conversation_id', 'is', null)
    .where('created_at', '>', new Date(now.getTime() - 3_600_000))
    .executeTakeFirstOrThrow();
  if (unsent >= UNSENT_PER_HOUR) throw new AppError('rate_limited', { seconds: 600 });

  const id = uuid();
  const storageKey = `${now.toISOString().slice(0, 7)}/${id}`;
  // Bytes first: a row never points at nothing. Bytes without a row are swept with unsent files.
  await deps.files.put(storageKey, file.bytes, mimeType);
  await deps.db
    .insertInto('attachment')
    .values({
      id,
      owner,
      conversation_id: null,
      name,
      mime_type: mimeType,
      size: file.bytes.length,
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
      storage_key: storageKey,
      created_at: now,
    })
    .execute();
  return { id, name, mimeType, size: file.bytes.length };
}

/** @throws AppError `not_found` */
export async function findAttachment(db: Db, id: string): Promise<AttachmentRow> {
  const row = await db.selectFrom('attachment').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return row;
}
