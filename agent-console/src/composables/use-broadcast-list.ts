import { onUnmounted } from 'vue';
import { call } from '../api/client.ts';
import { useBroadcasts } from '../stores/broadcasts.ts';
import { useConnection } from '../stores/connection.ts';
import { useLoad } from './use-load.ts';

/** Brings the notices into their store, and again when the connection comes back. */
export function useBroadcastList() {
  const store = useBroadcasts();
  const { state, load } = useLoad(async () => {
    for (const each of await call('listBroadcasts', {})) store.receive(each);
  });
  onUnmounted(useConnection().onReconnect(load));
  return { state, load };
}
