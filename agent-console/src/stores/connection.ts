import { defineStore } from 'pinia';
import { ref } from 'vue';
import { call } from '../api/client.ts';
import { consoleSocket } from '../api/socket.ts';
import { useSession } from './session.ts';

export type ConnectionStatus = 'connecting' | 'online' | 'lost';

const HEARTBEAT_PATIENCE_MILLISECONDS = 8_000;

/** The socket's life: its heartbeat, its loss, and what has to be fetched again when it is back. */
export const useConnection = defineStore('connection', () => {
  const session = useSession();
  const socket = consoleSocket();
  const status = ref<ConnectionStatus>('connecting');
  const afterReconnect = new Set<() => unknown>();
  let wasOnline = false;
  let ticker: Worker | null = null;

  function beat() {
    if (!socket.connected) return;
    socket.timeout(HEARTBEAT_PATIENCE_MILLISECONDS).emit('heartbeat', (error, ack) => {
      if (error) hangUp();
      else if (ack.ok) session.presence = ack.presence;
    });
  }

  /** A connection that no longer answers is as good as none: the next one is tried at once. */
  function hangUp() {
    if (socket.connected) socket.io.engine.close();
  }

  /** Somebody ended the session, or the server restarted: asking who we are tells which. */
  async function askAgain() {
    const answer = await call('session').catch(() => null);
    if (answer) session.operator = answer.operator;
    socket.connect();
  }

  socket.on('connect', () => {
    status.value = 'online';
    beat();
    if (wasOnline) for (const refresh of afterReconnect) refresh();
    wasOnline = true;
  });
  socket.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return;
    status.value = 'lost';
    if (reason === 'io server disconnect') void askAgain();
  });
  socket.on('connect_error', () => {
    status.value = 'lost';
    if (!socket.active) setTimeout(askAgain, 3_000);
  });
  socket.on('presence', (presence) => {
    if (presence.operatorId === session.operator?.id) session.presence = presence;
  });

  function open() {
    if (socket.active) return;
    socket.connect();
    ticker ??= new Worker(new URL('../api/ticker.worker.ts', import.meta.url), { type: 'module' });
    ticker.onmessage = beat;
  }

  /** Runs `refresh` each time the connection comes back; gives the way to stop. */
  function onReconnect(refresh: () => unknown): () => void {
    afterReconnect.add(refresh);
    return () => afterReconnect.delete(refresh);
  }

  return { status, open, onReconnect };
});
