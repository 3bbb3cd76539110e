import { onUnmounted } from 'vue';
import { consoleSocket } from '../api/socket.ts';

/** Silence this long ends "is typing"; a word is repeated no more often than this. */
const PAUSE_MILLISECONDS = 4_000;

/** Tells the others, and the citizen, that something is being written. */
export function useComposerTyping(ticketId: string) {
  const socket = consoleSocket();
  let active = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function stop() {
    clearTimeout(timer);
    if (active) socket.emit('typing', { ticketId, typing: false });
    active = false;
  }
  function touch() {
    clearTimeout(timer);
    timer = setTimeout(stop, PAUSE_MILLISECONDS);
    if (active) return;
    active = true;
    socket.emit('typing', { ticketId, typing: true });
  }
  onUnmounted(stop);
  return { touch, stop };
}
