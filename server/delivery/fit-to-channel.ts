import type { Capabilities } from '../contract/channel.ts';
import type { Message, Part } from '../contract/message.ts';

/** The message as a channel can carry it: what it cannot show is said in words, and no text is longer than it takes. */
export function fitToChannel(
  message: Message,
  { parts, textLength }: Pick<Capabilities, 'parts' | 'textLength'>,
  words: (part: Part) => string,
): Message {
  const fitted = message.parts.flatMap((part): Part[] => {
    if (part.type !== 'text' && parts.has(part.type)) return [part];
    return pieces(words(part), textLength).map((text) => ({ type: 'text', text }));
  });
  return { ...message, parts: fitted };
}

/** Cuts at the end of a line or a word where there is one, and never through a character. */
function pieces(text: string, length: number): string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > length) {
    const head = rest.slice(0, length + 1);
    const space = Math.max(head.lastIndexOf('\n'), head.lastIndexOf(' '));
    const whole = /[\ud800-\udbff]$/.test(rest.slice(0, length)) ? length - 1 : length;
    const cut = space > length / 2 ? space : whole;
    found.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return [...found, ...(rest ? [rest] : [])];
}
