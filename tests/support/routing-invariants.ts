import { sql } from 'kysely';
import type { ChannelName } from '../../server/contract/channel.ts';
import type { TicketState } from '../../server/contract/http.ts';
import type { Overflow, RoutingSettings } from '../../server/contract/routing.ts';
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
  channel: ChannelName;
  /** A telephone call. */
  voice: boolean;
  locale: 'es' | 'en';
  waiting_since: Date;
  preferred_operator_id: string | null;
  preferred_until: Date | null;
  overflow: Overflow;
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
  skill_ids: string[];
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
      t.channel, t.channel = 'voice' as voice, c.locale, t.waiting_since, t.preferred_operator_id, t.preferred_until, q.overflow,
      coalesce((select json_agg(json_build_object('by', p.by, 'at', p.at)) from (
        select operator_id as by, ended_at as at from offer
          where ticket_id = t.id and outcome in ('declined', 'timed_out')
        union all
        select actor_id, at from ticket_event where ticket_id = t.id and type = 'transferred'
      ) p), '[]') as passed
    from ticket t join conversation c on c.id = t.conversation_id left join queue q on q.id = t.queue_id
    where t.state <> 'closed' order by t.number`.execute(db);
  const { rows: offers } = await sql<Offer>`
    select id, ticket_id, operator_id from offer where outcome is null order by id`.execute(db);
  const { rows: people } = await sql<Person>`
    select o.id, o.capacity, p.status, p.idle_since, p.takes_calls,
      array(select queue_id from queue_operator q where q.operator_id = o.id) as queue_ids,
      array(select skill_id from operator_skill s where s.operator_id = o.id) as skill_ids
    from operator o join presence p on p.operator_id = o.id order by o.id`.execute(db);
  return { tickets, offers, people };
}

export interface Judging {
  now: Date;
  cooldownSeconds: number;
  settings: RoutingSettings;
  /** Remembers each ticket's clock over the whole run. */
  firstContact: Map<string, number>;
}

/** What the fair clock forbids, in words; empty when all is well. */
export function violations(before: Floor, after: Floor, judging: Judging): string[] {
  const found: string[] = [];
  const { settings, firstContact } = judging;
  const waiting = after.tickets.filter((ticket) => ticket.state === 'waiting');
  const fits = (ticket: Ticket, person: Person) => mayTake(ticket, person, after, judging);
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
      const given = after.tickets.find((ticket) => ticket.id === offer.ticket_id);
      if (!given) continue;
      const held = theirs.filter(({ id }) => id !== given.id);
      if (!hasRoom(given, person, held, settings)) found.push(`${person.id} was asked beyond their room`);
      if (given.voice && !person.takes_calls) found.push(`${person.id} was offered a call without a telephone`);
      for (const other of waiting) {
        const couldHave = fits(other, person) && hasRoom(other, person, held, settings);
        if (couldHave && goesBefore(other, given, settings)) found.push(`${given.id} overtook ${other.id}`);
      }
    }
    const isIdle = person.status === 'available' && offers.length === 0;
    for (const ticket of waiting) {
      const isFitting = isIdle && fits(ticket, person) && hasRoom(ticket, person, theirs, settings);
      if (isFitting) found.push(`${person.id} is idle beside ${ticket.id}`);
    }
  }
  return found;
}

/** Said anew here, as is all below: a test that asked the code it tests could not fail. */
function hasRoom(ticket: Ticket, { capacity }: Person, held: readonly Ticket[], settings: RoutingSettings): boolean {
  const load = held.reduce((sum, { voice, channel }) => sum + (voice ? 0 : settings.weights[channel]), 0);
  const isOnCall = held.some(({ voice }) => voice);
  if (isOnCall && ticket.voice) return false;
  const places = isOnCall ? Math.min(capacity, settings.unitsBesideCall) : capacity;
  return load + settings.weights[ticket.channel] <= places;
}

function mayTake(ticket: Ticket, person: Person, floor: Floor, judging: Judging): boolean {
  if (ticket.voice && !person.takes_calls) return false;
  if (ticket.reserved_for) return ticket.reserved_for === person.id;
  const there = floor.people.filter(({ status }) => status === 'available');
  const isWaitedFor = (one: Person) =>
    one.id === ticket.preferred_operator_id &&
    ticket.preferred_until !== null &&
    ticket.preferred_until > judging.now &&
    (!ticket.voice || one.takes_calls) &&
    canAnswer(ticket, one, there, judging);
  if (there.some((one) => one.id !== person.id && isWaitedFor(one))) return false;
  return canAnswer(ticket, person, there, judging);
}

function canAnswer(ticket: Ticket, person: Person, there: readonly Person[], judging: Judging): boolean {
  const { now, cooldownSeconds, settings } = judging;
  const waited = (now.getTime() - ticket.waiting_since.getTime()) / 1_000;
  const passedLately = ticket.passed.some(
    ({ by, at }) => by === person.id && now.getTime() - new Date(at).getTime() < cooldownSeconds * 1_000,
  );
  const lacks = settings.skills.some(
    ({ id, neededBy, relaxAfterSeconds: after }) =>
      neededBy.includes(ticket.locale) && !person.skill_ids.includes(id) && (after === null || waited < after),
  );
  const { afterSeconds: after, queueIds, whenNobody } = ticket.overflow;
  const isDeserted = !there.some((one) => one.queue_ids.includes(ticket.queue_id));
  const helpers = (after !== null && waited >= after) || (whenNobody && isDeserted) ? queueIds : [];
  const isMember = [ticket.queue_id, ...helpers].some((id) => person.queue_ids.includes(id));
  return isMember && !lacks && !passedLately;
}

function goesBefore(one: Ticket, other: Ticket, { deferred }: RoutingSettings): boolean {
  const canWait = ({ channel, priority }: Ticket) => deferred.includes(channel) && priority > 0;
  if (canWait(one) !== canWait(other)) return canWait(other);
  if (one.priority !== other.priority) return one.priority < other.priority;
  return one.clock_at < other.clock_at;
}
