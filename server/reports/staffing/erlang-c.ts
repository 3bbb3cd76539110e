/** What comes in an interval, and what is promised of it. */
export interface Demand {
  contacts: number;
  intervalSeconds: number;
  /** Mean time one of them takes. */
  handleSeconds: number;
}

export interface Promised {
  /** Share to be answered within `seconds`. */
  share: number;
  seconds: number;
}

/** Contacts in progress at once, on average: the load, in erlangs. */
export const loadOf = ({ contacts, intervalSeconds, handleSeconds }: Demand): number =>
  (contacts * handleSeconds) / intervalSeconds;

/**
 * The probability of having to wait, by Erlang C. Erlang B is built up agent by agent, which overflows for no number of
 * them, and turned into C.
 */
export function probabilityOfWaiting(agents: number, load: number): number {
  if (load <= 0) return 0;
  if (agents <= load) return 1;
  let blocked = 1;
  for (let n = 1; n <= agents; n += 1) blocked = (load * blocked) / (n + load * blocked);
  return blocked / (1 - (load / agents) * (1 - blocked));
}

/** The share answered within `seconds` by so many agents; nobody gives up. */
export function serviceLevelOf(agents: number, demand: Demand, seconds: number): number {
  const load = loadOf(demand);
  if (load <= 0) return 1;
  if (agents <= load) return 0;
  const waiting = probabilityOfWaiting(agents, load);
  return 1 - waiting * Math.exp((-(agents - load) * seconds) / demand.handleSeconds);
}

/** The fewest agents who keep the promise. None for no demand. */
export function agentsNeeded(demand: Demand, promised: Promised): number {
  const load = loadOf(demand);
  if (load <= 0) return 0;
  let agents = Math.floor(load) + 1;
  while (serviceLevelOf(agents, demand, promised.seconds) < promised.share) agents += 1;
  return agents;
}
