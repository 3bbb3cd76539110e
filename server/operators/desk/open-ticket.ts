import { sql } from 'kysely';
import { callsOfTicket, isConsulted } from '../../calls/calls-of-ticket.ts';
import { casesOfCitizen } from '../../cases/list-cases.ts';
import type { City } from '../../contract/city.ts';
import { AppError } from '../../contract/errors.ts';
import type { TicketDetail, TicketSummary } from '../../contract/http.ts';
import { presentEvent } from '../../conversations/change-ticket.ts';
import { loadCitizen } from '../../conversations/citizens.ts';
import { readMessages } from '../../conversations/read-messages.ts';
import { selectSummaries } from '../../conversations/ticket-summaries.ts';
import type { Db } from '../../database/database.ts';
import { messagingStanding } from '../../delivery/messaging-standing.ts';
import type { Windows } from '../../delivery/window.ts';
import { type Actor, maySee, mustSee } from '../actor.ts';
import { answerByMail } from './answer-by-mail.ts';
import { mergedContacts } from './merging/merged-contacts.ts';
import { reachOf } from './reach.ts';

const MESSAGES = 50;
const HISTORY = 30;

/** Everything the conversation screen opens with, but who else looks at it and what to know of the person. @throws AppError `not_found` */
export async function openTicket(
  db: Db,
  { city, windows }: { city: City; windows: Windows },
  actor: Actor,
  ticketId: string,
): Promise<Omit<TicketDetail, 'viewers' | 'warnings'>> {
  const row = await db
    .selectFrom('ticket')
    .select(['operator_id', 'queue_id', 'state', 'protected', 'conversation_id', 'citizen_id'])
    .where('id', '=', ticketId)
    .executeTakeFirst();
  if (!row) throw new AppError('not_found');
  // Whoever is asked for advice on a call knows what it is about, whichever queue it came by.
  if (!(await isConsulted(db, actor.id, [ticketId]))) mustSee(actor, row);
  const reach = await reachOf(db, actor, row.conversation_id);
  const [contacts, citizen, page, cases] = await Promise.all([
    selectSummaries(db, sql`where t.citizen_id = ${row.citizen_id} order by t.number desc limit ${HISTORY + 1}`),
    loadCitizen(db, row.citizen_id),
    readMessages(db, row.conversation_id, { limit: MESSAGES, reach }),
    casesOfCitizen(db, city, actor, row.citizen_id),
  ]);
  const ticket =
    contacts.find((contact) => contact.id === ticketId) ??
    (await selectSummaries(db, sql`where t.id = ${ticketId}`))[0];
  if (!ticket) throw new AppError('not_found');
  const { merged, joined } = await mergedContacts(db, { city, windows }, actor, ticket);
  const messages = [page, ...joined].flatMap((each) => each.messages);
  const shown = new Set([ticketId, ...merged.map((each) => each.ticketId), ...messages.flatMap(ownerOf)]);
  const events = await db
    .selectFrom('ticket_event')
    .selectAll()
    .where('ticket_id', 'in', [...shown])
    .orderBy('id')
    .limit(500)
    .execute();
  return {
    ticket,
    citizen,
    messages: page.messages,
    cursors: page.cursors,
    hasEarlier: page.hasEarlier,
    events: events.map(presentEvent),
    history: contacts
      .filter((contact) => contact.id !== ticketId && (!contact.protected || actor.protectedGrant))
      .slice(0, HISTORY)
      .map((contact) => withoutWords(actor, contact)),
    cases,
    email: ticket.channel === 'email' ? await answerByMail(db, city, actor, ticket) : null,
    messaging: await messagingStanding(db, city, windows, row.conversation_id),
    ...(await callsOfTicket(db, city, ticketId)),
    merged,
    joined,
  };
}

const ownerOf = ({ ticketId }: { ticketId: string | null }): string[] => (ticketId ? [ticketId] : []);

/** That a contact of another queue took place is told; what was said in it is not. */
function withoutWords(actor: Actor, contact: TicketSummary): TicketSummary {
  const { operator, queueId, state } = contact;
  const seen = maySee(actor, {
    operator_id: operator?.id ?? null,
    queue_id: queueId,
    state,
    protected: contact.protected,
  });
  return seen ? contact : { ...contact, summary: null, lastMessage: null };
}
