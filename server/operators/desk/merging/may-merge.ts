import { liveCallOf } from '../../../calls/find-call.ts';
import { AppError } from '../../../contract/errors.ts';
import type { TicketRow } from '../../../conversations/change-ticket.ts';
import type { Tx } from '../../../database/database.ts';
import { type Actor, mustSee, supervises } from '../../actor.ts';
import { isHeld } from './standing.ts';

/** What its reader has said yes to. */
export interface Agreed {
  evenIfHeld: boolean;
  otherPerson: boolean;
}

/**
 * @throws AppError `merge_closed`, `merge_with_bot`, `merge_in_call`, `merge_held` for what is in somebody else's
 * hands, `merge_two_people`, `merge_needs_grant` when who keeps it may not see what is protected
 */
export async function mustMayMerge(
  tx: Tx,
  actor: Actor,
  { merged, kept }: { merged: TicketRow; kept: TicketRow },
  agreed: Agreed,
): Promise<void> {
  for (const ticket of [merged, kept]) {
    mustSee(actor, ticket);
    const { number } = ticket;
    if (ticket.state === 'closed') throw new AppError('merge_closed', { number });
    // Until the bot has heard it, nobody knows whether it is to be protected.
    if (ticket.state === 'bot') throw new AppError('merge_with_bot', { number });
  }
  await mustBeQuiet(tx, merged);
  for (const ticket of [merged, kept]) {
    const isOthers = isHeld(ticket) && ticket.operator_id !== actor.id;
    if (!isOthers || (supervises(actor) && agreed.evenIfHeld)) continue;
    const { name } = await operatorOf(tx, ticket);
    throw new AppError('merge_held', { number: ticket.number, name });
  }
  if (merged.citizen_id !== kept.citizen_id && !agreed.otherPerson) {
    throw new AppError('merge_two_people', { one: await nameOf(tx, merged), other: await nameOf(tx, kept) });
  }
  if (merged.protected && !kept.protected && isHeld(kept) && kept.operator_id !== actor.id) {
    const { name, protected_grant: granted } = await operatorOf(tx, kept);
    if (!granted) throw new AppError('merge_needs_grant', { number: kept.number, name });
  }
}

/** Somebody who talks, or waits to be called, would be lost with it. */
async function mustBeQuiet(tx: Tx, ticket: TicketRow): Promise<void> {
  const callback = await tx
    .selectFrom('callback')
    .select('ticket_id')
    .where('ticket_id', '=', ticket.id)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  if (callback || (await liveCallOf(tx, ticket.id))) throw new AppError('merge_in_call', { number: ticket.number });
}

const operatorOf = (tx: Tx, ticket: TicketRow) =>
  tx
    .selectFrom('operator')
    .select(['name', 'protected_grant'])
    .where('id', '=', ticket.operator_id ?? '')
    .executeTakeFirstOrThrow();

async function nameOf(tx: Tx, ticket: TicketRow): Promise<string> {
  const row = await tx.selectFrom('citizen').select('name').where('id', '=', ticket.citizen_id).executeTakeFirst();
  return row?.name ?? `#${ticket.number}`;
}
