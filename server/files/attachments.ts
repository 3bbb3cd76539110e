import { createHash } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { addSeconds, type Clock } from '../clock.ts';
import { AppError } from '../contract/errors.ts';
import type { Attachment } from '../contract/http.ts';
import type { Db, Tables } from '../database/database.ts';
import type { FileStore } from './file-store.ts';
import { recogniseFile, safeName } from './recognise-file.ts';

/** Files one person may leave without sending them, an hour. */
const UNSENT_PER_HOUR = 60;
/** A draft may hold a file for so long. */
const UNSENT_SECONDS = 7 * 24 * 3_600;

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
  const { unsent } = await deps.db
    .selectFrom('attachment')
    .select((column) => column.fn.countAll<number>().as('unsent'))
    .where('owner', '=', owner)
    .where('conversation_id', 'is', null)
    .where('created_at', '>', addSeconds(deps.clock.now(), -3_600))
    .executeTakeFirstOrThrow();
  if (unsent >= UNSENT_PER_HOUR) throw new AppError('rate_limited', { seconds: 600 });
  return keepAttachment(deps, owner, { name, mimeType, bytes: file.bytes });
}

/**
 * Stores a file of whatever kind, as what a mail brings: it came already, and is shown by a browser only if its kind is
 * harmless.
 * @param file with the id that a message knows it by already, where there is one
 */
export async function keepAttachment(
  deps: { db: Db; files: FileStore; clock: Clock },
  owner: string,
  file: { id?: string; name: string; mimeType: string; bytes: Uint8Array },
): Promise<Attachment> {
  const { id = uuid(), name, mimeType } = file;
  const now = deps.clock.now();
  const found = {
    name,
    mime_type: mimeType,
    size: file.bytes.length,
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
  };
  // The row first, so that bytes are never without one; nobody may read it before both are there. Under an id that
  // was given it may be there from an attempt that was cut short.
  const { storage_key: storageKey } = await deps.db
    .insertInto('attachment')
    .values({
      ...found,
      id,
      owner,
      conversation_id: null,
      storage_key: `${now.toISOString().slice(0, 7)}/${id}`,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(found).where('attachment.conversation_id', 'is', null))
    .returning('storage_key')
    .executeTakeFirstOrThrow();
  await deps.files.put(storageKey, file.bytes, mimeType);
  return { id, name, mimeType, size: file.bytes.length };
}

/** @throws AppError `not_found` */
export async function findAttachment(db: Db, id: string): Promise<AttachmentRow> {
  const row = await db.selectFrom('attachment').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return row;
}

/** A file that the city sent to a citizen: of those that came in, none goes out again by itself. */
export async function findSentFile(db: Db, id: string): Promise<AttachmentRow | undefined> {
  return db
    .selectFrom('attachment')
    .selectAll()
    .where('id', '=', id)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('message as m')
          .select('m.id')
          .whereRef('m.conversation_id', '=', 'attachment.conversation_id')
          .where('m.direction', '=', 'out')
          .where(sql<boolean>`m.parts @> ${JSON.stringify([{ attachmentId: id }])}::jsonb`),
      ),
    )
    .executeTakeFirst();
}

/** Removes files that were uploaded and neither sent nor put into a case or kept of a call, bytes first, a few at a time. */
export async function sweepUnsent(deps: { db: Db; files: FileStore; clock: Clock }): Promise<void> {
  const unsent = await deps.db
    .selectFrom('attachment')
    .select(['id', 'storage_key'])
    .where('conversation_id', 'is', null)
    .where('created_at', '<', addSeconds(deps.clock.now(), -UNSENT_SECONDS))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('case_attachment as f').select('f.case_id').whereRef('f.attachment_id', '=', 'attachment.id'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('call_recording as r').select('r.id').whereRef('r.attachment_id', '=', 'attachment.id'))),
    )
    .limit(50)
    .execute();
  for (const { id, storage_key: key } of unsent) {
    await deps.files.remove(key);
    await deps.db.deleteFrom('attachment').where('id', '=', id).where('conversation_id', 'is', null).execute();
  }
}
