import type { LocationQuery } from 'vue-router';
import type { ReportFilter } from '../../../server/contract/report.ts';
import { type ReportFilterName, reportFilters } from '../../../server/contract/report-terms.ts';

/** What the address of a report narrows it to. An empty value counts: those that have none. */
export const reportFiltersOf = (query: LocationQuery): ReportFilter =>
  Object.fromEntries(
    reportFilters.flatMap((name) => {
      const value = query[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );

/** The address with one filter set, or taken away by null. */
export function withReportFilter(query: LocationQuery, name: ReportFilterName, key: string | null): LocationQuery {
  const { [name]: _, ...others } = query;
  return key === null ? others : { ...others, [name]: key };
}

export const withoutReportFilters = (query: LocationQuery): LocationQuery =>
  Object.fromEntries(Object.entries(query).filter(([name]) => !reportFilters.some((each) => each === name)));
