import { ref } from 'vue';
import type { ReportFilter, ReportGroup, ReportPeriod } from '../../../server/contract/report.ts';
import type { ReportFilterName } from '../../../server/contract/report-terms.ts';
import { call } from '../api/client.ts';

/** What a report of these days can be narrowed to, by one filter, with how many contacts each has beside the others. */
export function useFilterGroups(asked: () => { period: ReportPeriod; filter: ReportFilter }) {
  const groups = ref<ReportGroup[]>([]);
  const busy = ref(false);
  const failed = ref(false);

  /** What comes back after another was asked for is dropped. */
  let latest = 0;
  async function load(by: ReportFilterName) {
    latest += 1;
    const mine = latest;
    const { period, filter } = asked();
    const { [by]: _, ...others } = filter;
    busy.value = true;
    failed.value = false;
    try {
      const report = await call('report', { query: { ...period, ...others, by } });
      if (mine === latest) groups.value = report.groups.filter(({ measured }) => measured.contacts);
    } catch {
      if (mine === latest) failed.value = true;
    } finally {
      if (mine === latest) busy.value = false;
    }
  }
  return { groups, busy, failed, load };
}
