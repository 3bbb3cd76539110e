import type { SendResult } from '../contract/channel.ts';
import type { MessageStatus } from '../contract/message.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { lockProviderId, takeEarlyReports } from './early-reports.ts';
import { type Failure, followPieces, type MessageRow } from './move-on.ts';
import { apply, piecesOf } from './record-report.ts';

/** What is about to leave: one piece of a message. */
export interface Leaving {
  message: MessageRow;
  piece: number;
  /** Nothing of the message waits behind it. */
  isLast: boolean;
}

/** Records what the channel made of a piece. @returns the message's status then: `queued` while more is to leave */
export async function recordSend(
  unit: Unit,
  { message: { id, channel_account_id: account, conversation_id: conversation }, piece, isLast }: Leaving,
  result: Exclude<SendResult, { outcome: 'throttled' }>,
): Promise<MessageStatus> {
  const providerMessageId = (result.outcome === 'accepted' && result.providerMessageId) || null;
  const change = {
    status: result.outcome === 'accepted' ? ('sent' as const) : ('failed' as const),
    failure: json(failureOf(result)),
    ...(providerMessageId ? { provider_message_id: providerMessageId } : {}),
  };
  if (providerMessageId) await lockProviderId(unit, account, providerMessageId);
  if (isLast || result.outcome === 'rejected') await lockLine(unit, conversation);
  const message = await unit.tx
    .selectFrom('message')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  // A report may have come before this: what it said is not undone.
  await unit.tx
    .insertInto('message_piece')
    .values({ message_id: id, piece, parts: null, channel_account_id: account, ...change })
    .onConflict((conflict) =>
      conflict.columns(['message_id', 'piece']).doUpdateSet(change).where('message_piece.status', '=', 'queued'),
    )
    .execute();
  const early = providerMessageId ? await takeEarlyReports(unit, account, providerMessageId) : [];
  const pieces = await piecesOf(unit, id);
  const own = pieces.find((one) => one.piece === piece);
  return followPieces(unit, message, own ? await apply(unit, pieces, own, early) : pieces);
}

/**
 * Whoever says something holds the conversation: either they see that this message has left, or their own is seen as
 * the next one.
 */
async function lockLine({ tx }: Unit, conversationId: string): Promise<void> {
  await tx.selectFrom('conversation').select('id').where('id', '=', conversationId).forNoKeyUpdate().execute();
}

function failureOf(result: Exclude<SendResult, { outcome: 'throttled' }>): Failure | null {
  if (result.outcome === 'rejected') {
    return { code: result.providerCode, reason: result.reason, permanent: result.permanent };
  }
  return result.missed ? { code: result.missed.providerCode, reason: result.missed.reason, permanent: true } : null;
}
