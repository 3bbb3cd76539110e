import { computed, onUnmounted } from 'vue';
import { call } from '../api/client.ts';
import { useBroadcasts } from '../stores/broadcasts.ts';
import { useConnection } from '../stores/connection.ts';
import { useLoad } from './use-load.ts';

/** Notices, newest first, those that come while somebody looks included. */
export function useBroadcastList() {
  const store = useBroadcasts();
  const { state, load } = useLoad(async () => {
    for (const each of await call('listBroadcasts', {})) store.receive(each);
  });
  const list = computed(() => [...store.broadcasts.values()].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)));
  onUnmounted(useConnection().onReconnect(load));
  return { state, load, list };
}
