import { sql } from 'kysely';
import type { TicketState } from '../../server/contract/http.ts';
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
  /** A telephone call. */
  voice: boolean;
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
  takes_calls: boolean;
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
      t.channel = 'voice' as voice,
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
    select o.id, o.capacity, p.status, p.idle_since, p.takes_calls,
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
  const waiting = after.tickets.filter((ticket) => ticket.state === 'waiting');
  const fits = (ticket: Ticket, person: Person) => mayTake(ticket, person, now, cooldownSeconds);
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
    for (const offer of offers.filter(({ id }) => isNew(id))) {
      const onCall = theirs.some(({ id, voice }) => voice && id !== offer.ticket_id);
      if (onCall) found.push(`${person.id} was asked while on a call`);
      if (theirs.length > person.capacity) found.push(`${person.id} was asked beyond capacity`);
      const given = after.tickets.find((ticket) => ticket.id === offer.ticket_id);
      if (!given) continue;
      if (given.voice && !person.takes_calls) found.push(`${person.id} was offered a call without a telephone`);
      for (const other of waiting) {
        if (fits(other, person) && goesBefore(other, given)) found.push(`${given.id} overtook ${other.id}`);
      }
    }
    const isFree = offers.length === 0 && theirs.length < person.capacity && !theirs.some(({ voice }) => voice);
    const isIdle = person.status === 'available' && isFree;
    for (const ticket of waiting) {
      if (isIdle && fits(ticket, person)) found.push(`${person.id} is idle beside ${ticket.id}`);
    }
  }
  return found;
}

/** Said anew here: a test that asked the code it tests could not fail. */
function mayTake(ticket: Ticket, person: Person, now: Date, cooldownSeconds: number): boolean {
  if (ticket.voice && !person.takes_calls) return false;
  if (ticket.reserved_for) return ticket.reserved_for === person.id;
  const passedLately = ticket.passed.some(
    ({ by, at }) => by === person.id && now.getTime() - new Date(at).getTime() < cooldownSeconds * 1_000,
  );
  return person.queue_ids.includes(ticket.queue_id) && !passedLately;
}

function goesBefore(one: Ticket, other: Ticket): boolean {
  if (one.priority !== other.priority) return one.priority < other.priority;
  return one.clock_at < other.clock_at;
}
