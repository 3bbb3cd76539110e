import type { Tx } from '../../database/database.ts';
import { sumArrivals } from './sum-arrivals.ts';
import { caseMonth, sumCases } from './sum-cases.ts';
import { contactMonth, sumContacts } from './sum-contacts.ts';
import type { SumPart } from './sum-part.ts';
import { peopleMonth, sumPeople } from './sum-people.ts';

export interface SummedByMonth {
  table: string;
  keys: readonly string[];
  measures: readonly string[];
}

interface Summed {
  /** Sums one day of it anew. @param day `yyyy-mm-dd` */
  day(tx: Tx, day: string, timeZone: string): Promise<void>;
  /** Null: nobody asks for months of it. */
  month: SummedByMonth | null;
  /** A query for every quarter of an hour in which there is something to sum. */
  moments: string;
}

export const summedParts: Record<SumPart, Summed> = {
  contacts: {
    day: sumContacts,
    month: contactMonth,
    moments: `select quarter_of(began_at) from contact_fact`,
  },
  people: {
    day: sumPeople,
    month: peopleMonth,
    moments: `select quarter_of(at) from presence_event`,
  },
  cases: {
    day: sumCases,
    month: caseMonth,
    moments: `select quarter_of(at) from (
      select unnest(array[opened_at, closed_at, noon_of(promised_for)]) as at from service_case
      union all select at from case_event where type in ('status_changed', 'reopened_by_citizen')
    ) m where at is not null`,
  },
  arrivals: {
    day: sumArrivals,
    month: null,
    moments: `select quarter_of(queued_at) from contact_fact where queued_at is not null`,
  },
};
