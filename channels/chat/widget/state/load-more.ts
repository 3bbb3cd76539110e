import type { More } from '../more.ts';
import type { ChatCore } from './chat-core.ts';
import type { ChatState } from './chat-state.ts';

const AGAIN_AFTER_MS = 5_000;

/** Loads the rest of the widget as soon as the conversation comes to something that is drawn by it. */
export function loadMoreWhenNeeded({ origin, store }: Pick<ChatCore, 'origin' | 'store'>): () => void {
  let tries = 0;
  let loading = false;

  async function load(): Promise<void> {
    loading = true;
    try {
      // Browsers remember that a module failed: another address makes them ask again.
      const again = tries++ > 0 ? `?${tries}` : '';
      const { more }: { more: More } = await import(/* @vite-ignore */ `${origin}/widget/more.js${again}`);
      store.set({ more });
    } catch {
      setTimeout(() => {
        loading = false;
        check();
      }, AGAIN_AFTER_MS);
    }
  }

  function check(): void {
    const state = store.get();
    if (!loading && !state.more && needsMore(state)) void load();
  }

  return store.subscribe(check);
}

function needsMore({ log, ticket, sheet }: ChatState): boolean {
  if (ticket?.state === 'closed' || sheet === 'call' || sheet === 'link') return true;
  return [...log.messages, ...log.pending].some(({ parts }) =>
    parts.some(({ type }) => type === 'folio' || type === 'request' || type === 'location'),
  );
}
