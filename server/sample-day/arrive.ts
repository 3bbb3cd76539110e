import type { City } from '../contract/city.ts';
import type { RunningServer } from '../main.ts';
import type { Arrival } from './plan/plan-day.ts';
import type { DayChannel } from './plan/volumes.ts';
import { createCaller } from './residents/caller.ts';
import { byMail } from './residents/correspondent.ts';
import { onTheirTelephone } from './residents/messenger-person.ts';
import { createTextResident } from './residents/text-resident.ts';
import { openChat } from './residents/web-visitor.ts';
import type { Caller, Stage } from './stage.ts';

type CallerAtWork = Caller & { looks(): void };

/** Whoever comes, comes at their time. @returns lets those whose telephone is in use look at it */
export function expectArrivals(stage: Stage, arrivals: readonly Arrival[], mailToken: string): () => void {
  const { city, server, time } = stage;
  const callers = new Set<CallerAtWork>();

  async function begin(arrival: Arrival): Promise<void> {
    const { simulator } = server;
    stage.arrived += 1;
    if (arrival.channel === 'chat') {
      return createTextResident(stage, arrival, await openChat(stage, arrival)).arrive();
    }
    if (arrival.channel === 'email') {
      return createTextResident(stage, arrival, byMail(stage, arrival, mailToken)).arrive();
    }
    const accountId = accountFor(server, city, arrival.channel);
    if (!simulator || !accountId) return;
    if (arrival.channel !== 'voice') {
      return createTextResident(stage, arrival, onTheirTelephone(simulator, accountId, arrival)).arrive();
    }
    const caller = createCaller(stage, simulator, accountId, arrival);
    callers.add(caller);
    caller.arrive();
  }

  for (const arrival of arrivals) time.at(arrival.at, () => begin(arrival));
  return () => {
    for (const caller of callers) {
      if (caller.isOver()) callers.delete(caller);
      else caller.looks();
    }
  };
}

/** Of a city's channels those by which somebody can come. */
export const channelsOf = ({ server, city }: Stage, wanted: readonly DayChannel[]): DayChannel[] =>
  wanted.filter(
    (channel) =>
      channel === 'chat' ||
      (channel === 'email' && city.mailboxes.length > 0) ||
      accountFor(server, city, channel) !== undefined,
  );

const accountFor = ({ simulator }: RunningServer, city: City, channel: DayChannel): string | undefined =>
  simulator ? city.accounts.find((account) => account.channel === channel)?.id : undefined;
