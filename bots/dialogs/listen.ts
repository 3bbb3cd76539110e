import type { ChoiceOption, Message, Part } from '../../server/contract/message.ts';
import { wordsOf } from '../understanding/normalise.ts';

/** A burst of messages taken as one. */
export interface Heard {
  /** Everything written, a message a line. */
  text: string;
  /** Id of the quick answer picked last, by button, number or its title. */
  choice: string | null;
  files: number;
  location: boolean;
}

/** Takes together what the citizen sent since the last turn. */
export function listen(messages: readonly Message[], offered: readonly ChoiceOption[]): Heard {
  const parts = messages.filter(({ direction }) => direction === 'in').flatMap((message) => message.parts);
  const text = parts
    .map(textOf)
    .filter((line) => line !== '')
    .join('\n');
  const picked = parts.findLast((part) => part.type === 'choice');
  return {
    text,
    choice: picked?.id ?? pickedByWriting(text, offered),
    files: parts.filter(({ type }) => type === 'media' || type === 'unsupported').length,
    location: parts.some(({ type }) => type === 'location'),
  };
}

function textOf(part: Part): string {
  return part.type === 'text' ? part.text : '';
}

/** «2», «opción 2», or the title as shown. */
function pickedByWriting(text: string, offered: readonly ChoiceOption[]): string | null {
  const words = wordsOf(text).join(' ');
  const number = /^(?:(?:la|el|opcion|option|numero|number) )*(\d{1,2})$/.exec(words)?.[1];
  if (number) return offered[Number(number) - 1]?.id ?? null;
  return offered.find(({ title }) => wordsOf(title).join(' ') === words)?.id ?? null;
}
