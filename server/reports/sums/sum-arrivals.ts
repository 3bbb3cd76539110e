import { type RawBuilder, sql } from 'kysely';
import { addSeconds } from '../../clock.ts';
import type { Tx } from '../../database/database.ts';
import { groupOf } from '../counted-contacts.ts';
import { type Instants, instantsOf } from '../report-period.ts';
import { arrivalCuts } from './cuts.ts';

/** What is counted of contacts `f` that came into queues. */
export const arrivalMeasures = {
  contacts: sql`count(*)`,
  handled: sql`count(*) filter (where f.outcome = 'answered' and f.closed_at is not null)`,
  handling_seconds: sql`coalesce(sum(f.active_seconds + f.hold_seconds + f.wrap_seconds + f.wrap_beside_seconds)
    filter (where f.outcome = 'answered' and f.closed_at is not null), 0)`,
  gave_up: sql`count(*) filter (where f.outcome in ('abandoned', 'short_abandoned'))`,
  waited_seconds: sql`coalesce(sum(f.waited_seconds)
    filter (where f.outcome in ('answered', 'abandoned', 'short_abandoned')), 0)`,
};
export type ArrivalMeasure = keyof typeof arrivalMeasures;

/** The bot hands over within two days; where a contact began is what there is an index of. */
const BOT_SECONDS = 2 * 86_400;

/** Contacts that came into a queue within one of these spans, with the local `day` and the `slot` of it. */
export const arrivalsIn = (spans: readonly Instants[], timeZone: string): RawBuilder<unknown> => sql`(
  select c.*, l.at::date as day, (extract(hour from l.at) * 2 + floor(extract(minute from l.at) / 30))::smallint as slot
  from contact_fact c, lateral (select c.queued_at at time zone ${timeZone} as at) l
  where c.outcome <> 'outbound' and (${sql.join(
    [
      sql`false`,
      ...spans.map(
        ({ from, to }) => sql`(c.began_at >= ${addSeconds(from, -BOT_SECONDS)} and c.began_at < ${to}
          and c.queued_at >= ${from} and c.queued_at < ${to})`,
      ),
    ],
    sql` or `,
  )})
)`;

export async function sumArrivals(tx: Tx, day: string, timeZone: string): Promise<void> {
  const span = instantsOf({ from: day, to: day }, { timeZone });
  const parts = arrivalCuts.parts((dimension) => groupOf(dimension, timeZone) ?? sql`''`);
  await sql`delete from arrival_sum where starts_on = ${day}::date`.execute(tx);
  await sql`
    insert into arrival_sum (starts_on, slot, cut, a, b, protected,
      ${sql.join(Object.keys(arrivalMeasures).map((each) => sql.ref(each)))})
    select f.day, f.slot, v.cut, v.a, v.b, f.protected, ${sql.join(Object.values(arrivalMeasures))}
    from ${arrivalsIn([span], timeZone)} f cross join lateral (values ${parts}) v (cut, a, b)
    group by f.day, f.slot, v.cut, v.a, v.b, f.protected`.execute(tx);
}
