import type { z } from 'zod';
import type { callHeardSchema } from '../../../../../server/contract/socket.ts';
import type { CallStep } from '../../../../../server/contract/voice.ts';
import type { Store } from '../../state/store.ts';
import type { CallState } from './call-state.ts';
import { listen } from './listener.ts';

export type Heard = z.input<typeof callHeardSchema>['heard'];

/** Whoever types, or reads what is asked, takes longer than whoever speaks. */
const PATIENCE = { speaking: 2, typing: 5 } as const;
/** Behind the last key of several. */
const NEXT_KEY_MS = 3_000;

/** Digits that are typed are keys: a folio, a number to be called at. */
const KEYS = /^[0-9*#]{1,24}$/;

/** What the step that asks makes of what they do. */
export interface Answers {
  key(key: string): void;
  text(text: string): void;
  /** They are writing: nobody takes that for silence. */
  writing(): void;
}

interface Asking {
  store: Store<CallState>;
  /** Whether speech can be heard at all. */
  hasMicrophone: boolean;
  /** Says something; ends early when the signal says so. */
  say(signal: AbortSignal): Promise<void>;
  /** Who hears keys and words from now on. */
  answer(answers: Answers | null): void;
}

/** Asks and waits for keys, words or silence; keys and words cut what is being said short. */
export function askFor(step: Extract<CallStep, { do: 'ask' }>, asking: Asking, signal: AbortSignal): Promise<Heard> {
  const { store } = asking;
  const talk = new AbortController();
  const cut = () => talk.abort();
  signal.addEventListener('abort', cut);
  let digits = '';
  let silent: ReturnType<typeof setTimeout> | undefined;

  return new Promise((resolve) => {
    function settle(heard: Heard): void {
      clearTimeout(silent);
      signal.removeEventListener('abort', cut);
      cut();
      asking.answer(null);
      store.set({ asked: null, digits: '', listening: false, soFar: '' });
      resolve(heard);
    }

    const sendKeys = () => settle({ kind: 'keys', digits: digits || '#' });

    function waitFor(milliseconds: number): void {
      clearTimeout(silent);
      silent = setTimeout(() => (digits ? sendKeys() : settle({ kind: 'silence' })), milliseconds);
    }

    const patience = () =>
      waitFor(step.waitSeconds * 1_000 * (store.get().listening ? PATIENCE.speaking : PATIENCE.typing));

    asking.answer({
      key(key) {
        cut();
        if (key === step.keys.finishOn) return sendKeys();
        digits += key;
        store.set({ digits });
        if (digits.length >= step.keys.most) return sendKeys();
        waitFor(step.keys.finishOn ? step.waitSeconds * 1_000 * PATIENCE.typing : NEXT_KEY_MS);
      },
      text(text) {
        settle(KEYS.test(text) ? { kind: 'keys', digits: text } : { kind: 'speech', text, confidence: 1 });
      },
      writing() {
        cut();
        patience();
      },
    });
    store.set({ asked: { speech: step.speech, keys: true }, digits: '' });

    void asking.say(talk.signal).then(() => {
      if (signal.aborted || store.get().asked === null || digits) return;
      patience();
      if (!step.speech || !asking.hasMicrophone) return;
      const ears = new AbortController();
      signal.addEventListener('abort', () => ears.abort());
      talk.signal.addEventListener('abort', () => ears.abort());
      listen(
        step.locale,
        ears.signal,
        (listening, soFar) => {
          if (store.get().asked === null) return;
          store.set({ listening, soFar });
          patience();
        },
        (speech) => settle({ kind: 'speech', ...speech }),
      );
    });
  });
}
