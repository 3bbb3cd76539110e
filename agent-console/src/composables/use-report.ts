import { computed, ref, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { type Figure, type FigureId, figureIds, figures } from '../../../server/contract/figures.ts';
import type { Report, ReportPeriod } from '../../../server/contract/report.ts';
import { type Comparison, comparedPeriod, comparisons, presetPeriod } from '../../../server/contract/report-periods.ts';
import { type ReportFilterName, type ReportGrouping, reportGroupings } from '../../../server/contract/report-terms.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { serverNow } from '../api/server-clock.ts';
import { reportFiltersOf, withoutReportFilters, withReportFilter } from './report-filters.ts';
import { useFormats } from './use-formats.ts';

const DATE = /^\d{4}-\d\d-\d\d$/;

/** The report that the address names: period, comparison, figure and parts. A link to it shows the same to anybody. */
export function useReport() {
  const route = useRoute();
  const router = useRouter();
  const { dateOf } = useFormats();
  const today = computed(() => dateOf(serverNow()));

  const asked = (name: string): string => String(route.query[name] ?? '');
  const period = computed<ReportPeriod>(() => {
    const [from, to] = [asked('from'), asked('to')];
    return DATE.test(from) && DATE.test(to) && from <= to ? { from, to } : presetPeriod('week', today.value);
  });
  const comparison = computed<Comparison>(() => comparisons.find((each) => each === asked('compare')) ?? 'before');
  const figure = computed<FigureId>(() => figureIds.find((id) => id === asked('figure')) ?? 'volume');
  const by = computed<ReportGrouping>(() => {
    const parts: readonly ReportGrouping[] = (figures[figure.value] as Figure).by;
    const wanted = reportGroupings.find((each) => each === asked('by'));
    if (wanted && wanted !== 'none' && parts.includes(wanted)) return wanted;
    const single = period.value.from === period.value.to;
    return parts.find((each) => each === (single ? 'hour' : 'day')) ?? parts.find((each) => each !== 'none') ?? 'none';
  });

  const filter = computed(() => reportFiltersOf(route.query));
  const narrow = (name: ReportFilterName, key: string | null) =>
    void router.replace({ query: withReportFilter(route.query, name, key) });
  const clearFilters = () => void router.replace({ query: withoutReportFilters(route.query) });

  const change = (query: Record<string, string>) => void router.replace({ query: { ...route.query, ...query } });
  const query = computed(() => {
    const before = comparedPeriod(period.value, comparison.value);
    return { ...period.value, ...filter.value, ...(before ? { compareFrom: before.from, compareTo: before.to } : {}) };
  });

  const whole = shallowRef<Report | null>(null);
  const parted = shallowRef<Report | null>(null);
  const failure = ref<ApiFailure | null>(null);
  const busy = ref(false);
  let latest = 0;

  /** What is on screen stays until the newer is here; an answer that was overtaken is dropped. */
  async function load() {
    latest += 1;
    const mine = latest;
    busy.value = true;
    failure.value = null;
    try {
      const [all, parts] = await Promise.all([
        call('report', { query: { ...query.value, by: 'none' } }),
        call('report', { query: { ...query.value, by: by.value } }),
      ]);
      if (mine !== latest) return;
      whole.value = all;
      parted.value = parts;
    } catch (error) {
      if (mine === latest) failure.value = error as ApiFailure;
    } finally {
      if (mine === latest) busy.value = false;
    }
  }
  watch([query, by], load, { immediate: true });

  return {
    today,
    period,
    comparison,
    figure,
    by,
    filter,
    narrow,
    clearFilters,
    query,
    whole,
    parted,
    failure,
    busy,
    change,
    load,
  };
}
