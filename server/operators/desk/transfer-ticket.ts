import { AppError } from '../../contract/errors.ts';
import type { TicketRow } from '../../conversations/change-ticket.ts';
import { recordEvent } from '../../conversations/change-ticket.ts';
import { lockContact } from '../../conversations/lock-contact.ts';
import { notice, type Say } from '../../conversations/say.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { dropOfferFor } from '../../routing/offers.ts';
import { queueTicket } from '../../routing/queue-ticket.ts';
import { type Actor, byName, mustHold, mustSee, supervises } from '../actor.ts';
import { takesContacts } from '../takes-contacts.ts';

export interface Transfer {
  operatorId?: string | undefined;
  queueId?: string | undefined;
  note?: string | undefined;
}

/**
 * Hands a ticket over: to a queue, or to a person, who is asked first and whose queue it falls to when they do not
 * take it. The citizen's place dates from first contact all the same.
 * @throws AppError `not_holder`, `not_found` for a person or queue that is not there, `grant_required`
 */
export async function transferTicket(
  unit: Unit,
  say: Say,
  actor: Actor,
  ticketId: string,
  to: Transfer,
): Promise<TicketRow> {
  const { ticket, conversation } = await lockContact(unit, ticketId);
  if (supervises(actor)) mustSee(actor, ticket);
  else mustHold(actor, ticket);
  if (ticket.state === 'closed') throw new AppError('ticket_closed');
  if (to.operatorId === ticket.operator_id && to.operatorId) throw new AppError('wrong_state');
  if (to.queueId) await mustExist(unit, 'queue', to.queueId);
  if (to.operatorId) await mustExist(unit, 'operator', to.operatorId);
  if (to.operatorId && ticket.protected) await mustHaveGrant(unit, to.operatorId);

  await dropOfferFor(unit, ticket.id);
  const waiting = await queueTicket(unit, ticket, {
    queueId: to.queueId,
    reservedFor: to.operatorId,
    event: { type: 'transferred', actor: byName(actor), data: { operatorId: to.operatorId ?? null } },
  });
  if (to.note) await recordEvent(unit, waiting, { type: 'note', actor: byName(actor), data: { text: to.note } });
  await say(unit, conversation, waiting, [notice(waiting, 'transferred')]);
  if (ticket.operator_id) unit.emit('presence.changed', ticket.operator_id);
  return waiting;
}

async function mustHaveGrant(unit: Unit, operatorId: string): Promise<void> {
  const { protected_grant: granted } = await unit.tx
    .selectFrom('operator')
    .select('protected_grant')
    .where('id', '=', operatorId)
    .executeTakeFirstOrThrow();
  if (!granted) throw new AppError('grant_required');
}

async function mustExist(unit: Unit, table: 'queue' | 'operator', id: string): Promise<void> {
  const found =
    table === 'queue'
      ? await unit.tx.selectFrom('queue').select('id').where('id', '=', id).executeTakeFirst()
      : await unit.tx
          .selectFrom('operator as o')
          .select('o.id')
          .where('o.id', '=', id)
          .where('o.disabled', '=', false)
          .where(takesContacts('o'))
          .executeTakeFirst();
  if (!found) throw new AppError('not_found');
}
