import { useThrottleFn } from '@vueuse/core';
import { onUnmounted, type Ref, ref, watch } from 'vue';
import type { CitizenPage } from '../../../server/contract/citizen-page.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { consoleSocket } from '../api/socket.ts';
import { useConnection } from '../stores/connection.ts';

type Loaded =
  | { status: 'loading' }
  | { status: 'failed'; failure: ApiFailure }
  | { status: 'ready'; page: CitizenPage; more: 'idle' | 'loading' | 'failed' };

/** A merge tells several times at once. */
const REFRESH_MILLISECONDS = 400;

/** Everything about one person, followed live; their contacts a page at a time. */
export function useCitizenPage(citizenId: () => string) {
  const state = ref({ status: 'loading' }) as Ref<Loaded>;

  async function load() {
    const id = citizenId();
    try {
      const page = await call('citizenPage', { params: { id } });
      if (id === citizenId()) state.value = { status: 'ready', page, more: 'idle' };
    } catch (failure) {
      if (id !== citizenId() || state.value.status === 'ready') return;
      state.value = { status: 'failed', failure: failure as ApiFailure };
    }
  }

  async function loadMore() {
    const shown = state.value;
    if (shown.status !== 'ready' || shown.page.next === null || shown.more === 'loading') return;
    const { page } = shown;
    shown.more = 'loading';
    try {
      const query = { before: shown.page.next };
      const { contacts, next } = await call('listCitizenContacts', { params: { id: page.citizen.id }, query });
      page.contacts = [...page.contacts, ...contacts];
      page.next = next;
      shown.more = 'idle';
    } catch {
      shown.more = 'failed';
    }
  }

  watch(
    citizenId,
    () => {
      state.value = { status: 'loading' };
      void load();
    },
    { immediate: true },
  );
  const refresh = useThrottleFn(load, REFRESH_MILLISECONDS, true);
  const heard = (changed: { citizenId: string }) => {
    const shown = state.value;
    if (shown.status === 'ready' && changed.citizenId === shown.page.citizen.id) void refresh();
  };
  consoleSocket().on('citizen.changed', heard);
  onUnmounted(() => consoleSocket().off('citizen.changed', heard));
  const stop = useConnection().onReconnect(() => void load());
  if (typeof stop === 'function') onUnmounted(stop);

  return { state, load, loadMore };
}
