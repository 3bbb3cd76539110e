import { useIntervalFn } from '@vueuse/core';
import { onUnmounted } from 'vue';
import type { Presence, QueueFigures } from '../../../server/contract/http.ts';
import { call } from '../api/client.ts';
import { consoleSocket } from '../api/socket.ts';
import { useConnection } from '../stores/connection.ts';
import { useLoad } from './use-load.ts';

/** Today's totals come by asking; queues and presence arrive by themselves. */
const TOTALS_MILLISECONDS = 30_000;

/** The supervisor's figures, live. */
export function useBoard() {
  const { state, load } = useLoad(() => call('board'));
  const socket = consoleSocket();

  function onQueues(queues: QueueFigures[]) {
    if (state.value.status !== 'ready') return;
    const fresh = new Map(queues.map((queue) => [queue.queueId, queue]));
    state.value.value.queues = state.value.value.queues.map((queue) => fresh.get(queue.queueId) ?? queue);
  }
  function onPresence(presence: Presence) {
    if (state.value.status !== 'ready') return;
    const entry = state.value.value.operators.find((each) => each.operator.id === presence.operatorId);
    if (entry) entry.presence = presence;
  }
  socket.on('queues', onQueues);
  socket.on('presence', onPresence);
  const stop = useConnection().onReconnect(load);
  useIntervalFn(load, TOTALS_MILLISECONDS);
  onUnmounted(() => {
    socket.off('queues', onQueues);
    socket.off('presence', onPresence);
    stop();
  });
  return { state, load };
}
