import { sql } from 'kysely';
import { contactMeasures } from '../../contract/report-terms.ts';
import { counted } from '../contact-measures.ts';

/** Who waits too long changes by the minute: counted from the contacts that wait. Everything else adds up for good. */
export const summed = contactMeasures.filter((measure) => measure !== 'waitingLate');

/** `takenFromBot` → `taken_from_bot` */
export const columnOf = (measure: string): string => measure.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The counts of facts `f`, as columns by `nameOf`. */
export const countsOf = (nameOf: (measure: string) => string) =>
  sql.join(
    summed.map((measure) => {
      const { when, sum } = counted[measure];
      const value = sum ? sql`coalesce(sum(${sum}) filter (where ${when}), 0)` : sql`count(*) filter (where ${when})`;
      return sql`${value} as ${sql.ref(nameOf(measure))}`;
    }),
  );
