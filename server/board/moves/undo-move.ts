import type { WaitingMove } from '../../contract/board.ts';
import { AppError } from '../../contract/errors.ts';
import type { Say } from '../../conversations/say.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../../operators/actor.ts';
import { moveEach } from './move-waiting.ts';

/**
 * Takes a move back: contacts that still wait where they were moved to return, those that somebody has taken stay.
 * @throws AppError `not_found`, `wrong_state` when it was taken back already
 */
export async function undoMove(unit: Unit, say: Say, actor: Actor, id: string): Promise<WaitingMove> {
  const move = await unit.tx.selectFrom('waiting_move').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!move) throw new AppError('not_found');
  if (move.undone_at) throw new AppError('wrong_state');
  await unit.tx.updateTable('waiting_move').set({ undone_at: unit.now }).where('id', '=', id).execute();
  const returned = await moveEach(
    unit,
    say,
    actor,
    move.ticket_ids,
    move.from_queue,
    (ticket) => ticket.queue_id === move.to_queue,
  );
  return { id, moved: returned.length };
}
