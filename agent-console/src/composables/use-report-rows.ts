import { ref, shallowRef, watch } from 'vue';
import type { ContactRow, ReportCaseRow, ReportFilter, ReportPeriod } from '../../../server/contract/report.ts';
import type { Measure, ReportGrouping } from '../../../server/contract/report-terms.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';

export interface RowsAsked {
  period: ReportPeriod;
  filter: ReportFilter;
  measure: Measure;
  by: ReportGrouping;
  /** Null: of everything. */
  key: string | null;
}

/** What a number is made of, a page at a time. */
export function useReportRows(asked: () => RowsAsked) {
  const contacts = shallowRef<ContactRow[]>([]);
  const cases = shallowRef<ReportCaseRow[]>([]);
  const cursor = ref<string | null>(null);
  const status = ref<'loading' | 'ready' | 'failed'>('loading');
  const failure = ref<ApiFailure | null>(null);

  async function load(next: string | null) {
    const { period, filter, measure, by, key } = asked();
    status.value = 'loading';
    failure.value = null;
    try {
      const page = await call('reportRows', {
        query: {
          ...period,
          ...filter,
          measure,
          ...(key === null ? {} : { by, key }),
          ...(next === null ? {} : { cursor: next }),
        },
      });
      contacts.value = next === null ? page.contacts : [...contacts.value, ...page.contacts];
      cases.value = next === null ? page.cases : [...cases.value, ...page.cases];
      cursor.value = page.nextCursor;
      status.value = 'ready';
    } catch (error) {
      failure.value = error as ApiFailure;
      status.value = 'failed';
    }
  }
  watch(asked, () => load(null), { immediate: true });
  return { contacts, cases, cursor, status, failure, again: () => load(null), more: () => load(cursor.value) };
}
