import { sql } from 'kysely';
import { isPublicHoliday } from '../../city/public-holidays.ts';
import type { City } from '../../contract/city.ts';
import type { ForecastQuery } from '../../contract/forecast.ts';
import type { Db } from '../../database/database.ts';
import type { Instants } from '../report-period.ts';
import { arrivalCuts } from '../sums/cuts.ts';
import { spansOf } from '../sums/spans.ts';
import { type ArrivalMeasure, arrivalMeasures, arrivalsIn } from '../sums/sum-arrivals.ts';
import { type DayOfHistory, SLOTS } from './forecast-volume.ts';

export interface Asked extends Instants, Pick<ForecastQuery, 'queue' | 'channel'> {
  now: Date;
  /** The reader has the grant for what is protected. */
  protectedToo: boolean;
}

/** What came into queues on a day: how much in which of its half hours, and how that went. */
export interface DayOfArrivals extends Record<Exclude<ArrivalMeasure, 'contacts'>, number> {
  /** `yyyy-mm-dd` */
  day: string;
  slots: number[];
}

/** Of days that are over from their sums, as far as these hold; of the rest from the contacts. */
export async function loadArrivals(db: Db, { timeZone }: City, asked: Asked): Promise<DayOfArrivals[]> {
  const { queue, channel, protectedToo, now } = asked;
  const { days, live } = await spansOf(db, 'arrivals', asked, now, timeZone, true);
  const question = arrivalCuts.questionOf('none', { queue, channel });
  if (!question) throw new Error('Arrivals are summed by queue and channel');
  const names = Object.keys(arrivalMeasures) as ArrivalMeasure[];
  const { contacts, ...others } = arrivalMeasures;
  // A row a day: thousands of half hours would take longer to read than to find.
  const { rows } = await sql<Omit<DayOfArrivals, 'slots'> & { slots: number[]; counts: number[] }>`
    select to_char(day, 'YYYY-MM-DD') as day, array_agg(slot::int) as slots, array_agg(contacts::int) as counts,
      ${sql.join(Object.keys(others).map((name) => sql`sum(${sql.ref(name)})::bigint as ${sql.ref(name)}`))}
    from (
      select s.starts_on as day, s.slot, ${sql.join(names.map((name) => sql`s.${sql.ref(name)}`))}
      from arrival_sum s
      where s.cut = ${question.cut} and s.starts_on = any(${days}::date[]) and (${protectedToo} or not s.protected)
        and ${question.where}
      union all
      select f.day, f.slot, ${sql.join([contacts, ...Object.values(others)])}
      from ${arrivalsIn(live, timeZone)} f
      where (${protectedToo} or not f.protected) and (${queue ?? null}::text is null or f.queue_id = ${queue ?? ''})
        and (${channel ?? null}::text is null or f.channel = ${channel ?? ''})
      group by f.day, f.slot
    ) parts
    group by day`.execute(db);
  return rows.map(({ slots, counts, ...day }) => {
    const came = new Array<number>(SLOTS).fill(0);
    for (const [index, slot] of slots.entries()) came[slot] = (came[slot] ?? 0) + (counts[index] ?? 0);
    return { ...day, slots: came };
  });
}

/**
 * From the first day with anything on: days before a city began say nothing, days without a contact say that there was
 * none.
 */
export function historyOf(arrivals: readonly DayOfArrivals[], to: Date, city: City): DayOfHistory[] {
  const known = new Map(arrivals.map(({ day, slots }) => [day, slots]));
  const [first] = [...known.keys()].sort();
  if (first === undefined) return [];
  const history: DayOfHistory[] = [];
  for (let at = Date.parse(`${first}T12:00:00Z`); at < to.getTime(); at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10);
    const slots = known.get(date) ?? new Array<number>(SLOTS).fill(0);
    history.push({ date, slots, holiday: isPublicHoliday(date, city) });
  }
  return history;
}

/** Nothing was measured yet: a contact takes five minutes, and people wait for three. */
const USUAL = { handleSeconds: 300, patienceSeconds: 180 };

/** How long contacts take, and how long people wait before they give up. */
export function paceOf(arrivals: readonly DayOfArrivals[]): { handleSeconds: number; patienceSeconds: number } {
  const total = (measure: Exclude<ArrivalMeasure, 'contacts'>) => arrivals.reduce((sum, day) => sum + day[measure], 0);
  const [handled, gaveUp] = [total('handled'), total('gave_up')];
  return {
    handleSeconds: handled > 0 ? Math.max(1, Math.round(total('handling_seconds') / handled)) : USUAL.handleSeconds,
    // Those who were answered would have waited longer: all the waiting there was, by how often it ended so.
    patienceSeconds: gaveUp > 0 ? Math.max(1, Math.round(total('waited_seconds') / gaveUp)) : USUAL.patienceSeconds,
  };
}
