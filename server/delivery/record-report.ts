import type { InboundStatus } from '../contract/channel.ts';
import { json } from '../database/json.ts';
import type { Unit, UnitOfWork } from '../database/unit-of-work.ts';
import { keepEarlyReport, lockProviderId } from './early-reports.ts';
import { followPieces, type PieceRow } from './move-on.ts';
import { advances } from './status-of-pieces.ts';

/**
 * A provider's report on a piece of a message of ours. Reports come in any order, again, and before we know what they
 * are about; a status never goes back.
 */
export async function recordReport(unitOfWork: UnitOfWork, accountId: string, report: InboundStatus): Promise<void> {
  await unitOfWork(async (unit) => {
    await lockProviderId(unit, accountId, report.providerMessageId);
    const found = await unit.tx
      .selectFrom('message_piece')
      .select('message_id')
      .where('channel_account_id', '=', accountId)
      .where('provider_message_id', '=', report.providerMessageId)
      .executeTakeFirst();
    if (!found) return keepEarlyReport(unit, accountId, report);
    const message = await unit.tx
      .selectFrom('message')
      .selectAll()
      .where('id', '=', found.message_id)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const pieces = await piecesOf(unit, message.id);
    const piece = pieces.find((one) => one.provider_message_id === report.providerMessageId);
    if (!piece || !advances(piece.status, report.status)) return;
    await followPieces(unit, message, await apply(unit, pieces, piece, [report]));
  });
}

/** The pieces of a message, in their order. */
export function piecesOf({ tx }: Pick<Unit, 'tx'>, messageId: string): Promise<PieceRow[]> {
  return tx.selectFrom('message_piece').selectAll().where('message_id', '=', messageId).orderBy('piece').execute();
}

/** Moves one piece on by reports about it. @returns all of them as they are then */
export async function apply(
  unit: Unit,
  pieces: readonly PieceRow[],
  piece: PieceRow,
  reports: readonly InboundStatus[],
): Promise<PieceRow[]> {
  let moved = piece;
  for (const { status, failure } of reports) {
    if (advances(moved.status, status)) moved = { ...piece, status, failure: failure ?? null };
  }
  if (moved !== piece) {
    await unit.tx
      .updateTable('message_piece')
      .set({ status: moved.status, failure: moved.failure && json(moved.failure) })
      .where('message_id', '=', piece.message_id)
      .where('piece', '=', piece.piece)
      .execute();
  }
  return pieces.map((one) => (one.piece === piece.piece ? moved : one));
}
