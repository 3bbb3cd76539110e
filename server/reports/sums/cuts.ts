import { type RawBuilder, sql } from 'kysely';
import type { ReportFilter } from '../../contract/report.ts';
import type { ReportGrouping } from '../../contract/report-terms.ts';

/** A report as a question to the sums. */
export interface Question {
  cut: string;
  /** Into what its rows are parted, of a sum `s`. */
  key: RawBuilder<string>;
  /** Which of them are asked for. */
  where: RawBuilder<boolean>;
}

/** What days and months are summed by: nothing, each dimension, and some beside another. */
export interface Cuts<Dimension extends string> {
  /** Into which part of each cut a row falls: rows of `values`. */
  parts(partOf: (dimension: Dimension) => RawBuilder<string>): RawBuilder<unknown>;
  /** Null where nothing is summed so: the source itself is read. */
  questionOf(by: ReportGrouping, filter: ReportFilter): Question | null;
}

function cutsOf<Dimension extends string>(
  dimensions: readonly Dimension[],
  pairs: readonly (readonly [Dimension, Dimension])[],
): Cuts<Dimension> {
  const cuts = ([[], ...dimensions.map((each) => [each]), ...pairs] as readonly (readonly Dimension[])[]).map(
    (parts) => ({ name: parts.join('+') || 'all', parts }),
  );
  return {
    parts(partOf) {
      const part = (dimension: Dimension | undefined) => (dimension ? partOf(dimension) : sql`''`);
      return sql.join(cuts.map(({ name, parts: [a, b] }) => sql`(${name}, ${part(a)}, ${part(b)})`));
    },
    questionOf(by, filter) {
      const filters: Partial<Record<string, string>> = filter;
      const asked = dimensions.filter((each) => filters[each] !== undefined);
      const group = dimensions.find((each) => each === by);
      const wanted = new Set([...asked, ...(group ? [group] : [])]);
      const cut = cuts.find(({ parts }) => parts.length === wanted.size && parts.every((part) => wanted.has(part)));
      if (!cut) return null;
      const columnOf = (dimension: Dimension) => (cut.parts[0] === dimension ? sql<string>`s.a` : sql<string>`s.b`);
      const conditions = asked.map((each) => sql`${columnOf(each)} = ${filters[each]}`);
      return {
        cut: cut.name,
        key: by === 'day' ? sql`to_char(s.starts_on, 'YYYY-MM-DD')` : group ? columnOf(group) : sql`''`,
        where: conditions.length > 0 ? sql.join(conditions, sql` and `) : sql`true`,
      };
    },
  };
}

/** More pairs would be as many rows as there are contacts. */
export const contactCuts = cutsOf(
  ['hour', 'queue', 'channel', 'operator', 'topic', 'colonia'],
  [
    ['queue', 'channel'],
    ['queue', 'hour'],
    ['queue', 'operator'],
    ['queue', 'topic'],
    ['queue', 'colonia'],
    ['channel', 'hour'],
    ['channel', 'operator'],
    ['channel', 'topic'],
    ['channel', 'colonia'],
  ],
);

export const caseCuts = cutsOf(
  ['department', 'channel', 'colonia'],
  [
    ['channel', 'department'],
    ['channel', 'colonia'],
    ['colonia', 'department'],
  ],
);

export const arrivalCuts = cutsOf(['queue', 'channel'], [['queue', 'channel']]);
