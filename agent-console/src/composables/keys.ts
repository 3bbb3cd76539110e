/** A key or a sequence of keys: `j`, `g i`, `?`, `mod+k`, `alt+n`. `mod` is ⌘ on Apple's keyboards, Ctrl elsewhere. */
export type Keys = string;

export const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** One key press in the notation of `Keys`. Shift counts only where it does not already show in the character. */
export function pressed(event: KeyboardEvent): Keys {
  const parts: string[] = [];
  if (isApple ? event.metaKey : event.ctrlKey) parts.push('mod');
  // With Alt, Apple's keyboards type another character: the key's place says which one was meant.
  const key = event.altKey && event.code.startsWith('Key') ? event.code.slice(3) : event.key;
  if (event.altKey) parts.push('alt');
  parts.push(key.length === 1 ? key.toLowerCase() : key);
  return parts.join('+');
}

const SHOWN: Record<string, string> = {
  mod: isApple ? '⌘' : 'Ctrl',
  alt: isApple ? '⌥' : 'Alt',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Enter: '↵',
  Escape: 'Esc',
};

/** The caps to draw for `keys`, a list for each key of the sequence. */
export function caps(keys: Keys): string[] {
  return keys.split(/[ +]/).map((key) => SHOWN[key] ?? key.toUpperCase());
}

/** Whether what is typed now goes into a text. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button])'))
  );
}
