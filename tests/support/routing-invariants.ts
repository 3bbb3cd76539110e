import { sql } from 'kysely';
import type { TicketState } from '../../server/contract/http.ts';
import { type FreeOperator, fits, queueOrder, type WaitingTicket } from '../../server/routing/match.ts';
import type { RoutingFloor } from './routing-floor.ts';

interface Ticket {
  id: string;
  conversation_id: string;
  state: TicketState;
  queue_id: string;
  priority: number;
  clock_at: Date;
  operator_id: string | null;
  reserved_for: string | null;
  passed: { by: string; at: string }[];
}
interface Offer {
  id: string;
  ticket_id: string;
  operator_id: string;
}
interface Person {
  id: string;
  capacity: number;
  status: string;
  idle_since: Date;
  queue_ids: string[];
}

/** Everything routing decides by, as it stands in the database. */
export interface Floor {
  tickets: Ticket[];
  offers: Offer[];
  people: Person[];
}

export async function floorOf({ database: { db } }: RoutingFloor): Promise<Floor> {
  const { rows: tickets } = await sql<Ticket>`
    select t.id, t.conversation_id, t.state, t.queue_id, t.priority, t.clock_at, t.operator_id, t.reserved_for,
      coalesce((select json_agg(json_build_object('by', p.by, 'at', p.at)) from (
        select operator_id as by, ended_at as at from offer
          where ticket_id = t.id and outcome in ('declined', 'timed_out')
        union all
        select actor_id, at from ticket_event where ticket_id = t.id and type = 'transferred'
      ) p), '[]') as passed
    from ticket t where t.state <> 'closed' order by t.number`.execute(db);
  const { rows: offers } = await sql<Offer>`
    select id, ticket_id, operator_id from offer where outcome is null order by id`.execute(db);
  const { rows: people } = await sql<Person>`
    select o.id, o.capacity, p.status, p.idle_since,
      array(select queue_id from queue_operator q where q.operator_id = o.id) as queue_ids
    from operator o join presence p on p.operator_id = o.id order by o.id`.execute(db);
  return { tickets, offers, people };
}

/**
 * What the fair clock forbids, in words; empty when all is well.
 * @param firstContact remembers each ticket's clock over the whole run
 */
export function violations(
  before: Floor,
  after: Floor,
  now: Date,
  cooldownSeconds: number,
  firstContact: Map<string, number>,
): string[] {
  const found: string[] = [];
  const waiting = after.tickets.filter((ticket) => ticket.state === 'waiting').map(asWaiting(now, cooldownSeconds));
  const asked = new Map(after.offers.map((offer) => [offer.ticket_id, offer.operator_id]));

  for (const ticket of after.tickets) {
    const clock = ticket.clock_at.getTime();
    if ((firstContact.get(ticket.id) ?? clock) !== clock) found.push(`the clock of ${ticket.id} moved`);
    firstContact.set(ticket.id, clock);
    const isAsked = asked.has(ticket.id);
    if ((ticket.state === 'offered') !== isAsked) found.push(`${ticket.id} is ${ticket.state}, offers say otherwise`);
    if (isAsked && asked.get(ticket.id) !== ticket.operator_id) found.push(`${ticket.id} has two holders`);
    if (ticket.state === 'waiting' && ticket.operator_id) found.push(`${ticket.id} waits and is held`);
  }
  if (asked.size !== after.offers.length) found.push('a ticket is offered twice');

  for (const person of after.people) {
    const theirs = after.tickets.filter((ticket) => ticket.operator_id === person.id);
    const offers = after.offers.filter((offer) => offer.operator_id === person.id);
    if (offers.length > 1) found.push(`${person.id} is asked twice at once`);
    if (offers.length > 0 && person.status !== 'available') found.push(`${person.id} is asked while ${person.status}`);
    const isNew = (id: string) => !before.offers.some((offer) => offer.id === id);
    const free = asFree(person);
    for (const offer of offers.filter(({ id }) => isNew(id))) {
      if (theirs.length > person.capacity) found.push(`${person.id} was asked beyond capacity`);
      const given = after.tickets.find((ticket) => ticket.id === offer.ticket_id);
      if (!given) continue;
      const place = asWaiting(now, cooldownSeconds)(given);
      for (const other of waiting) {
        if (fits(other, free) && queueOrder(other, place) < 0) found.push(`${given.id} overtook ${other.id}`);
      }
    }
    const isIdle = person.status === 'available' && offers.length === 0 && theirs.length < person.capacity;
    for (const ticket of waiting) {
      if (isIdle && fits(ticket, free)) found.push(`${person.id} is idle beside ${ticket.id}`);
    }
  }
  return found;
}

const asWaiting =
  (now: Date, cooldownSeconds: number) =>
  (ticket: Ticket): WaitingTicket => ({
    id: ticket.id,
    queueId: ticket.queue_id,
    priority: ticket.priority,
    clock: ticket.clock_at.getTime(),
    reservedFor: ticket.reserved_for,
    passedBy: new Set(
      ticket.passed
        .filter((passed) => now.getTime() - new Date(passed.at).getTime() < cooldownSeconds * 1_000)
        .map((passed) => passed.by),
    ),
  });

const asFree = (person: Person): FreeOperator => ({
  id: person.id,
  queueIds: new Set(person.queue_ids),
  idleSince: person.idle_since.getTime(),
});
