import type { Capabilities } from '../contract/channel.ts';
import type { Message, Part } from '../contract/message.ts';
import { splitText } from './split-text.ts';

/** The message as a channel can carry it: what it cannot show is said in words, and no text is longer than it takes. */
export function fitToChannel(
  message: Message,
  { parts, textLength }: Pick<Capabilities, 'parts' | 'textLength'>,
  words: (part: Part) => string,
): Message {
  const fitted = message.parts.flatMap((part): Part[] => {
    if (part.type !== 'text' && parts.has(part.type)) return [part];
    return splitText(words(part), textLength).map((text) => ({ type: 'text', text }));
  });
  return { ...message, parts: fitted };
}
