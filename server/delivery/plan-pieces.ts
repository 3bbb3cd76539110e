import type { Capabilities } from '../contract/channel.ts';
import type { Part } from '../contract/message.ts';
import { presentMessage } from '../conversations/present-message.ts';
import type { Db } from '../database/database.ts';
import { json } from '../database/json.ts';
import { fitToChannel } from './fit-to-channel.ts';
import type { MessageRow } from './move-on.ts';
import { toPieces, type Wording } from './pieces.ts';
import type { PieceStatus } from './status-of-pieces.ts';

/** A piece of a message and how far it has got. */
export interface PlannedPiece {
  piece: number;
  parts: Part[];
  status: PieceStatus;
}

/**
 * What a message leaves as. Where that is several pieces, they are written down before the first one leaves: whoever
 * goes on after a crash, an upgrade or a change of language goes on with the same ones.
 */
export async function planPieces(
  { db }: { db: Db },
  message: MessageRow,
  capabilities: Capabilities,
  wording: Wording,
): Promise<PlannedPiece[]> {
  if (capabilities.pieces === 'one') {
    const { parts } = fitToChannel(presentMessage(message), capabilities, wording.of);
    return [{ piece: 0, parts, status: 'queued' }];
  }
  const planned = await stored(db, message.id);
  if (planned.length > 0) return planned;
  const pieces = toPieces(message.parts, capabilities, wording);
  // A message that says nothing here has one piece, which says nothing.
  await db
    .insertInto('message_piece')
    .values(
      (pieces.length > 0 ? pieces : [[]]).map((parts, piece) => ({
        message_id: message.id,
        piece,
        parts: json(parts),
        channel_account_id: message.channel_account_id,
        status: 'queued' as const,
      })),
    )
    .onConflict((conflict) => conflict.columns(['message_id', 'piece']).doNothing())
    .execute();
  return stored(db, message.id);
}

async function stored(db: Db, messageId: string): Promise<PlannedPiece[]> {
  const rows = await db
    .selectFrom('message_piece')
    .select(['piece', 'parts', 'status'])
    .where('message_id', '=', messageId)
    .orderBy('piece')
    .execute();
  return rows.map(({ piece, parts, status }) => ({ piece, parts: parts ?? [], status }));
}
