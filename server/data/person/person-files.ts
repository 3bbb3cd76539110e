import { sql } from 'kysely';
import { piecesOf, removePieces } from '../../calls/recording-pieces.ts';
import type { AppContext } from '../../context.ts';
import type { Db } from '../../database/database.ts';
import type { PersonScope } from './scope.ts';

export interface PersonFile {
  id: string;
  name: string;
  storage_key: string;
  size: number;
}

type Parts = Pick<AppContext, 'database' | 'files' | 'lines' | 'log'>;

/** What they sent, what was sent to them, what was recorded, and the photos of their cases. */
export async function filesOf(db: Db, { conversations, calls, cases, knownBy }: PersonScope): Promise<PersonFile[]> {
  const owners = [...calls.map((id) => `call:${id}`), ...knownBy.map((address) => `visitor:${address}`)];
  const { rows } = await sql<PersonFile>`
    select a.id, a.name, a.storage_key, a.size from attachment a
    where a.conversation_id = any(${conversations}) or a.owner = any(${owners})
      or a.id in (select f.attachment_id from case_attachment f where f.case_id = any(${cases}))
    order by a.created_at, a.id`.execute(db);
  return rows;
}

/** Mails as they came, unless another person's conversation holds the very same one. */
export async function rawMailsOf(db: Db, { conversations }: PersonScope): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select distinct e.raw_key as key from email e join message m on m.id = e.message_id
    where m.conversation_id = any(${conversations}) and e.raw_key is not null
      and not exists (
        select from email o join message n on n.id = o.message_id
        where o.raw_key = e.raw_key and not n.conversation_id = any(${conversations}))`.execute(db);
  return rows.map(({ key }) => key);
}

/**
 * Bytes first, then the rows that lead to them, so that whoever goes on after a crash finds what is left.
 * @returns how many files went
 */
export async function removeFiles(parts: Parts, scope: PersonScope): Promise<number> {
  const { database, files } = parts;
  const { db } = database;
  const mails = await rawMailsOf(db, scope);
  for (const key of mails) await files.remove(key);
  const attachments = await filesOf(db, scope);
  for (const { id, storage_key: key } of attachments) {
    await files.remove(key);
    await database.transaction(async (tx) => {
      await tx.deleteFrom('case_attachment').where('attachment_id', '=', id).execute();
      await tx.updateTable('call_recording').set({ attachment_id: null }).where('attachment_id', '=', id).execute();
      await tx.deleteFrom('attachment').where('id', '=', id).execute();
    });
  }
  await removeArriving(parts, scope);
  return mails.length + attachments.length + (await removeCopies(parts, scope));
}

/** Recordings that are still at their line, or in pieces of a browser. */
async function removeArriving({ database, files, lines, log }: Parts, { calls }: PersonScope): Promise<void> {
  const { db } = database;
  const arriving = await db
    .selectFrom('call_recording as r')
    .innerJoin('call as k', 'k.id', 'r.call_id')
    .select(['r.id', 'r.source', 'k.channel_account_id as account'])
    .where(sql<boolean>`r.call_id = any(${calls})`)
    .where('r.source', 'is not', null)
    .execute();
  for (const { id, source, account } of arriving) {
    const pieces = piecesOf({ source });
    try {
      if (pieces) await removePieces(files, pieces);
      else if (source) await lines.get(account)?.eraseRecording(account, source);
    } catch (error) {
      log.warn({ err: error, recordingId: id }, 'a recording is still at its provider');
    }
  }
}

/** What was handed out of them, and files of other systems that they stand in. */
async function removeCopies({ database, files }: Parts, { people, cases }: PersonScope): Promise<number> {
  const { db } = database;
  const exports = await db
    .selectFrom('subject_request')
    .select(['id', 'export_key as key'])
    .where('citizen_id', 'in', people)
    .where('export_key', 'is not', null)
    .execute();
  for (const { id, key } of exports) {
    if (key) await files.remove(key);
    await db.updateTable('subject_request').set({ export_key: null }).where('id', '=', id).execute();
  }
  const { rows: imports } = await sql<{ id: string; key: string }>`
    select i.id, i.storage_key as key from data_import i
    where i.storage_key is not null and exists (
      select from data_import_row r where r.import_id = i.id
        and (r.citizen_id = any(${people}) or r.case_id = any(${cases})))`.execute(db);
  for (const { id, key } of imports) {
    await files.remove(key);
    await db.updateTable('data_import').set({ storage_key: null }).where('id', '=', id).execute();
  }
  return exports.length + imports.length;
}
