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

/** What came into queues in a half hour of a day. */
export type Arrivals = { day: string; slot: number } & Record<ArrivalMeasure, number>;

/** Of days that are over from their sums, as far as these hold; of the rest from the contacts. */
export async function loadArrivals(db: Db, { timeZone }: City, asked: Asked): Promise<Arrivals[]> {
  const { queue, channel, protectedToo, now } = asked;
  const { days, live } = await spansOf(db, 'arrivals', asked, now, timeZone, true);
  const question = arrivalCuts.questionOf('none', { queue, channel });
  if (!question) throw new Error('Arrivals are summed by queue and channel');
  const names = Object.keys(arrivalMeasures) as ArrivalMeasure[];
  const { rows: summed } = await sql<Arrivals>`
    select to_char(s.starts_on, 'YYYY-MM-DD') as day, s.slot,
      ${sql.join(names.map((name) => sql`sum(s.${sql.ref(name)})::bigint as ${sql.ref(name)}`))}
    from arrival_sum s
    where s.cut = ${question.cut} and s.starts_on = any(${days}::date[]) and (${protectedToo} or not s.protected)
      and ${question.where}
    group by 1, 2`.execute(db);
  if (live.length === 0) return summed;
  const { rows: fresh } = await sql<Arrivals>`
    select to_char(f.day, 'YYYY-MM-DD') as day, f.slot,
      ${sql.join(names.map((name) => sql`${arrivalMeasures[name]} as ${sql.ref(name)}`))}
    from ${arrivalsIn(live, timeZone)} f
    where (${protectedToo} or not f.protected) and (${queue ?? null}::text is null or f.queue_id = ${queue ?? ''})
      and (${channel ?? null}::text is null or f.channel = ${channel ?? ''})
    group by f.day, f.slot`.execute(db);
  return [...summed, ...fresh];
}

/**
 * By day and half hour, from the first day with anything on: days before a city began say nothing, days without a
 * contact say that there was none.
 */
export function historyOf(arrivals: readonly Arrivals[], to: Date, city: City): DayOfHistory[] {
  const first = arrivals.reduce<string | null>((least, { day }) => (least === null || day < least ? day : least), null);
  if (first === null) return [];
  const days = new Map<string, number[]>();
  for (let at = Date.parse(`${first}T12:00:00Z`); at < to.getTime(); at += 86_400_000) {
    days.set(new Date(at).toISOString().slice(0, 10), new Array<number>(SLOTS).fill(0));
  }
  for (const { day, slot, contacts } of arrivals) {
    const slots = days.get(day);
    if (slots) slots[slot] = contacts;
  }
  return [...days].map(([date, slots]) => ({ date, slots, holiday: isPublicHoliday(date, city) }));
}

/** Nothing was measured yet: a contact takes five minutes, and people wait for three. */
const USUAL = { handleSeconds: 300, patienceSeconds: 180 };

/** How long contacts take, and how long people wait before they give up. */
export function paceOf(arrivals: readonly Arrivals[]): { handleSeconds: number; patienceSeconds: number } {
  const total = (measure: ArrivalMeasure) => arrivals.reduce((sum, slot) => sum + slot[measure], 0);
  const [handled, gaveUp] = [total('handled'), total('gave_up')];
  return {
    handleSeconds: handled > 0 ? Math.max(1, Math.round(total('handling_seconds') / handled)) : USUAL.handleSeconds,
    // Those who were answered would have waited longer: all the waiting there was, by how often it ended so.
    patienceSeconds: gaveUp > 0 ? Math.max(1, Math.round(total('waited_seconds') / gaveUp)) : USUAL.patienceSeconds,
  };
}
