import { onUnmounted } from 'vue';
import type { BoardState } from '../../../server/contract/board.ts';
import type { Presence } from '../../../server/contract/http.ts';
import { call } from '../api/client.ts';
import { consoleSocket } from '../api/socket.ts';
import { useConnection } from '../stores/connection.ts';
import { useLoad } from './use-load.ts';

/** The supervisor's board: the first look by asking, from there on as it comes. */
export function useLiveBoard() {
  const { state, load } = useLoad(() => call('board'));
  const socket = consoleSocket();

  function onBoard(next: BoardState) {
    if (state.value.status !== 'ready') return;
    state.value.value = { ...next, operators: state.value.value.operators };
  }
  function onPresence(presence: Presence) {
    if (state.value.status !== 'ready') return;
    const entry = state.value.value.operators.find((each) => each.operator.id === presence.operatorId);
    if (entry) entry.presence = presence;
  }
  function onChanged({ what }: { what: string }) {
    // Who serves which queue comes with the first look only.
    if (what === 'operators' || what === 'queues') void load();
  }
  const watch = () => socket.emit('board.watch', (answer) => answer.ok && onBoard(answer.state));
  socket.on('board', onBoard);
  socket.on('presence', onPresence);
  socket.on('changed', onChanged);
  watch();
  const stop = useConnection().onReconnect(() => {
    void load();
    watch();
  });
  onUnmounted(() => {
    socket.emit('board.unwatch');
    socket.off('board', onBoard);
    socket.off('presence', onPresence);
    socket.off('changed', onChanged);
    stop();
  });
  return { state, load };
}
