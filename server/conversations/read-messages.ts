import { AppError } from '../contract/errors.ts';
import type { MessagePage } from '../contract/http.ts';
import type { Db } from '../database/database.ts';
import { presentCursors, presentMessage } from './present-message.ts';

export interface Range {
  after?: number | undefined;
  before?: number | undefined;
  limit: number;
  /** Nothing beyond this seq exists for the reader. */
  reach?: number;
}

/**
 * A page of a conversation, oldest first: what follows `after`, what precedes `before`, or the newest.
 * @throws AppError `invalid_cursor` when `after` lies beyond what was ever stored, `not_found`
 */
export async function readMessages(db: Db, conversationId: string, range: Range): Promise<MessagePage> {
  const conversation = await db
    .selectFrom('conversation')
    .select(['last_seq', 'citizen_delivered', 'citizen_read', 'city_delivered', 'city_read'])
    .where('id', '=', conversationId)
    .executeTakeFirst();
  if (!conversation) throw new AppError('not_found');
  const cursors = presentCursors(conversation);
  const { after, before, limit, reach = Number.POSITIVE_INFINITY } = range;
  const lastSeq = Math.min(conversation.last_seq, reach);
  if (after !== undefined && after > lastSeq) throw new AppError('invalid_cursor', { after, lastSeq });
  if (after === lastSeq) return { messages: [], cursors, hasEarlier: lastSeq > 0, lastSeq };

  let query = db.selectFrom('message').selectAll().where('conversation_id', '=', conversationId).limit(limit);
  if (reach < Number.POSITIVE_INFINITY) query = query.where('seq', '<=', reach);
  if (after !== undefined) query = query.where('seq', '>', after).orderBy('seq', 'asc');
  else query = query.where('seq', '<', Math.min(before ?? lastSeq + 1, lastSeq + 1)).orderBy('seq', 'desc');
  const rows = await query.execute();
  if (after === undefined) rows.reverse();
  return {
    messages: rows.map(presentMessage),
    cursors,
    hasEarlier: (rows[0]?.seq ?? 1) > 1,
    // Read before the rows: a message stored in between is in neither, or in the rows alone.
    lastSeq: Math.max(lastSeq, rows.at(-1)?.seq ?? 0),
  };
}
