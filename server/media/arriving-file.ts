import type { Db } from '../database/database.ts';

/** A file that is still being fetched, by the id under which it will be read. */
export interface ArrivingFile {
  id: string;
  /** Whose it will be; nobody uploaded it. */
  owner: null;
  conversation_id: string;
}

export async function findArriving(db: Db, id: string): Promise<ArrivingFile | undefined> {
  const row = await db
    .selectFrom('media_fetch as f')
    .innerJoin('message as m', 'm.id', 'f.message_id')
    .select('m.conversation_id')
    .where('f.attachment_id', '=', id)
    .where('f.step', '=', 'fetch')
    .executeTakeFirst();
  return row && { id, owner: null, conversation_id: row.conversation_id };
}
