import type { MessageStatus } from '../contract/message-status.ts';

/** Where a piece stands on its way. */
export type PieceStatus = Exclude<MessageStatus, 'stored'>;

/** How far each has got; what failed may still turn out to have arrived. */
const RANK: Record<MessageStatus, number> = { stored: 0, queued: 1, sent: 2, failed: 3, delivered: 4, read: 5 };

/** Whether a report moves on what it is about: it never goes back, and `failed` cannot undo what arrived. */
export function advances(from: MessageStatus, to: MessageStatus): boolean {
  return RANK[to] > RANK[from];
}

/** A message is as far as the piece that is least far; one that failed is all it takes to fail. */
export function statusOfPieces(pieces: readonly PieceStatus[]): PieceStatus {
  if (pieces.includes('failed')) return 'failed';
  return (['queued', 'sent', 'delivered'] as const).find((status) => pieces.includes(status)) ?? 'read';
}
