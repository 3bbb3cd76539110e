import { useThrottleFn } from '@vueuse/core';
import { onScopeDispose, type Ref, ref, watch } from 'vue';
import type { CaseMap } from '../../../server/contract/case.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { useCases } from '../stores/cases.ts';
import { useConnection } from '../stores/connection.ts';
import { type CaseFilters, caseRequest } from './case-filters.ts';

export type CaseMapState =
  | { status: 'loading' }
  | { status: 'failed'; failure: ApiFailure }
  | { status: 'ready'; map: CaseMap };

/** Where the cases are that filters let through; followed live, a few seconds behind. */
export function useCaseMap(filters: Readonly<Ref<CaseFilters>>) {
  const state = ref<CaseMapState>({ status: 'loading' });
  let asked = 0;

  async function load(quiet = false) {
    asked += 1;
    const turn = asked;
    if (!quiet && state.value.status !== 'ready') state.value = { status: 'loading' };
    try {
      const map = await call('caseMap', { query: caseRequest(filters.value) });
      if (turn === asked) state.value = { status: 'ready', map };
    } catch (failure) {
      if (turn === asked && state.value.status !== 'ready') {
        state.value = { status: 'failed', failure: failure as ApiFailure };
      }
    }
  }
  const again = useThrottleFn(() => load(true), 4_000, true);
  const stop = [useCases().onNews(() => void again()), useConnection().onReconnect(() => load(true))];
  onScopeDispose(() => {
    for (const each of stop) each();
  });
  watch(filters, () => load(), { immediate: true });
  return { state, load };
}
