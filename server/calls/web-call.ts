import { buffer } from 'node:stream/consumers';
import type { AppContext } from '../context.ts';
import type { CallLeg } from '../contract/call.ts';
import type { FetchedMedia } from '../contract/channel.ts';
import { AppError } from '../contract/errors.ts';
import { webCallId } from '../contract/web-call.ts';
import type { Db } from '../database/database.ts';
import { findAttachment } from '../files/attachments.ts';
import { type CallRow, legsOf } from './find-call.ts';
import { WEB_CALLS_ACCOUNT } from './lines.ts';
import { presentLeg } from './present-call.ts';

/** A call from the browser as it stands, with when each browser was last heard of. */
export interface WebCall {
  id: string;
  version: number;
  isOver: boolean;
  legs: (CallLeg & { seenAt: Date })[];
}

export async function findWebCall(db: Db, callId: string): Promise<WebCall | null> {
  const call = await db
    .selectFrom('call')
    .select(['id', 'version', 'ended_at'])
    .where('id', '=', callId)
    .where('channel_account_id', '=', WEB_CALLS_ACCOUNT)
    .executeTakeFirst();
  if (!call) return null;
  const legs = (await legsOf(db, callId)).map((leg) => ({
    ...presentLeg(leg),
    seenAt: leg.seen_at ?? leg.joined_at ?? leg.created_at,
  }));
  return { id: call.id, version: call.version, isOver: call.ended_at !== null, legs };
}

/** A call that goes on, of those of one visitor. @throws AppError `not_found` */
export async function liveCallOfVisitor(db: Db, visitor: string, callId: string): Promise<CallRow> {
  const [call] = await liveCallsOfVisitor(db, visitor).where('id', '=', callId).execute();
  if (!call) throw new AppError('not_found');
  return call;
}

export const liveCallsOfVisitor = (db: Db, visitor: string) =>
  db
    .selectFrom('call')
    .selectAll()
    .where('channel_account_id', '=', WEB_CALLS_ACCOUNT)
    .where('provider_call_id', 'like', webCallId(visitor, '%'))
    .where('ended_at', 'is', null);

/** What a resident's browser recorded lies among our files until it is kept with the call. */
export const webRecordings = ({ database: { db }, files }: Pick<AppContext, 'database' | 'files'>) => ({
  async fetch(attachmentId: string): Promise<FetchedMedia> {
    const file = await db.selectFrom('attachment').selectAll().where('id', '=', attachmentId).executeTakeFirst();
    if (!file) return { outcome: 'gone', reason: 'gone' };
    return { outcome: 'fetched', bytes: await buffer(await files.read(file.storage_key)), name: file.name };
  },
  async erase(attachmentId: string): Promise<void> {
    const file = await findAttachment(db, attachmentId).catch(() => null);
    if (!file || file.conversation_id !== null) return;
    await files.remove(file.storage_key);
    await db.deleteFrom('attachment').where('id', '=', attachmentId).where('conversation_id', 'is', null).execute();
  },
});
