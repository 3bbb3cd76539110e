import type { Checker } from './checker.ts';
import { mirrorOf } from './mirror.ts';
import type { SpellingLanguage } from './spelling-protocol.ts';
import type { PlacedWord } from './words-in.ts';

/** How long somebody has to pause before words are looked at, and before the one under the caret is. */
const PAUSE_MS = 150;
const STOP_MS = 1_200;

/** What is asked for about a word: by the right button or by key. */
export interface Asked {
  word: PlacedWord;
  /** Where it stands on the screen. */
  place: DOMRect;
}

/** A textarea whose words are checked, for as long as it is attached. */
export interface Attached {
  readonly textarea: HTMLTextAreaElement;
  language(): SpellingLanguage;
  /** Looks again at all of it: other words are right now. */
  lookAgain(): void;
  /** Selects the next wrong word, or the one before, and asks about it. @returns whether there is any */
  walk(back: boolean): boolean;
  /** Puts something else in a word's place; the browser can undo it. */
  replace(word: PlacedWord, by: string): void;
  detach(): void;
}

/** @param ask called when somebody wants to know about a word that is wrong */
export function attach(textarea: HTMLTextAreaElement, checker: Checker, ask: (asked: Asked) => void): Attached {
  const mirror = mirrorOf(textarea);
  const browsersOwn = textarea.spellcheck;
  const over = new AbortController();
  const { signal } = over;
  let wrong: PlacedWord[] = [];
  let looked: string | null = null;
  let typing = false;
  let pause = 0;
  let stop = 0;
  textarea.spellcheck = false;

  const language = (): SpellingLanguage => (textarea.lang.startsWith('en') ? 'en' : 'es');

  async function look(): Promise<void> {
    const { value } = textarea;
    const found = await checker.wrongIn(value, language());
    // Written on meanwhile: the next look is under way.
    if (signal.aborted || textarea.value !== value) return;
    looked = value;
    wrong = found;
    show();
  }

  /** The word that is just being written may still become right. */
  function show(): void {
    const caret = typing && textarea.selectionStart === textarea.selectionEnd ? textarea.selectionStart : -1;
    mirror.underline(wrong.filter(({ to }) => to !== caret));
  }

  function touch(): void {
    clearTimeout(pause);
    clearTimeout(stop);
    mirror.follow();
    if (textarea.value !== looked) pause = window.setTimeout(look, PAUSE_MS);
    else show();
    stop = window.setTimeout(() => {
      typing = false;
      show();
    }, STOP_MS);
  }

  function askAbout(word: PlacedWord | undefined): boolean {
    const place = word && textarea.value === looked ? mirror.placeOf(word) : null;
    if (!word || !place) return false;
    ask({ word, place });
    return true;
  }

  const atCaret = () => wrong.find(({ from, to }) => from <= textarea.selectionStart && textarea.selectionStart <= to);
  const under = ({ clientX: x, clientY: y }: MouseEvent) =>
    wrong.find((word) => {
      const place = mirror.placeOf(word);
      return place && x >= place.left && x <= place.right && y >= place.top && y <= place.bottom;
    });

  const onTyped = () => {
    typing = true;
    touch();
  };
  textarea.addEventListener('input', onTyped, { signal });
  // What is put there by the program makes no sound of its own: sending, a canned reply, a draft.
  for (const type of ['selectionchange', 'keyup', 'click']) document.addEventListener(type, touch, { signal });
  textarea.addEventListener(
    'contextmenu',
    (event) => {
      const byPointer = event.button === 2;
      if (askAbout(byPointer ? under(event) : atCaret())) event.preventDefault();
    },
    { signal },
  );

  function walk(back: boolean): boolean {
    const from = back ? textarea.selectionStart : textarea.selectionEnd;
    const next = back
      ? (wrong.findLast(({ to }) => to < from) ?? wrong.at(-1))
      : (wrong.find((word) => word.from >= from) ?? wrong[0]);
    if (!next || textarea.value !== looked) return false;
    textarea.focus();
    textarea.setSelectionRange(next.from, next.to);
    typing = false;
    show();
    askAbout(next);
    return true;
  }

  textarea.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'F7' || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.altKey) askAbout(atCaret());
      else walk(event.shiftKey);
    },
    { signal },
  );

  touch();
  return {
    textarea,
    language,
    lookAgain() {
      looked = null;
      touch();
    },
    walk,
    replace({ from, to }, by) {
      textarea.focus();
      textarea.setSelectionRange(from, to);
      // The one way that the browser's undo knows of.
      if (!document.execCommand('insertText', false, by)) {
        textarea.setRangeText(by, from, to, 'end');
        textarea.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
    },
    detach() {
      over.abort();
      clearTimeout(pause);
      clearTimeout(stop);
      mirror.remove();
      textarea.spellcheck = browsersOwn;
    },
  };
}
