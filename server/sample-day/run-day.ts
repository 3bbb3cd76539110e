import type { City } from '../contract/city.ts';
import type { RunningServer } from '../main.ts';
import { renewLease } from '../routing/presence.ts';
import { type Chance, createChance } from './chance.ts';
import { countDay, type DayFigures } from './figures/count-day.ts';
import { signIn } from './operators/console-api.ts';
import { createOperator, type Operator } from './operators/operator.ts';
import { type Arrival, planDay } from './plan/plan-day.ts';
import { hoursOf, planStaff, type StaffMember } from './plan/staff.ts';
import { contactsAYear, type DayChannel } from './plan/volumes.ts';
import { createCaller } from './residents/caller.ts';
import { byMail } from './residents/correspondent.ts';
import { onTheirTelephone } from './residents/messenger-person.ts';
import { createTextResident } from './residents/text-resident.ts';
import { openChat } from './residents/web-visitor.ts';
import { LEASE_SECONDS, type ScratchCentre, startScratchCentre } from './scratch-centre.ts';
import { createSettling } from './settle.ts';
import type { Caller, Stage } from './stage.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';

export interface DayRun {
  seed: number;
  from: Date;
  until: Date;
  /** Share of the city's contacts and of its operators. */
  scale: number;
  /** A folder of `cities/`. */
  city: string;
  /** What folios begin with: a sample's are not taken for the city's own. */
  folioPrefix: string;
  channels?: readonly DayChannel[];
  /** New contacts stop so many seconds before the end, so that those there are can be brought to theirs. */
  quietSeconds: number;
  postgresUrl?: string | undefined;
  /** Of the day, 0 to 1. */
  progress?(share: number): void;
  signal?: AbortSignal;
}

/** Simulated seconds between two looks of the server for lost work: in real life two, but here none is lost. */
const RECONCILES = 60;
const PROGRESS_EVERY = 600;

/**
 * Plays a day of the city through the real server, as fast as the machine can: one happening after the other, and after
 * each the server comes to rest. The same options give the same day.
 * @param use gets the centre while it still runs, with all that the day left in its database
 */
export async function runDay<T>(
  run: DayRun,
  use: (centre: ScratchCentre, figures: DayFigures) => Promise<T>,
): Promise<T> {
  const time = createVirtualTime(run.from);
  const chance = createChance(run.seed);
  let staff: StaffMember[] = [];
  const centre = await startScratchCentre({
    time,
    city: run.city,
    postgresUrl: run.postgresUrl,
    change(city) {
      staff = planStaff(city, chance.fork('staff'), run.scale);
      return {
        ...city,
        folioPrefix: run.folioPrefix,
        operators: staff.map(({ person }) => person),
        // Of an emulated line nothing can be heard but a murmur.
        calls: { ...city.calls, recording: { ...city.calls.recording, on: false } },
      };
    },
  });
  const { server, jobs } = centre;
  const settling = createSettling(jobs, server.context.database.pool);
  try {
    const stage: Stage = {
      server,
      url: centre.url,
      city: centre.city,
      time,
      speaking: null,
      contacts: new Map(),
      missed: new Map(),
    };
    await server.context.bot.prepare?.(server.context.desk);
    const operators = await seatOperators(stage, staff, run, centre.password);
    const looks = listen(stage, operators);
    const callers = planArrivals(stage, chance, run, centre.mailToken);
    recur(stage, run, operators);
    await settling.settle();

    for (let next = earliest(time, jobs.nextDue()); next && next <= run.until; next = earliest(time, jobs.nextDue())) {
      run.signal?.throwIfAborted();
      time.moveTo(next);
      stage.speaking = null;
      await time.runNext();
      await settling.settle();
      looks();
      for (const caller of callers) caller.looks();
    }
    time.moveTo(run.until);
    const figures = await countDay(server.context.database.db, {
      city: centre.city,
      seed: run.seed,
      from: run.from,
      until: run.until,
      failedJobs: jobs.failed().length,
      missed: stage.missed,
    });
    return await use(centre, figures);
  } finally {
    settling.stop();
    await centre.stop();
  }
}

function earliest(time: VirtualTime, job: Date | null): Date | null {
  const next = time.next();
  if (!next || !job) return next ?? job;
  return next < job ? next : job;
}

/** Everybody signs in, and comes to work when their shift begins. */
async function seatOperators(
  stage: Stage,
  staff: readonly StaffMember[],
  { from, until }: DayRun,
  password: string,
): Promise<Map<string, Operator>> {
  const { server, city } = stage;
  const rows = await server.context.database.db.selectFrom('operator').select(['id', 'email']).execute();
  const idOf = new Map(rows.map(({ id, email }) => [email, id]));
  const operators = new Map<string, Operator>();
  for (const member of staff) {
    const id = idOf.get(member.person.email) ?? '';
    const console = await signIn(stage.url, member.person.email, password, `10.0.0.${member.index + 1}`);
    server.simulator?.telephone(`operator_${id.replace(/[^a-zA-Z0-9]/g, '_')}`, member.person.name);
    operators.set(id, createOperator(stage, member, id, console, hoursOf(member, city, from, until)));
  }
  return operators;
}

/**
 * Passes on what the server tells after each commit: to citizens what is said to them, to operators what they are
 * offered and what is written to them.
 * @returns lets operators look at what is in their hands
 */
function listen(stage: Stage, operators: ReadonlyMap<string, Operator>): () => void {
  const { bus } = stage.server.context;
  bus.subscribe('tickets.changed', (ids) => {
    const { speaking, contacts } = stage;
    for (const id of ids) if (speaking && !contacts.has(id)) contacts.set(id, speaking);
  });
  bus.subscribe('messages.stored', (stored) => {
    for (const { message, operatorId } of stored) {
      const { ticketId } = message;
      if (!ticketId) continue;
      if (message.direction === 'out') stage.contacts.get(ticketId)?.hears(message);
      else if (operatorId) operators.get(operatorId)?.works.get(ticketId)?.hears(message);
    }
  });
  bus.subscribe('offer.made', (offer) => operators.get(offer.operatorId)?.isOffered(offer));
  bus.subscribe('offer.ended', ({ operatorId, outcome }) => operators.get(operatorId)?.offerEnded(outcome));
  return () => {
    for (const { works } of operators.values()) for (const work of works.values()) work.looks();
  };
}

/** @returns those whose telephone is in use */
function planArrivals(
  stage: Stage,
  chance: Chance,
  { from, until, quietSeconds, scale, channels }: DayRun,
  mailToken: string,
): Set<Caller & { looks(): void }> {
  const { city, server, time } = stage;
  const offered = (channels ?? (Object.keys(contactsAYear) as DayChannel[])).filter(
    (channel) => channel === 'chat' || channel === 'email' || accountFor(server, city, channel),
  );
  const arrivals = planDay({
    city,
    chance,
    from,
    until: new Date(until.getTime() - quietSeconds * 1_000),
    scale,
    channels: offered,
  });
  const callers = new Set<Caller & { looks(): void }>();
  const begin = async (arrival: Arrival) => {
    const { simulator } = server;
    if (arrival.channel === 'chat') return createTextResident(stage, arrival, await openChat(stage)).arrive();
    if (arrival.channel === 'email')
      return createTextResident(stage, arrival, byMail(stage, arrival, mailToken)).arrive();
    const accountId = accountFor(server, city, arrival.channel);
    if (!simulator || !accountId) return;
    if (arrival.channel !== 'voice') {
      return createTextResident(stage, arrival, onTheirTelephone(simulator, accountId, arrival)).arrive();
    }
    for (const caller of callers) if (caller.isOver()) callers.delete(caller);
    const caller = createCaller(stage, simulator, accountId, arrival);
    callers.add(caller);
    caller.arrive();
  };
  for (const arrival of arrivals) time.at(arrival.at, () => begin(arrival));
  return callers;
}

const accountFor = ({ simulator }: RunningServer, city: City, channel: DayChannel): string | undefined =>
  simulator ? city.accounts.find((account) => account.channel === channel)?.id : undefined;

/** What comes again and again: the server's look for lost work, signs of life of whoever is there. */
function recur(stage: Stage, { from, until, progress }: DayRun, operators: ReadonlyMap<string, Operator>): void {
  const { time, server } = stage;
  const { unitOfWork } = server.context;
  const every = (seconds: number, work: () => void | Promise<void>) => {
    const again = async () => {
      await work();
      time.after(seconds, again);
    };
    time.after(seconds, again);
  };
  every(RECONCILES, () => server.reconcile());
  every(LEASE_SECONDS / 2, async () => {
    const present = [...operators.values()].filter((operator) => operator.isPresent());
    for (const { id } of present) await unitOfWork((unit) => renewLease(unit, id, LEASE_SECONDS));
  });
  every(PROGRESS_EVERY, () => progress?.((time.now().getTime() - from.getTime()) / (until.getTime() - from.getTime())));
}
