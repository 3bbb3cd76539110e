import type { Selectable } from 'kysely';
import type { Message, MessageStatus } from '../contract/message.ts';
import type { Tables } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { recordUnreached } from '../email/department-answers.ts';
import { advances, statusOfPieces } from './status-of-pieces.ts';

export type Failure = NonNullable<Message['failure']>;
export type MessageRow = Selectable<Tables['message']>;
export type PieceRow = Selectable<Tables['message_piece']>;

/**
 * Moves a locked message on to where its pieces are.
 * @returns its status then
 */
export async function followPieces(unit: Unit, message: MessageRow, pieces: readonly PieceRow[]) {
  const status = statusOfPieces(pieces.map((piece) => piece.status));
  return moveOn(unit, message, status, failureOf(pieces));
}

/** Moves a locked message on, never back; when it is no longer on its way, the next one in its conversation is. */
export async function moveOn(
  unit: Unit,
  message: MessageRow,
  status: MessageStatus,
  failure: Failure | null,
): Promise<MessageStatus> {
  if (!advances(message.status, status)) return message.status;
  const row = await unit.tx
    .updateTable('message')
    .set({ status, failure: failure && json(failure) })
    .where('id', '=', message.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  unit.emit('message.changed', row.id);
  if (status === 'failed') await recordUnreached(unit, row);
  if (message.status === 'queued') await callNext(unit, message.conversation_id);
  return status;
}

/** Promises the job of whatever waits first in a conversation. */
export async function callNext(unit: Unit, conversationId: string): Promise<void> {
  const next = await unit.tx
    .selectFrom('message')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where('status', '=', 'queued')
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
  if (next) unit.enqueue('outbound.send', { messageId: next.id });
}

/** Why it failed, and how much of it arrived all the same; or who of several was missed. */
function failureOf(pieces: readonly PieceRow[]): Failure | null {
  const failed = pieces.find(({ status }) => status === 'failed');
  if (!failed) return pieces.find(({ failure }) => failure)?.failure ?? null;
  const failure = failed.failure ?? { code: 'unknown', reason: 'El proveedor no dijo por qué.', permanent: false };
  const left = pieces.filter(({ status }) => status !== 'failed' && status !== 'queued').length;
  if (left === 0) return failure;
  return { ...failure, reason: `Salieron ${left} de sus ${pieces.length} partes; las demás no. ${failure.reason}` };
}
