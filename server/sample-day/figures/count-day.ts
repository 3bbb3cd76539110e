import { sql } from 'kysely';
import { DateTime } from 'luxon';
import type { ChannelName } from '../../contract/channel.ts';
import type { City } from '../../contract/city.ts';
import type { Db } from '../../database/database.ts';
import { digestOf, readEventLog } from './event-log.ts';

/** A sample day in numbers, counted from its raw events alone. */
export interface DayFigures {
  seed: number;
  from: string;
  until: string;
  contacts: number;
  byChannel: Partial<Record<ChannelName, number>>;
  /** Contacts begun, by the hour of the city, from 0 to 23. */
  byHour: number[];
  /** Contacts that entered a queue. */
  offeredToPeople: number;
  answered: number;
  abandoned: number;
  /** Of the abandoned, those who waited less than ten seconds. */
  shortAbandons: number;
  stillOpen: number;
  /** Share of answered and abandoned contacts that were answered within their queue's time; without short abandons. */
  serviceLevel: number | null;
  averageWaitSeconds: number | null;
  closedByBot: number;
  /** What happened to contacts, by what it was. */
  events: Record<string, number>;
  offers: { made: number; declined: number; missed: number };
  messages: { in: number; out: number; failed: number };
  calls: { begun: number; talked: number; talkSeconds: number };
  cases: number;
  casesByService: Record<string, number>;
  /** Steps that departments took, by where they led. */
  caseSteps: Record<string, number>;
  /** Causes that supervisors named, and contacts and cases that are about them. */
  incidents: { opened: number; contacts: number; cases: number };
  callbacks: number;
  voicemails: number;
  ratings: { count: number; mean: number | null };
  repeatCitizens: number;
  operators: number;
  failedJobs: number;
  missed: Record<string, number>;
  /** SHA-256 of the event log, without what differs between two runs of one day: ids. */
  digest: string;
}

interface Counted {
  city: City;
  seed: number;
  from: Date;
  until: Date;
  failedJobs: number;
  missed: ReadonlyMap<string, number>;
}

const SHORT_ABANDON_SECONDS = 10;
const seconds = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 1_000;
const rounded = (value: number) => Math.round(value * 10_000) / 10_000;

export async function countDay(db: Db, { city, seed, from, until, failedJobs, missed }: Counted): Promise<DayFigures> {
  const tickets = await db
    .selectFrom('ticket')
    .select(['id', 'number', 'channel', 'queue_id', 'citizen_id', 'created_at', 'state', 'rating'])
    .orderBy('number')
    .execute();
  const events = await db.selectFrom('ticket_event').selectAll().orderBy('id').execute();
  const messages = await db.selectFrom('message').select(['direction', 'status']).execute();
  const cases = await db.selectFrom('service_case').select(['service_id']).execute();
  const steps = await db.selectFrom('case_event').select(['data']).where('type', '=', 'status_changed').execute();
  const countOf = async (table: 'incident' | 'incident_ticket' | 'incident_case' | 'callback') => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(db);
    return rows[0]?.n ?? 0;
  };
  const calls = await db.selectFrom('call').select(['answered_at', 'times', 'outcome']).execute();
  const staff = await db.selectFrom('operator').select(['role']).execute();
  const queues = await db.selectFrom('queue').select(['id', 'service_level_seconds']).execute();
  const patienceOf = new Map(queues.map((queue) => [queue.id, queue.service_level_seconds]));
  const story = Map.groupBy(events, (event) => event.ticket_id);

  let offeredToPeople = 0;
  let answered = 0;
  let abandoned = 0;
  let shortAbandons = 0;
  let within = 0;
  let waited = 0;
  let closedByBot = 0;
  for (const ticket of tickets) {
    const own = story.get(ticket.id) ?? [];
    const queued = own.find(({ type }) => type === 'queued');
    const closed = own.find(({ type }) => type === 'closed');
    if (!queued) {
      if (closed) closedByBot += 1;
      continue;
    }
    offeredToPeople += 1;
    const accepted = own.find(({ type }) => type === 'offer_accepted');
    if (accepted) {
      const wait = seconds(queued.at, accepted.at);
      answered += 1;
      waited += wait;
      if (wait <= (patienceOf.get(ticket.queue_id ?? '') ?? 0)) within += 1;
    } else if (closed) {
      if (seconds(queued.at, closed.at) < SHORT_ABANDON_SECONDS) shortAbandons += 1;
      abandoned += 1;
    }
  }

  const byHour = new Array<number>(24).fill(0);
  for (const { created_at } of tickets) {
    const { hour } = DateTime.fromJSDate(created_at, { zone: city.timeZone });
    byHour[hour] = (byHour[hour] ?? 0) + 1;
  }
  const ratings = tickets.flatMap(({ rating }) => rating ?? []);
  const count = (type: string) => events.filter((event) => event.type === type).length;
  const counted = answered + abandoned - shortAbandons;
  const talked = calls.filter(({ answered_at }) => answered_at !== null);
  return {
    seed,
    from: from.toISOString(),
    until: until.toISOString(),
    contacts: tickets.length,
    byChannel: tally(tickets.map(({ channel }) => channel)),
    byHour,
    offeredToPeople,
    answered,
    abandoned,
    shortAbandons,
    stillOpen: tickets.filter(({ state }) => state !== 'closed').length,
    serviceLevel: counted > 0 ? rounded(within / counted) : null,
    averageWaitSeconds: answered > 0 ? rounded(waited / answered) : null,
    closedByBot,
    events: tally(events.map(({ type }) => type)),
    offers: { made: count('offered'), declined: count('offer_declined'), missed: count('offer_timed_out') },
    messages: {
      in: messages.filter(({ direction }) => direction === 'in').length,
      out: messages.filter(({ direction }) => direction === 'out').length,
      failed: messages.filter(({ status }) => status === 'failed').length,
    },
    calls: {
      begun: calls.length,
      talked: talked.length,
      talkSeconds: rounded(talked.reduce((sum, { times }) => sum + talkOf(times), 0)),
    },
    cases: cases.length,
    casesByService: tally(cases.map(({ service_id }) => service_id)),
    caseSteps: tally(steps.map(({ data }) => String(data.status))),
    incidents: {
      opened: await countOf('incident'),
      contacts: await countOf('incident_ticket'),
      cases: await countOf('incident_case'),
    },
    callbacks: await countOf('callback'),
    voicemails: calls.filter(({ outcome }) => outcome === 'voicemail').length,
    ratings: {
      count: ratings.length,
      mean: ratings.length > 0 ? rounded(ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length) : null,
    },
    repeatCitizens: [...Map.groupBy(tickets, (ticket) => ticket.citizen_id).values()].filter((own) => own.length > 1)
      .length,
    operators: staff.filter(({ role }) => role === 'operator').length,
    failedJobs,
    missed: Object.fromEntries([...missed].sort()),
    digest: digestOf(await readEventLog(db)),
  };
}

/** What a call came to is kept in milliseconds. */
const talkOf = (times: unknown): number => Number((times as { talk?: number } | null)?.talk ?? 0) / 1_000;

function tally<K extends string>(keys: readonly K[]): Record<K, number> {
  const counts: Record<string, number> = {};
  for (const key of [...keys].sort()) counts[key] = (counts[key] ?? 0) + 1;
  return counts as Record<K, number>;
}
