import { computed, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { type CaseFilters, type CaseLayout, caseFiltersOf, caseLayoutOf, caseQuery } from './case-filters.ts';

/** What of the cases is on screen, kept in the page's address. */
export function useCasePage() {
  const route = useRoute();
  const router = useRouter();

  const filters = shallowRef(caseFiltersOf(route.query));
  // Opening a case changes the address too, and must not load the list again.
  watch(
    () => JSON.stringify(caseFiltersOf(route.query)),
    () => {
      if (isHere()) filters.value = caseFiltersOf(route.query);
    },
  );
  const layout = computed(() => caseLayoutOf(route.query));
  const caseId = computed(() => (typeof route.params.caseId === 'string' ? route.params.caseId : null));
  const isHere = () => route.name === 'cases' || route.name === 'case';

  function change(next: Partial<CaseFilters>) {
    const query = caseQuery({ ...filters.value, ...next }, layout.value);
    void router.replace({ name: route.name ?? 'cases', params: route.params, query });
  }
  function show(next: CaseLayout) {
    void router.replace({ name: route.name ?? 'cases', params: route.params, query: caseQuery(filters.value, next) });
  }
  function open(id: string) {
    void router.push({ name: 'case', params: { caseId: id }, query: route.query });
  }
  function close() {
    void router.push({ name: 'cases', query: route.query });
  }
  return { filters, layout, caseId, change, show, open, close };
}
