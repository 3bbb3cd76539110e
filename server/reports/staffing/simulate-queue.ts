import { type Demand, loadOf, type Promised } from './erlang-c.ts';

export interface Simulated {
  /** Answered in time, of answered and of given up after that time: as reports count it. */
  serviceLevel: number;
  abandoned: number;
  /** Mean wait of those answered. */
  waitSeconds: number;
}

/** Contacts in one run: enough for a service level to within two points. */
const CONTACTS = 2_000;
/** The first ones meet an empty house, which no half hour does. */
const WARM_UP = 200;

/**
 * A queue whose contacts come at random, take an exponential time, and give up after an exponential patience: what
 * Erlang C leaves out. The same seed gives the same answer.
 */
export function simulateQueue(
  agents: number,
  demand: Demand,
  patienceSeconds: number,
  promisedSeconds: number,
  seed: number,
): Simulated {
  if (demand.contacts <= 0) return { serviceLevel: 1, abandoned: 0, waitSeconds: 0 };
  if (agents <= 0) return { serviceLevel: 0, abandoned: 1, waitSeconds: 0 };
  const { gaps, patiences, handlings } = drawsOf(seed);
  const gapSeconds = demand.intervalSeconds / demand.contacts;
  /** When each agent is free next. Whoever is free first takes who waits longest, so the order of coming is enough. */
  const freeAt = new Float64Array(agents);
  let now = 0;
  let answered = 0;
  let inTime = 0;
  let gaveUp = 0;
  let gaveUpLate = 0;
  let waited = 0;
  for (let index = 0; index < WARM_UP + CONTACTS; index += 1) {
    now += (gaps[index] ?? 0) * gapSeconds;
    const patience = (patiences[index] ?? 0) * patienceSeconds;
    const handling = (handlings[index] ?? 0) * demand.handleSeconds;
    const agent = earliest(freeAt);
    const wait = Math.max(0, (freeAt[agent] ?? 0) - now);
    const stays = wait <= patience;
    if (stays) freeAt[agent] = now + wait + handling;
    if (index < WARM_UP) continue;
    if (stays) {
      answered += 1;
      waited += wait;
      if (wait <= promisedSeconds) inTime += 1;
    } else {
      gaveUp += 1;
      if (patience > promisedSeconds) gaveUpLate += 1;
    }
  }
  const counted = answered + gaveUpLate;
  return {
    serviceLevel: counted === 0 ? 0 : inTime / counted,
    abandoned: gaveUp / CONTACTS,
    waitSeconds: answered === 0 ? 0 : waited / answered,
  };
}

/**
 * The fewest agents who keep the promise when people give up: at most as many as when nobody does.
 * @param guess where to look first; the same contacts come whatever it is, so it decides how long this takes and, but
 * for a hair's breadth between two numbers, not what comes out
 */
export function agentsNeededWithAbandonment(
  demand: Demand,
  promised: Promised,
  patienceSeconds: number,
  atMost: number,
  seed: number,
  guess = Math.ceil(loadOf(demand)),
): number {
  const isEnough = (count: number) =>
    simulateQueue(count, demand, patienceSeconds, promised.seconds, seed).serviceLevel >= promised.share;
  let agents = Math.min(atMost, Math.max(1, guess));
  if (!isEnough(agents)) {
    do agents += 1;
    while (agents < atMost && !isEnough(agents));
    return Math.min(agents, atMost);
  }
  while (agents > 1 && isEnough(agents - 1)) agents -= 1;
  return agents;
}

function earliest(times: Float64Array): number {
  let first = 0;
  let soonest = times[0] ?? 0;
  for (let index = 1; index < times.length; index += 1) {
    const time = times[index] ?? 0;
    if (time >= soonest) continue;
    first = index;
    soonest = time;
  }
  return first;
}

interface Draws {
  gaps: Float64Array;
  patiences: Float64Array;
  handlings: Float64Array;
}
let drawn: { seed: number; draws: Draws } | null = null;

/** Exponential draws with a mean of one, kept: a day is simulated hundreds of times with the same ones. */
function drawsOf(seed: number): Draws {
  if (drawn?.seed === seed) return drawn.draws;
  const random = uniform(seed);
  const draw = () => Float64Array.from({ length: WARM_UP + CONTACTS }, () => -Math.log(1 - random()));
  drawn = { seed, draws: { gaps: draw(), patiences: draw(), handlings: draw() } };
  return drawn.draws;
}

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
