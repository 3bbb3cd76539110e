import { setImmediate } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { isPublicHoliday } from '../../city/public-holidays.ts';
import type { AppContext } from '../../context.ts';
import { AppError } from '../../contract/errors.ts';
import type { Forecast, ForecastQuery, ForecastSlot } from '../../contract/forecast.ts';
import type { Operator } from '../../contract/http.ts';
import type { Db } from '../../database/database.ts';
import { countPresence } from '../count-people.ts';
import { agentsNeeded, type Demand, type Promised, serviceLevelOf } from './erlang-c.ts';
import { forecastVolume, SLOTS } from './forecast-volume.ts';
import { type Asked, historyOf, loadArrivals, paceOf } from './history.ts';
import { agentsNeededWithAbandonment } from './simulate-queue.ts';

const SLOT_SECONDS = 1_800;
/** Eight of each weekday, holidays left out, which is also two months for the trend. */
const HISTORY_DAYS = 84;
/** Any fixed number: the same history gives the same plan. */
const SEED = 430_000;

type Parts = Pick<AppContext, 'city' | 'clock'> & { db: Db };

/**
 * What a day is expected to bring and who is needed for it, beside what happened as far as it has.
 * @throws AppError `not_found` for a queue that is not there, or that only people with the grant see
 */
export async function makeForecast(
  { city, clock, db }: Parts,
  reader: Pick<Operator, 'protectedGrant'>,
  { day, queue, channel, atOnce }: ForecastQuery,
): Promise<Forecast> {
  const promised = await loadPromise(db, queue, reader.protectedGrant);
  const begins = DateTime.fromISO(day, { zone: city.timeZone }).startOf('day');
  const now = clock.now();
  const before: Asked = {
    from: begins.minus({ days: HISTORY_DAYS }).toJSDate(),
    // Of a day that is not over, half says nothing.
    to: DateTime.min(begins, DateTime.fromJSDate(now, { zone: city.timeZone }).startOf('day')).toJSDate(),
    now,
    queue,
    channel,
    protectedToo: reader.protectedGrant,
  };
  const holiday = isPublicHoliday(day, city);
  const theDay: Asked = { ...before, from: begins.toJSDate(), to: begins.plus({ days: 1 }).toJSDate() };
  const [arrived, happened, people] = await Promise.all([
    loadArrivals(db, city, before),
    loadArrivals(db, city, theDay),
    countPresence(db, 'slot', { ...theDay, now, timeZone: city.timeZone, operator: undefined }),
  ]);
  const { handleSeconds, patienceSeconds } = paceOf(arrived);
  const { slots: expected, trend, basis } = forecastVolume(day, holiday, historyOf(arrived, before.to, city));
  const came = happened[0]?.slots ?? [];

  const slots: ForecastSlot[] = [];
  /** Half hours are like the ones before them. */
  let agentsPerContact: number | undefined;
  for (const [slot, contacts] of expected.slice(0, SLOTS).entries()) {
    const hour = Math.floor(slot / 2);
    const minute = (slot % 2) * 30;
    const from = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
    const demand: Demand = { contacts, intervalSeconds: SLOT_SECONDS, handleSeconds: handleSeconds / atOnce };
    const present = (people.get(from)?.staffedSeconds ?? 0) / SLOT_SECONDS;
    const guess = agentsPerContact === undefined ? undefined : Math.round(agentsPerContact * contacts);
    const plan = planFor(demand, promised, patienceSeconds, guess);
    if (contacts > 0) agentsPerContact = plan.agentsWithAbandonment / contacts;
    slots.push({
      from,
      expected: tenths(contacts),
      ...plan,
      happened:
        begins.set({ hour, minute }).toJSDate() <= now ? { contacts: came[slot] ?? 0, people: tenths(present) } : null,
    });
    // A plan is reckoned between what the server has to do for people who wait.
    await setImmediate();
  }
  return { day, holiday, basis, trend, handleSeconds, patienceSeconds, promised, slots };
}

function planFor(
  demand: Demand,
  promised: Promised,
  patienceSeconds: number,
  guess: number | undefined,
): Pick<ForecastSlot, 'agents' | 'agentsWithAbandonment' | 'serviceLevel'> {
  if (demand.contacts <= 0) return { agents: 0, agentsWithAbandonment: 0, serviceLevel: null };
  const agents = agentsNeeded(demand, promised);
  return {
    agents,
    agentsWithAbandonment: agentsNeededWithAbandonment(demand, promised, patienceSeconds, agents, SEED, guess),
    serviceLevel: serviceLevelOf(agents, demand, promised.seconds),
  };
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

/** Of the queue, or of the default one. */
async function loadPromise(db: Db, queue: string | undefined, protectedToo: boolean): Promise<Promised> {
  const row = await db
    .selectFrom('queue')
    .select(['service_level_target', 'service_level_seconds', 'protected'])
    .$if(queue !== undefined, (query) => query.where('id', '=', queue ?? ''))
    .$if(queue === undefined, (query) => query.where('is_default', '=', true))
    .executeTakeFirst();
  if (!row || (row.protected && !protectedToo)) throw new AppError('not_found');
  // A target of everybody needs people without end.
  return { share: Math.min(Number(row.service_level_target), 0.99), seconds: row.service_level_seconds };
}
