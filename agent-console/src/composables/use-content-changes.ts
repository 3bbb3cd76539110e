import { onUnmounted } from 'vue';
import { consoleSocket } from '../api/socket.ts';
import { useConnection } from '../stores/connection.ts';

/** Runs `refresh` when somebody changes articles or what the bot was taught, and when the connection comes back. */
export function useContentChanges(refresh: () => unknown): void {
  const heard = ({ what }: { what: string }) => {
    if (what === 'content') void refresh();
  };
  consoleSocket().on('changed', heard);
  const stop = useConnection().onReconnect(refresh);
  onUnmounted(() => {
    consoleSocket().off('changed', heard);
    stop();
  });
}
