import type { PlacedWord } from './words-in.ts';

const HIGHLIGHT = 'misspelt';
/** What of a textarea's look decides where its letters stand. */
const COPIED = [
  'fontFamily',
  'fontSize',
  'fontStyle',
  'fontWeight',
  'fontVariantLigatures',
  'letterSpacing',
  'lineHeight',
  'paddingTop',
  'paddingRight',
  'paddingBottom',
  'paddingLeft',
  'borderTopWidth',
  'borderRightWidth',
  'borderBottomWidth',
  'borderLeftWidth',
  'tabSize',
  'textAlign',
  'textIndent',
  'textTransform',
  'wordSpacing',
  'direction',
] as const;

/** Without these nothing can be underlined: the browser's own spell check stays on. */
export const canMirror = typeof Highlight === 'function' && 'highlights' in CSS;

/**
 * A copy of what stands in a textarea, unseen and in the same place, whose letters can be underlined. Its text is one
 * node that the browser's own highlights are painted on: nothing of the page moves when they change.
 */
export interface Mirror {
  underline(words: readonly PlacedWord[]): void;
  /** Where a word stands on the screen; null when it is out of sight. */
  placeOf(word: PlacedWord): DOMRect | null;
  /** Follows the textarea's text, size and scroll. */
  follow(): void;
  remove(): void;
}

export function mirrorOf(textarea: HTMLTextAreaElement): Mirror {
  const frame = document.createElement('div');
  const copy = document.createElement('div');
  const text = document.createTextNode('');
  frame.className = 'spelling-mirror';
  frame.setAttribute('aria-hidden', 'true');
  frame.append(copy);
  copy.append(text);
  textarea.before(frame);

  const resized = new ResizeObserver(follow);
  resized.observe(textarea);
  textarea.addEventListener('scroll', follow, { passive: true });

  function follow(): void {
    const look = getComputedStyle(textarea);
    for (const name of COPIED) copy.style[name] = look[name];
    copy.style.borderStyle = 'solid';
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight, clientWidth } = textarea;
    const borders = Number.parseFloat(look.borderLeftWidth) + Number.parseFloat(look.borderRightWidth);
    Object.assign(frame.style, {
      left: `${offsetLeft}px`,
      top: `${offsetTop}px`,
      width: `${offsetWidth}px`,
      height: `${offsetHeight}px`,
    });
    // Without the scroll bar, which takes its room from the lines.
    copy.style.width = `${clientWidth + borders}px`;
    copy.style.transform = `translateY(${-textarea.scrollTop}px)`;
    write(textarea.value);
  }

  /** Changes no more than what is another: what is underlined stays so and moves along. */
  function write(next: string): void {
    const before = text.data;
    if (before === next) return;
    const least = Math.min(before.length, next.length);
    let start = 0;
    while (start < least && before[start] === next[start]) start += 1;
    let end = 0;
    while (end < least - start && before.at(-1 - end) === next.at(-1 - end)) end += 1;
    text.replaceData(start, before.length - start - end, next.slice(start, next.length - end));
  }

  const rangeOf = ({ from, to }: PlacedWord): Range => {
    const range = new Range();
    range.setStart(text, Math.min(from, text.length));
    range.setEnd(text, Math.min(to, text.length));
    return range;
  };

  follow();
  return {
    follow,
    underline(words) {
      follow();
      if (words.length === 0) CSS.highlights.delete(HIGHLIGHT);
      else CSS.highlights.set(HIGHLIGHT, new Highlight(...words.map(rangeOf)));
    },
    placeOf(word) {
      const place = rangeOf(word).getBoundingClientRect();
      const seen = textarea.getBoundingClientRect();
      return place.bottom > seen.top && place.top < seen.bottom ? place : null;
    },
    remove() {
      CSS.highlights.delete(HIGHLIGHT);
      resized.disconnect();
      textarea.removeEventListener('scroll', follow);
      frame.remove();
    },
  };
}
