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
import { type Asked, loadHistory, loadPace } from './history.ts';
import { agentsNeededWithAbandonment } from './simulate-queue.ts';

const SLOT_SECONDS = 1_800;
/** Two months for the weekday, two more for the trend. */
const HISTORY_DAYS = 120;
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
    to: begins.toJSDate(),
    queue,
    channel,
    protectedToo: reader.protectedGrant,
  };
  const holiday = isPublicHoliday(day, city);
  const { slots: expected, trend, basis } = forecastVolume(day, holiday, await loadHistory(db, city, before));
  const { handleSeconds, patienceSeconds } = await loadPace(db, before);
  const theDay: Asked = { ...before, from: begins.toJSDate(), to: begins.plus({ days: 1 }).toJSDate() };
  const came = (await loadHistory(db, city, theDay)).find(({ date }) => date === day);
  const people = await countPresence(db, 'slot', { ...theDay, now, timeZone: city.timeZone, operator: undefined });

  const slots = expected.slice(0, SLOTS).map((contacts, slot): ForecastSlot => {
    const hour = Math.floor(slot / 2);
    const from = `${String(hour).padStart(2, '0')}:${slot % 2 === 0 ? '00' : '30'}`;
    const demand: Demand = { contacts, intervalSeconds: SLOT_SECONDS, handleSeconds: handleSeconds / atOnce };
    const agents = agentsNeeded(demand, promised);
    const starts = begins.set({ hour, minute: (slot % 2) * 30 });
    return {
      from,
      expected: Math.round(contacts * 10) / 10,
      agents,
      agentsWithAbandonment:
        contacts > 0 ? agentsNeededWithAbandonment(demand, promised, patienceSeconds, agents, SEED) : 0,
      serviceLevel: contacts > 0 ? serviceLevelOf(agents, demand, promised.seconds) : null,
      happened:
        starts.toJSDate() <= now
          ? {
              contacts: came?.slots[slot] ?? 0,
              people: Math.round(((people.get(from)?.staffedSeconds ?? 0) / SLOT_SECONDS) * 10) / 10,
            }
          : null,
    };
  });
  return { day, holiday, basis, trend, handleSeconds, patienceSeconds, promised, slots };
}

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
  return { share: Math.min(row.service_level_target, 0.99), seconds: row.service_level_seconds };
}
