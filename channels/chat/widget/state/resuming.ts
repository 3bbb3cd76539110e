import type { ChatCore } from './chat-core.ts';
import { emptyLog, hasEarlier, hasGap, resumePoint, withPage } from './conversation-log.ts';

export interface Resuming {
  /** First words of a connection; after them the screen shows what is stored. */
  greet(): Promise<void>;
  /** Fetches what is missing behind the last complete message. */
  sync(): Promise<void>;
  loadEarlier(): Promise<void>;
}

const GREET_AGAIN_AFTER_MS = 3_000;

export function createResuming({ store, connection, memory }: ChatCore, greeted: () => void): Resuming {
  let syncing = false;

  async function greet(): Promise<void> {
    const { log, locale } = store.get();
    const answer = await connection.request('hello', {
      locale,
      token: memory.get('token') ?? undefined,
      after: log.from === null ? undefined : resumePoint(log),
    });
    if (answer.ok) {
      const { token, city, profile, consentVersion, ticket } = answer;
      memory.set('token', token);
      store.set({
        line: 'online',
        city,
        profile,
        consentVersion,
        ticket,
        typing: null,
        log: withPage(store.get().log, answer),
      });
      greeted();
      return sync();
    }
    if (answer.error.code === 'invalid_token' && memory.get('token')) {
      memory.set('token', null);
      // What was not sent yet goes to the new conversation; what was shown belongs to the old one.
      store.set({ log: { ...emptyLog, pending: store.get().log.pending }, ticket: null, notice: answer.error });
      return greet();
    }
    const seconds = answer.error.details?.seconds;
    setTimeout(greetIfConnected, seconds ? Number(seconds) * 1_000 : GREET_AGAIN_AFTER_MS);
  }

  function greetIfConnected(): void {
    if (connection.connected && store.get().line !== 'online') void greet();
  }

  async function sync(): Promise<void> {
    if (syncing || store.get().line !== 'online') return;
    syncing = true;
    // A page is limited, so a long absence takes several; a page that brings nothing new ends it.
    let [before, after] = [-1, resumePoint(store.get().log)];
    do {
      const answer = await connection.request('sync', { after });
      if (!answer.ok) break;
      store.set({ log: withPage(store.get().log, answer), ticket: answer.ticket });
      [before, after] = [after, resumePoint(store.get().log)];
    } while (after > before && hasGap(store.get().log));
    syncing = false;
  }

  async function loadEarlier(): Promise<void> {
    const { log, loadingEarlier, line } = store.get();
    if (loadingEarlier || line !== 'online' || !hasEarlier(log)) return;
    store.set({ loadingEarlier: true });
    const answer = await connection.request('history', { before: log.from ?? 1 });
    store.set({ loadingEarlier: false });
    if (answer.ok) store.set({ log: withPage(store.get().log, answer) });
    else store.set({ notice: answer.error });
  }

  return { greet, sync, loadEarlier };
}
