import { liveCallOf } from '../../calls/find-call.ts';
import { AppError } from '../../contract/errors.ts';
import { changeTicket, type TicketRow } from '../../conversations/change-ticket.ts';
import { lockContact } from '../../conversations/lock-contact.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { wakeTicket } from '../../routing/wake-ticket.ts';
import { type Actor, byName, mustHold, supervises } from '../actor.ts';

/**
 * Puts a contact aside. It takes none of its holder's capacity until it comes back.
 * @param until null: until the citizen answers, which always ends it
 * @throws AppError `not_holder`, `ticket_closed`, `invalid_input` for a time that is past, `wrong_state` while they talk
 */
export async function snoozeTicket(unit: Unit, actor: Actor, ticketId: string, until: Date | null): Promise<TicketRow> {
  const { ticket } = await lockContact(unit, ticketId);
  mustHold(actor, ticket);
  if (await liveCallOf(unit.tx, ticketId)) throw new AppError('wrong_state');
  if (until && until <= unit.now) throw new AppError('invalid_input', { until: until.toISOString() });
  const snoozed = await changeTicket(
    unit,
    ticket,
    'snoozed',
    { snoozed_until: until },
    { type: 'snoozed', actor: byName(actor), data: { until: until?.toISOString() ?? null } },
  );
  unit.emit('presence.changed', actor.id);
  unit.enqueue('tickets.route', {});
  return snoozed;
}

/** @throws AppError `wrong_state` when it is not put aside, `not_holder` unless the caller put it there or supervises */
export async function takeBack(unit: Unit, actor: Actor, ticketId: string): Promise<TicketRow> {
  const { ticket } = await lockContact(unit, ticketId);
  if (ticket.state !== 'snoozed') throw new AppError('wrong_state');
  if (ticket.operator_id !== actor.id && !supervises(actor)) throw new AppError('not_holder');
  return wakeTicket(unit, ticket, { actor: byName(actor), reason: 'taken_back' });
}
