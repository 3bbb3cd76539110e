import { type Ref, ref, watch } from 'vue';
import type { Review, ReviewPage } from '../../../server/contract/quality.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { useQuality } from '../stores/quality.ts';

export type ReviewView = 'todo' | 'others' | 'appeals' | 'published' | 'received';
export type ReviewListState =
  | { status: 'loading' }
  | { status: 'failed'; failure: ApiFailure }
  | { status: 'ready'; reviews: Review[]; nextCursor: string | null };

/** One list of reviews, page by page; loaded again when something changes, as far as it is on screen. */
export function useReviewList(view: Readonly<Ref<ReviewView>>) {
  const quality = useQuality();
  const state = ref<ReviewListState>({ status: 'loading' });
  const busy = ref(false);
  const failure = ref<ApiFailure | null>(null);
  let asked = 0;

  const page = (cursor?: string): Promise<ReviewPage> =>
    call('listReviews', { query: { view: view.value, ...(cursor ? { cursor } : {}) } });

  async function load() {
    asked += 1;
    const mine = asked;
    if (state.value.status === 'failed') state.value = { status: 'loading' };
    try {
      const first = await page();
      if (mine === asked) state.value = { status: 'ready', ...first };
    } catch (error) {
      if (mine === asked && state.value.status !== 'ready') {
        state.value = { status: 'failed', failure: error as ApiFailure };
      }
    }
  }

  async function more() {
    if (state.value.status !== 'ready' || !state.value.nextCursor || busy.value) return;
    busy.value = true;
    failure.value = null;
    const mine = asked;
    try {
      const { reviews, nextCursor } = await page(state.value.nextCursor);
      if (mine === asked) state.value = { status: 'ready', reviews: [...state.value.reviews, ...reviews], nextCursor };
    } catch (error) {
      failure.value = error as ApiFailure;
    } finally {
      busy.value = false;
    }
  }

  watch(
    view,
    () => {
      state.value = { status: 'loading' };
      void load();
    },
    { immediate: true },
  );
  watch(() => quality.changes, load);
  return { state, busy, failure, load, more };
}
