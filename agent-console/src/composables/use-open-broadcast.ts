import { computed, type Ref, ref, watch } from 'vue';
import type { BroadcastDetail } from '../../../server/contract/broadcast.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { useBroadcasts } from '../stores/broadcasts.ts';
import type { Loaded } from './use-load.ts';

/** How often the report of a notice under way is read again, in milliseconds. */
const SETTLE_MILLISECONDS = 1_000;

/** A notice with its report; read again while it gets further. */
export function useOpenBroadcast(id: () => string) {
  const store = useBroadcasts();
  const state = ref({ status: 'loading' }) as Ref<Loaded<BroadcastDetail>>;
  let pending: ReturnType<typeof setTimeout> | null = null;

  async function load() {
    const asked = id();
    try {
      const detail = await call('openBroadcast', { params: { id: asked } });
      if (asked !== id()) return;
      store.receive(detail.broadcast);
      state.value = { status: 'ready', value: detail };
    } catch (failure) {
      if (asked === id() && state.value.status !== 'ready') {
        state.value = { status: 'failed', failure: failure as ApiFailure };
      }
    }
  }
  watch(
    id,
    () => {
      state.value = { status: 'loading' };
      void load();
    },
    { immediate: true },
  );
  const broadcast = computed(
    () => store.broadcasts.get(id()) ?? (state.value.status === 'ready' ? state.value.value.broadcast : null),
  );
  // A notice to hundreds tells of itself many times a second; its report is read once for all of them.
  watch(
    () => broadcast.value?.version,
    (version, before) => {
      if (before === undefined || version === before || pending) return;
      pending = setTimeout(() => {
        pending = null;
        void load();
      }, SETTLE_MILLISECONDS);
    },
  );
  return { state, broadcast, load };
}
