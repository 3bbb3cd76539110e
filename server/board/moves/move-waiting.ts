import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import type { moveWaitingSchema, WaitingMove } from '../../contract/board.ts';
import { AppError } from '../../contract/errors.ts';
import type { Say } from '../../conversations/say.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../../operators/actor.ts';
import { transferTicket } from '../../operators/desk/transfer-ticket.ts';

/** More at once would hold their conversations for too long; the next ones follow with the next click. */
const MOST = 500;

/**
 * Moves contacts that wait to another queue, those that have waited longest first. One that somebody is being asked to
 * take stays: they may be about to say yes.
 * @throws AppError `not_found` for queues that are not there or not to be seen, `wrong_state` for the same one twice
 */
export async function moveWaiting(
  unit: Unit,
  say: Say,
  actor: Actor,
  { from, to, channel, most = MOST }: z.output<typeof moveWaitingSchema>,
): Promise<WaitingMove> {
  if (from === to) throw new AppError('wrong_state');
  const queues = await unit.tx.selectFrom('queue').select(['id', 'protected']).where('id', 'in', [from, to]).execute();
  const seen = queues.filter((queue) => !queue.protected || actor.protectedGrant);
  if (seen.length < 2) throw new AppError('not_found');
  let waiting = unit.tx
    .selectFrom('ticket')
    .select('id')
    .where('queue_id', '=', from)
    .where('state', '=', 'waiting')
    .where('reserved_for', 'is', null)
    .orderBy('priority')
    .orderBy('clock_at')
    .limit(most);
  if (channel) waiting = waiting.where('channel', '=', channel);
  if (!actor.protectedGrant) waiting = waiting.where('protected', '=', false);
  const ids = (await waiting.execute()).map(({ id }) => id);
  const moved = await moveEach(unit, say, actor, ids, to, (ticket) => ticket.queue_id === from);
  const id = uuid();
  await unit.tx
    .insertInto('waiting_move')
    .values({
      id,
      from_queue: from,
      to_queue: to,
      ticket_ids: json(moved),
      by_id: actor.id,
      at: unit.now,
      undone_at: null,
    })
    .execute();
  return { id, moved: moved.length };
}

/** Moves those that still wait as expected. @returns their ids */
export async function moveEach(
  unit: Unit,
  say: Say,
  actor: Actor,
  ids: readonly string[],
  to: string,
  isExpected: (ticket: { queue_id: string | null }) => boolean,
): Promise<string[]> {
  const moved: string[] = [];
  // In one order everywhere, so that two supervisors who move the same contacts do not wait for each other.
  for (const id of [...ids].sort()) {
    const ticket = await unit.tx
      .selectFrom('ticket')
      .select(['queue_id', 'state'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (ticket?.state !== 'waiting' || !isExpected(ticket)) continue;
    await transferTicket(unit, say, actor, id, { queueId: to });
    moved.push(id);
  }
  return moved;
}
