import type { NoticeWish } from '../conversations/opt-out.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type Contact, type OpenedTickets, type OpenTicket, openTickets } from './open-tickets.ts';
import type { Placed } from './placed.ts';

/** Opens the tickets that arrivals belong to. A conversation with a department has no ticket of its own. */
export async function ticketsFor(
  unit: Unit,
  placed: readonly Placed[],
  wishes: ReadonlyMap<Placed, NoticeWish>,
  priority: number,
): Promise<OpenedTickets> {
  const contacts = new Map<string, Contact>();
  for (const entry of placed) {
    const { arrival, conversation } = entry;
    if (conversation.side_of) continue;
    const { queueId, subject, automatic } = arrival.event;
    const needsNobody = automatic === true || wishes.has(entry);
    const contact = contacts.get(conversation.id);
    if (contact) {
      contact.automatic &&= needsNobody;
      contact.beginsNothing &&= wishes.has(entry);
    } else {
      contacts.set(conversation.id, {
        conversation,
        queueId,
        subject: subject ?? null,
        automatic: needsNobody,
        beginsNothing: wishes.has(entry),
      });
    }
  }
  if (contacts.size === 0) return { tickets: new Map(), begun: new Set() };
  return openTickets(unit, [...contacts.values()], priority);
}

/** A wish about notices is nothing that the bot has to answer: it is left out of what the bot hears. */
export function ticketOf(
  entry: Placed,
  tickets: ReadonlyMap<string, OpenTicket>,
  wishes: ReadonlyMap<Placed, NoticeWish>,
): string | null {
  const ticket = tickets.get(entry.conversation.id);
  return !ticket || (ticket.state === 'bot' && wishes.has(entry)) ? null : ticket.id;
}
