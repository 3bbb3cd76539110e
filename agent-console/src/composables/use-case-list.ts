import { onScopeDispose, type Ref, reactive, ref, watch } from 'vue';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { serverNow } from '../api/server-clock.ts';
import { useCases } from '../stores/cases.ts';
import { useConnection } from '../stores/connection.ts';
import { type CaseFilters, caseRequest, matchesCase } from './case-filters.ts';
import { useFormats } from './use-formats.ts';

export type CaseListState =
  | { status: 'loading' }
  | { status: 'failed'; failure: ApiFailure }
  | { status: 'ready'; ids: string[]; total: number; nextCursor: string | null; more: 'idle' | 'loading' | 'failed' };

/**
 * The cases that filters let through. Rows on screen change where they stand; what came since is only counted, because
 * nothing may move under the reader's hand.
 */
export function useCaseList(filters: Readonly<Ref<CaseFilters>>) {
  const cases = useCases();
  const { dateOf } = useFormats();
  const list = ref<CaseListState>({ status: 'loading' });
  /** Ids of cases that belong here and are not shown yet. */
  const fresh = reactive(new Set<string>());
  let asked = 0;

  /** `quiet`: what is on screen stays until the newer is here. */
  async function load(quiet = false) {
    asked += 1;
    const turn = asked;
    if (!quiet || list.value.status !== 'ready') list.value = { status: 'loading' };
    try {
      const page = await call('listCases', { query: caseRequest(filters.value) });
      if (turn !== asked) return;
      for (const each of page.cases) cases.receive(each);
      fresh.clear();
      const { total, nextCursor } = page;
      list.value = { status: 'ready', ids: page.cases.map(({ id }) => id), total, nextCursor, more: 'idle' };
    } catch (failure) {
      if (turn === asked && list.value.status !== 'ready') {
        list.value = { status: 'failed', failure: failure as ApiFailure };
      }
    }
  }

  async function loadMore() {
    const { value } = list;
    if (value.status !== 'ready' || value.nextCursor === null || value.more === 'loading') return;
    value.more = 'loading';
    const turn = asked;
    try {
      const page = await call('listCases', { query: { ...caseRequest(filters.value), cursor: value.nextCursor } });
      if (turn !== asked) return;
      for (const each of page.cases) cases.receive(each);
      value.ids = [...new Set([...value.ids, ...page.cases.map(({ id }) => id)])];
      value.nextCursor = page.nextCursor;
      value.more = 'idle';
    } catch {
      value.more = 'failed';
    }
  }

  const stop = [
    cases.onNews((news) => {
      const { value } = list;
      if (value.status !== 'ready' || value.ids.includes(news.id)) return;
      if (matchesCase(filters.value, news, dateOf(serverNow()))) fresh.add(news.id);
      else fresh.delete(news.id);
    }),
    useConnection().onReconnect(() => load(true)),
  ];
  onScopeDispose(() => {
    for (const each of stop) each();
  });
  watch(filters, () => load(), { immediate: true });

  return { list, fresh, load, loadMore };
}
