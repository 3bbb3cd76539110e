import type { City } from '../../contract/city.ts';
import { AppError, errorMessage } from '../../contract/errors.ts';
import type { BulkAction, BulkResult } from '../../contract/inbox.ts';
import { lockTicket, type TicketRow } from '../../conversations/change-ticket.ts';
import type { Say } from '../../conversations/say.ts';
import type { Unit, UnitOfWork } from '../../database/unit-of-work.ts';
import type { Actor } from '../actor.ts';
import type { BulkStep, Standing } from './bulk.entity.ts';
import { closeTicket } from './close-ticket.ts';
import { keepUndo } from './keep-undo.ts';
import { mergeTickets } from './merging/merge-tickets.ts';
import { setPriority } from './set-priority.ts';
import { snoozeTicket } from './snooze-ticket.ts';
import { transferTicket } from './transfer-ticket.ts';

export interface BulkParts {
  unitOfWork: UnitOfWork;
  say: Say;
  city: Pick<City, 'dispositions'>;
}

/** What the screen is told of one that could not be done. */
export type Refusal = BulkResult['refused'][number];

/**
 * The same done to many contacts, each in a transaction of its own and by the rights that it needs alone: one that
 * cannot be done holds up no other.
 */
export async function bulkTickets(
  { unitOfWork, say, city }: BulkParts,
  actor: Actor,
  ids: readonly string[],
  action: BulkAction,
): Promise<BulkResult> {
  if (action.type === 'close' && !city.dispositions.some(({ id }) => id === action.disposition)) {
    throw new AppError('invalid_input', { disposition: action.disposition });
  }
  const steps: BulkStep[] = [];
  const refused: Refusal[] = [];
  const others = action.type === 'merge' ? ids.filter((id) => id !== action.intoId) : ids;
  for (const id of new Set(others)) {
    try {
      steps.push(await unitOfWork((unit) => step(unit, say, actor, id, action)));
    } catch (error) {
      refused.push(refusalOf(error, actor, id));
    }
  }
  if (steps.length === 0) return { undoId: null, undoUntil: null, done: [], refused };
  return {
    ...(await unitOfWork((unit) => keepUndo(unit, actor, action, steps))),
    done: steps.map(({ ticketId }) => ticketId),
    refused,
  };
}

/** @throws the error itself where it is no refusal */
export function refusalOf(error: unknown, actor: Actor, id: string): Refusal {
  if (!(error instanceof AppError)) throw error;
  return { id, code: error.code, message: errorMessage(error.code, actor.locale, error.details) };
}

async function step(unit: Unit, say: Say, actor: Actor, id: string, action: BulkAction): Promise<BulkStep> {
  // Locks more than one contact, in an order of its own.
  if (action.type === 'merge') return mergeStep(unit, actor, id, action);
  const before = await lockTicket(unit.tx, id);
  // What the bot has is not in anybody's list, and could not be given back to it.
  if (before.state === 'bot' && action.type !== 'transfer') throw new AppError('wrong_state');
  const after = await carryOut(unit, say, actor, id, action);
  return {
    ticketId: id,
    before: standingOf(before),
    after: standingOf(after),
    snoozedUntil: before.snoozed_until?.toISOString() ?? null,
  };
}

async function mergeStep(
  unit: Unit,
  actor: Actor,
  id: string,
  action: Extract<BulkAction, { type: 'merge' }>,
): Promise<BulkStep> {
  const { merged } = await mergeTickets(unit, actor, id, action);
  const standing = standingOf(merged);
  return { ticketId: id, before: standing, after: standing, snoozedUntil: null, merged: true };
}

type OneByOne = Exclude<BulkAction, { type: 'merge' }>;

function carryOut(unit: Unit, say: Say, actor: Actor, id: string, action: OneByOne): Promise<TicketRow> {
  switch (action.type) {
    case 'transfer':
      return transferTicket(unit, say, actor, id, action.to);
    case 'close':
      return closeTicket(unit, say, actor, id, action);
    case 'snooze':
      return snoozeTicket(unit, actor, id, action.until ? new Date(action.until) : null);
    case 'priority':
      return setPriority(unit, actor, id, action.priority);
  }
}

export const standingOf = (ticket: TicketRow): Standing => ({
  state: ticket.state,
  queue_id: ticket.queue_id,
  operator_id: ticket.operator_id,
  reserved_for: ticket.reserved_for,
  priority: ticket.priority,
});
