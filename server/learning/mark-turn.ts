import type { Selectable } from 'kysely';
import { AppError } from '../contract/errors.ts';
import type { Mark, TicketTurn } from '../contract/learning.ts';
import type { Db, Tables } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { Actor } from '../operators/actor.ts';
import { reachOf } from '../operators/desk/reach.ts';
import { understoodIn } from './read-turns.ts';

const MOST_SHOWN = 200;

/** What the bot made of a ticket's conversation, oldest first, as far as the actor may read it. @throws AppError `not_found` */
export async function listTicketTurns(db: Db, actor: Actor, ticketId: string): Promise<TicketTurn[]> {
  const ticket = await db.selectFrom('ticket').select('conversation_id').where('id', '=', ticketId).executeTakeFirst();
  if (!ticket) throw new AppError('not_found');
  const reach = await reachOf(db, actor, ticket.conversation_id);
  const rows = await db
    .selectFrom('bot_turn')
    .selectAll()
    .where('ticket_id', 'in', (select) =>
      select.selectFrom('ticket').select('id').where('conversation_id', '=', ticket.conversation_id),
    )
    .orderBy('up_to_seq', 'desc')
    .limit(MOST_SHOWN)
    .execute();
  return rows
    .filter((row) => row.up_to_seq <= reach)
    .map(presentTurn)
    .reverse();
}

/** Says that an answer of the bot was good or bad; null takes it back. @throws AppError `not_found` */
export async function markTurn(unit: Unit, actor: Actor, id: string, mark: Mark | null): Promise<TicketTurn> {
  const turn = await unit.tx.selectFrom('bot_turn').selectAll().where('id', '=', id).executeTakeFirst();
  if (!turn || turn.up_to_seq > (await reachOf(unit.tx, actor, turn.conversation_id))) throw new AppError('not_found');
  const marked = await unit.tx
    .updateTable('bot_turn')
    .set({ mark, marked_by: mark && actor.id, marked_by_name: mark && actor.name })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return presentTurn(marked);
}

/** There is nothing to learn from a turn, or there is after all. @throws AppError `not_found` */
export async function dismissTurn(unit: Unit, actor: Actor, id: string, dismissed: boolean): Promise<void> {
  const changed = await unit.tx
    .updateTable('bot_turn')
    .set({ reviewed: dismissed ? 'dismissed' : null, reviewed_by: dismissed ? actor.id : null })
    .where('id', '=', id)
    .where((where) => where.or([where('reviewed', 'is', null), where('reviewed', '=', 'dismissed')]))
    .returning('id')
    .executeTakeFirst();
  if (!changed) throw new AppError('not_found');
}

function presentTurn(row: Selectable<Tables['bot_turn']>): TicketTurn {
  const replies =
    row.reply_from_seq === null || row.reply_to_seq === null
      ? null
      : { from: row.reply_from_seq, to: row.reply_to_seq };
  return {
    id: row.id,
    upToSeq: row.up_to_seq,
    replies,
    understood: understoodIn(row),
    shaped: [...(row.shaped ?? [])],
    mark: row.mark,
    markedBy: row.marked_by_name,
  };
}
