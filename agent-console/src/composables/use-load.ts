import { type Ref, ref } from 'vue';
import type { ApiFailure } from '../api/failure.ts';

export type Loaded<Value> =
  | { status: 'loading' }
  | { status: 'failed'; failure: ApiFailure }
  | { status: 'ready'; value: Value };

/** Something a page loads for itself. Loading again keeps what is on screen until the newer is here. */
export function useLoad<Value>(fetchValue: () => Promise<Value>) {
  const state = ref({ status: 'loading' }) as Ref<Loaded<Value>>;

  async function load() {
    if (state.value.status === 'failed') state.value = { status: 'loading' };
    try {
      state.value = { status: 'ready', value: await fetchValue() };
    } catch (failure) {
      if (state.value.status !== 'ready') state.value = { status: 'failed', failure: failure as ApiFailure };
    }
  }
  void load();
  return { state, load };
}
