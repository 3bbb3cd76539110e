import type { Locale } from '../../../../server/contract/error-catalogue.ts';
import type { Attachment } from '../../../../server/contract/http.ts';
import type { PendingMessage } from './conversation-log.ts';

export interface Draft {
  text: string;
  attachments: Attachment[];
}

interface Remembered {
  token: string;
  draft: Draft;
  outbox: PendingMessage[];
  locale: { page: string; chosen: Locale };
  /** The questions before the chat were answered or passed over. */
  introduced: boolean;
  sound: boolean;
}

/** What this device keeps between visits. Where storage is blocked it lasts as long as the page. */
export interface DeviceMemory {
  get<Key extends keyof Remembered>(key: Key): Remembered[Key] | null;
  set<Key extends keyof Remembered>(key: Key, value: Remembered[Key] | null): void;
  /** Everything but the language: for a device that others use too. */
  forget(): void;
}

/** One memory a server, so that two cities on one site do not share a conversation. */
export function deviceMemory(origin: string): DeviceMemory {
  const prefix = `linea-chat:${origin}:`;
  const fallback = new Map<string, string>();

  function get<Key extends keyof Remembered>(key: Key): Remembered[Key] | null {
    try {
      const text = storage()?.getItem(prefix + key) ?? fallback.get(key);
      return text ? JSON.parse(text) : null;
    } catch {
      return null;
    }
  }

  function set<Key extends keyof Remembered>(key: Key, value: Remembered[Key] | null): void {
    fallback.delete(key);
    try {
      storage()?.removeItem(prefix + key);
      if (value === null) return;
      const text = JSON.stringify(value);
      fallback.set(key, text);
      storage()?.setItem(prefix + key, text);
      fallback.delete(key);
    } catch {
      // A full or forbidden storage: `fallback` has it for as long as the page lives.
    }
  }

  return {
    get,
    set,
    forget() {
      for (const key of ['token', 'draft', 'outbox', 'introduced'] as const) set(key, null);
    },
  };
}

/** What lasts as long as this tab: a reload must neither shut the chat nor hang up. */
export function visitMemory(origin: string) {
  const key = `linea-chat:${origin}:`;
  const visit = () => storage('sessionStorage');
  return {
    wasOpen: () => visit()?.getItem(`${key}open`) === 'true',
    set: (open: boolean) => visit()?.setItem(`${key}open`, String(open)),
    /** The call that goes on in this tab, by its `clientId`. */
    call: () => visit()?.getItem(`${key}call`) ?? null,
    setCall: (clientId: string | null) =>
      clientId ? visit()?.setItem(`${key}call`, clientId) : visit()?.removeItem(`${key}call`),
  };
}

/** Reading the property throws where the browser blocks storage. */
function storage(name: 'localStorage' | 'sessionStorage' = 'localStorage'): Storage | null {
  try {
    return window[name];
  } catch {
    return null;
  }
}
