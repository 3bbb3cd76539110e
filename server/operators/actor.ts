import { AppError } from '../contract/errors.ts';
import type { Me } from '../contract/http.ts';
import type { Author } from '../contract/message.ts';
import { may } from '../contract/permissions.ts';
import type { TicketRow } from '../conversations/change-ticket.ts';

/** Who acts in the console, as sign-in found them. */
export type Actor = Pick<
  Me,
  'id' | 'name' | 'permissions' | 'queueIds' | 'capacity' | 'locale' | 'departmentId' | 'protectedGrant'
>;

/** Acts on what others hold. */
export const supervises = (actor: Pick<Actor, 'permissions'>): boolean => may(actor, 'contacts.intervene');

/** As colleagues see them. */
export const byName = (actor: Actor): Author => ({ type: 'operator', id: actor.id, name: actor.name });

/** As citizens see them: the first name is enough to talk, and safer for those who answer. */
export const byFirstName = (actor: Actor): Author => ({
  type: 'operator',
  id: actor.id,
  name: actor.name.split(/\s+/)[0] ?? actor.name,
});

type Seen = Pick<TicketRow, 'operator_id' | 'queue_id' | 'state' | 'protected'>;

/**
 * Some see all; others what is theirs, what waits in their queues, and what the bot still has; who works cases alone,
 * no contact. What is protected nobody sees without the grant, whatever they may do.
 */
export const maySee = (actor: Actor, ticket: Seen): boolean =>
  (!ticket.protected || actor.protectedGrant) &&
  may(actor, 'contacts.read') &&
  (may(actor, 'contacts.all') ||
    ticket.operator_id === actor.id ||
    ticket.queue_id === null ||
    actor.queueIds.includes(ticket.queue_id));

/** @throws AppError `not_found`, so that nobody learns which tickets exist */
export function mustSee(actor: Actor, ticket: Seen): void {
  if (!maySee(actor, ticket)) throw new AppError('not_found');
}

/** @throws AppError `ticket_closed`, `not_holder` */
export function mustHold(actor: Actor, ticket: Seen): void {
  mustSee(actor, ticket);
  if (ticket.state === 'closed') throw new AppError('ticket_closed');
  if (ticket.state !== 'assigned' || ticket.operator_id !== actor.id) throw new AppError('not_holder');
}
