import { fileRoutes } from '../../../../server/contract/endpoints.ts';
import type { Locale } from '../../../../server/contract/error-catalogue.ts';
import { limits } from '../../../../server/contract/limits.ts';
import type { ChoiceOption, Part } from '../../../../server/contract/message.ts';
import { isOlderNews } from '../../../../server/contract/older-news.ts';
import type { Point } from '../../../../server/contract/place.ts';
import { chatConnection } from '../connection/chat-connection.ts';
import { loadCity } from '../connection/load-city.ts';
import { own } from '../locales/refusal.ts';
import type { ChatCore } from './chat-core.ts';
import { type ChatState, initialState } from './chat-state.ts';
import { type Contact, createContact } from './contact.ts';
import { emptyLog, hasGap, withCursors, withMessage } from './conversation-log.ts';
import { deviceMemory, visitMemory } from './device-memory.ts';
import { leaveQuickly, onShiftThrice } from './leave-quickly.ts';
import { loadMoreWhenNeeded } from './load-more.ts';
import { createReceipts } from './receipts.ts';
import { createResuming } from './resuming.ts';
import { createSending, type Sending } from './sending.ts';
import { createStore, type Store } from './store.ts';
import { takeLink } from './take-link.ts';
import { createTray, type Tray } from './tray.ts';
import { createTyping } from './typing.ts';

/** The chat of one resident on one device: its state, and everything that can be done. */
export interface Chat extends Contact {
  readonly state: ChatState;
  readonly subscribe: Store<ChatState>['subscribe'];
  /** Connects a returning resident at once; a new one when the chat is opened. */
  start(): Promise<void>;
  stop(): void;
  open(): void;
  close(): void;
  edit(draft: string): void;
  /** Sends the draft with what lies in the tray; false when there was nothing to send or something forbids it. */
  sendDraft(): boolean;
  choose(option: ChoiceOption): void;
  /** Says these parts at once, past the composer. */
  write(parts: Part[]): void;
  readonly origin: string;
  /** For parts that are loaded later and speak with the server by themselves. */
  readonly core: Pick<ChatCore, 'connection' | 'memory'>;
  /** Opens the screen of calls. */
  call(): void;
  readonly messages: Pick<Sending, 'retry' | 'discard'>;
  readonly tray: Pick<Tray, 'addFiles' | 'addLocation' | 'retry' | 'remove'>;
  /** See `createReceipts`. */
  seen(isSeen: boolean): void;
  loadEarlier(): Promise<void>;
  dismissNotice(): void;
  show(sheet: Exclude<ChatState['sheet'], 'map'>): void;
  /** @param picks whether a place is to be chosen, or only looked at */
  showMap(at: Point | null, picks: boolean): void;
  speak(locale: Locale): void;
  setSound(sound: boolean): void;
  /** Leaves nothing of the conversation on this device, and goes on as somebody else: new, or whose token it is. */
  forget(token?: string): void;
  /** See `leaveQuickly`. */
  leave(): void;
  fileUrl(attachmentId: string): string;
  transcriptUrl(): string;
}

export interface ChatOptions {
  origin: string;
  /** Language of the page around the chat. */
  locale: Locale;
}

const SYNC_EVERY_MS = 30_000;

export function createChat({ origin, locale }: ChatOptions): Chat {
  const memory = deviceMemory(origin);
  const visit = visitMemory(origin);
  const chosen = memory.get('locale');
  const link = takeLink();
  const store = createStore<ChatState>({
    ...initialState,
    locale: chosen?.page === locale ? chosen.chosen : locale,
    draft: memory.get('draft')?.text ?? '',
    introduced: memory.get('introduced') ?? false,
    sound: memory.get('sound') ?? false,
    link,
    sheet: link === null ? null : 'link',
  });
  const connection = chatConnection(origin, {
    connected: () => void resuming.greet(),
    disconnected: () => store.set({ line: store.get().line === 'idle' ? 'idle' : 'offline', typing: null }),
    pushed: {
      message(message) {
        store.set({ log: withMessage(store.get().log, message), ...(message.direction === 'out' && { typing: null }) });
        sending.tidy();
        if (hasGap(store.get().log)) void resuming.sync();
      },
      cursors: (cursors) => store.set({ log: withCursors(store.get().log, cursors) }),
      typing: (data) => typing.there(data),
      ticket: (ticket) => {
        if (!isOlderNews(ticket, store.get().ticket)) store.set({ ticket });
      },
      announcements(announcements) {
        const { city } = store.get();
        if (city) store.set({ city: { ...city, announcements } });
      },
      settings(chat) {
        const { city } = store.get();
        if (city) store.set({ city: { ...city, chat } });
      },
    },
  });
  const core: ChatCore = { origin, store, connection, memory };
  const sending = createSending(core);
  const resuming = createResuming(core, () => {
    sending.tidy();
    sending.resume();
    tray.resume();
  });
  const typing = createTyping(core);
  const tray = createTray(core);
  const running = new AbortController();

  function leave(): void {
    visit.set(false);
    visit.setCall(null);
    leaveQuickly(core);
  }

  /** With neither a conversation nor an open chat there is nothing to hide, and the page is not ours. */
  function leaveIfSeen(): void {
    const { open, log } = store.get();
    if (open || log.messages.length > 0 || memory.get('token')) leave();
  }

  function connect(): void {
    if (store.get().line !== 'idle') return;
    store.set({ line: 'connecting' });
    connection.open();
  }

  function catchUp(): void {
    if (document.visibilityState === 'visible') void resuming.sync();
  }

  function setOpen(open: boolean): void {
    visit.set(open);
    store.set({ open });
  }

  return {
    get state() {
      return store.get();
    },
    subscribe: store.subscribe,
    async start() {
      sending.restore();
      tray.restore();
      if (visit.wasOpen() || link) this.open();
      if (visit.call()) this.call();
      const timer = setInterval(catchUp, SYNC_EVERY_MS);
      running.signal.addEventListener('abort', () => clearInterval(timer));
      document.addEventListener('visibilitychange', catchUp, { signal: running.signal });
      window.addEventListener('online', catchUp, { signal: running.signal });
      onShiftThrice(leaveIfSeen, running.signal);
      running.signal.addEventListener('abort', loadMoreWhenNeeded(core));
      if (memory.get('token') || store.get().log.pending.length > 0) return connect();
      const city = await loadCity(origin);
      if (city) store.set({ city: store.get().city ?? city });
      // Another way to the city's colours and words, and one that goes on trying.
      else connect();
    },
    stop() {
      running.abort();
      connection.close();
      store.set({ line: 'idle' });
    },
    open() {
      setOpen(true);
      connect();
    },
    close: () => setOpen(false),
    call() {
      this.open();
      this.show('call');
    },
    core,
    edit(draft) {
      store.set({ draft });
      const attachments = memory.get('draft')?.attachments ?? [];
      memory.set('draft', { text: draft, attachments });
      typing.here(draft.trim() !== '');
    },
    sendDraft() {
      const text = store.get().draft.trim();
      if (text.length > limits.textLength) {
        store.set({ notice: own.tooLong });
        return false;
      }
      const isUploading = store.get().tray.some((item) => item.kind === 'file' && !item.attachment && !item.error);
      if (isUploading) return false;
      const parts: Part[] = [...(text ? [{ type: 'text' as const, text }] : []), ...tray.take()];
      if (parts.length === 0) return false;
      this.edit('');
      store.set({ notice: null });
      sending.write(parts);
      return true;
    },
    choose({ id, title }) {
      sending.write([{ type: 'choice', id, title }]);
      connect();
    },
    write: sending.write,
    origin,
    messages: sending,
    tray,
    seen: createReceipts(core),
    loadEarlier: resuming.loadEarlier,
    ...createContact(core, sending),
    dismissNotice: () => store.set({ notice: null }),
    show: (sheet) => store.set({ sheet }),
    showMap: (at, picks) => store.set({ sheet: 'map', map: { at, picks } }),
    speak(next) {
      memory.set('locale', { page: locale, chosen: next });
      store.set({ locale: next });
      if (store.get().line === 'online') void connection.request('locale', { locale: next });
    },
    setSound(sound) {
      memory.set('sound', sound);
      store.set({ sound });
    },
    forget(token) {
      memory.forget();
      if (token) memory.set('token', token);
      const { city, open, locale: spoken, sound, more } = store.get();
      store.set({ ...initialState, log: emptyLog, city, open, locale: spoken, sound, more, line: 'connecting' });
      connection.restart();
    },
    leave,
    fileUrl: (id) => `${origin}${fileRoutes.download(id)}?token=${encodeURIComponent(memory.get('token') ?? '')}`,
    transcriptUrl: () => `${origin}${fileRoutes.chatTranscript}?token=${encodeURIComponent(memory.get('token') ?? '')}`,
  };
}
