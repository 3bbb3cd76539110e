import { useThrottleFn } from '@vueuse/core';
import { computed, onUnmounted, type Ref, ref, watch } from 'vue';
import type { CallPage, CallRow, CallView } from '../../../server/contract/call.ts';
import { call as ask } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { consoleSocket } from '../api/socket.ts';
import { useConnection } from '../stores/connection.ts';

export const callViews = ['live', 'callbacks', 'abandoned', 'voicemail', 'all'] as const;
export type CallListView = (typeof callViews)[number];

export type CallList =
  | { status: 'loading' }
  | { status: 'failed'; failure: ApiFailure }
  | { status: 'ready'; rows: CallRow[]; nextCursor: string | null; more: 'idle' | 'loading' | 'failed' };

/** Calls come and go faster than a list needs to be asked for again. */
const REFRESH_MILLISECONDS = 1_500;

/** A call in the list got further: what is news is taken in at once, a row that has no call here is left alone. */
export function withNews(rows: readonly CallRow[], news: CallView): CallRow[] {
  return rows.map((row) => (row.id === news.id && news.version > row.version ? { ...row, ...news } : row));
}

/** A list of calls, live. */
export function useCallList(view: Readonly<Ref<CallListView>>) {
  const list = ref<CallList>({ status: 'loading' }) as Ref<CallList>;
  const counts = ref<CallPage['counts']>({ live: 0, callbacks: 0, voicemail: 0 });

  async function load() {
    const asked = view.value;
    try {
      const page = await ask('listCalls', { query: { view: asked } });
      if (asked !== view.value) return;
      counts.value = page.counts;
      list.value = { status: 'ready', rows: page.calls, nextCursor: page.nextCursor, more: 'idle' };
    } catch (failure) {
      if (asked !== view.value || list.value.status === 'ready') return;
      list.value = { status: 'failed', failure: failure as ApiFailure };
    }
  }

  async function loadMore() {
    const shown = list.value;
    if (shown.status !== 'ready' || shown.nextCursor === null || shown.more === 'loading') return;
    shown.more = 'loading';
    try {
      const page = await ask('listCalls', { query: { view: view.value, cursor: shown.nextCursor } });
      const known = new Set(shown.rows.map(({ id }) => id));
      const rows = [...shown.rows, ...page.calls.filter(({ id }) => !known.has(id))];
      if (list.value === shown) list.value = { status: 'ready', rows, nextCursor: page.nextCursor, more: 'idle' };
    } catch {
      shown.more = 'failed';
    }
  }

  function retry() {
    list.value = { status: 'loading' };
    return load();
  }
  watch(view, retry, { immediate: true });

  const refresh = useThrottleFn(load, REFRESH_MILLISECONDS, true);
  function onCall(news: CallView) {
    if (list.value.status === 'ready') list.value.rows = withNews(list.value.rows, news);
    void refresh();
  }
  const socket = consoleSocket();
  socket.on('call', onCall);
  const stop = useConnection().onReconnect(load);
  onUnmounted(() => {
    socket.off('call', onCall);
    stop();
  });

  const rows = computed(() => (list.value.status === 'ready' ? list.value.rows : []));
  return { list, rows, counts, retry, loadMore };
}
