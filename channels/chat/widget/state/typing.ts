import type { ChatCore } from './chat-core.ts';

export interface Typing {
  /** A key was pressed here. */
  here(hasText: boolean): void;
  /** The other side types, or stopped. */
  there(data: { typing: boolean; name: string | null }): void;
}

const REPEAT_MS = 3_000;
const STOPPED_AFTER_MS = 5_000;
/** The word that they stopped may get lost. */
const FORGET_AFTER_MS = 8_000;

export function createTyping({ store, connection }: ChatCore): Typing {
  let lastTold = 0;
  let stop: ReturnType<typeof setTimeout>;
  let forget: ReturnType<typeof setTimeout>;

  function tellStopped(): void {
    clearTimeout(stop);
    if (lastTold === 0) return;
    lastTold = 0;
    connection.typing(false);
  }

  return {
    here(hasText) {
      if (!hasText) return tellStopped();
      clearTimeout(stop);
      stop = setTimeout(tellStopped, STOPPED_AFTER_MS);
      if (Date.now() - lastTold < REPEAT_MS) return;
      lastTold = Date.now();
      connection.typing(true);
    },
    there({ typing, name }) {
      clearTimeout(forget);
      store.set({ typing: typing ? { name } : null });
      if (typing) forget = setTimeout(() => store.set({ typing: null }), FORGET_AFTER_MS);
    },
  };
}
