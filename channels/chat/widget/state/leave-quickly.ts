import type { ChatCore } from './chat-core.ts';

const PRESSES = 3;
const WITHIN_MS = 5_000;

/**
 * Turns the page into one that looks like nothing in particular, without a way back to this one. Nothing of the
 * conversation stays on this device; the screen is empty at once, however long the other page takes.
 */
export function leaveQuickly({ store, connection, memory }: Pick<ChatCore, 'store' | 'connection' | 'memory'>): void {
  const to = store.get().city?.chat.quickExit ?? 'about:blank';
  memory.forget();
  connection.close();
  document.title = '\u200b';
  document.body.replaceChildren();
  location.replace(to);
}

/** Calls back when Shift alone is pressed three times within five seconds, until the signal ends it. */
export function onShiftThrice(leave: () => void, signal: AbortSignal): void {
  let presses: number[] = [];
  const pressed = ({ key, repeat, timeStamp }: KeyboardEvent) => {
    if (repeat) return;
    // Capital letters are typed with Shift, too.
    if (key !== 'Shift') presses = [];
    else presses = [...presses.filter((at) => timeStamp - at < WITHIN_MS), timeStamp];
    if (presses.length === PRESSES) leave();
  };
  window.addEventListener('keydown', pressed, { capture: true, signal });
}
