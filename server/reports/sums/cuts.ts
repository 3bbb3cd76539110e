import { type RawBuilder, sql } from 'kysely';
import type { ReportFilter } from '../../contract/report.ts';
import type { ReportGrouping } from '../../contract/report-terms.ts';
import { groupOf } from '../counted-contacts.ts';

const dimensions = ['hour', 'queue', 'channel', 'operator', 'topic', 'colonia'] as const;
type Dimension = (typeof dimensions)[number];

/**
 * What days and months are summed by: each dimension, and each beside the queue or the channel. More pairs would be as
 * many rows as there are contacts.
 */
const pairs = [
  ['queue', 'channel'],
  ['queue', 'hour'],
  ['queue', 'operator'],
  ['queue', 'topic'],
  ['queue', 'colonia'],
  ['channel', 'hour'],
  ['channel', 'operator'],
  ['channel', 'topic'],
  ['channel', 'colonia'],
] as const satisfies readonly (readonly [Dimension, Dimension])[];

interface Cut {
  name: string;
  a: Dimension;
  b: Dimension | null;
}

export const cuts: readonly Cut[] = [
  ...dimensions.map((a): Cut => ({ name: a, a, b: null })),
  ...pairs.map(([a, b]): Cut => ({ name: `${a}+${b}`, a, b })),
];

/** Into which part of each cut a fact `f` falls: rows of `values`. */
export function cutValues(timeZone: string): RawBuilder<unknown> {
  const partOf = (dimension: Dimension | null) => (dimension ? groupOf(dimension, timeZone) : sql`''`);
  return sql.join(cuts.map(({ name, a, b }) => sql`(${name}, ${partOf(a)}, ${partOf(b)})`));
}

/** A report as a question to the sums. */
export interface Question {
  cut: string;
  /** Into what its rows are parted, of a sum `s`. */
  key: RawBuilder<string>;
  /** Which of them are asked for. */
  where: RawBuilder<boolean>;
}

/** Null where nothing is summed so: the contacts themselves are read. */
export function questionOf(by: ReportGrouping, filter: ReportFilter): Question | null {
  const asked = dimensions.filter((each) => each !== 'hour' && filter[each] !== undefined) as (keyof ReportFilter)[];
  const group = dimensions.find((each) => each === by) ?? null;
  const wanted = new Set<Dimension>([...asked, ...(group ? [group] : [])]);
  // Without a dimension any cut adds up to all: the one with the fewest rows.
  if (wanted.size === 0) wanted.add('channel');
  const cut = cuts.find(({ a, b }) => wanted.size === (b ? 2 : 1) && wanted.has(a) && (b === null || wanted.has(b)));
  if (!cut) return null;
  const columnOf = (dimension: Dimension) => (cut.a === dimension ? sql<string>`s.a` : sql<string>`s.b`);
  const conditions = asked.map((each) => sql`${columnOf(each)} = ${filter[each] ?? ''}`);
  return {
    cut: cut.name,
    key: by === 'day' ? sql`to_char(s.starts_on, 'YYYY-MM-DD')` : group ? columnOf(group) : sql`''`,
    where: conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`,
  };
}
