import type { ChoiceOption, Message, Part } from '../../server/contract/message.ts';
import type { Point } from '../../server/contract/place.ts';
import { wordsOf } from '../understanding/normalise.ts';

/** A burst of messages taken as one. */
export interface Heard {
  /** Everything written, a message a line. */
  text: string;
  /** Id of the quick answer picked last, by button, number or its title. */
  choice: string | null;
  files: number;
  /** Ids of the files that are pictures. */
  photos: string[];
  /** Something to be listened to, or that could not be read. */
  unreadable: boolean;
  /** Where they say they are, or put a pin. */
  point: (Point & { label: string | null }) | null;
}

/** Takes together what the citizen sent since the last turn. */
export function listen(messages: readonly Message[], offered: readonly ChoiceOption[]): Heard {
  const parts = messages.filter(({ direction }) => direction === 'in').flatMap((message) => message.parts);
  const text = parts
    .map(textOf)
    .filter((line) => line !== '')
    .join('\n');
  const picked = parts.findLast((part) => part.type === 'choice');
  const media = parts.filter((part) => part.type === 'media');
  const location = parts.findLast((part) => part.type === 'location');
  return {
    text,
    choice: picked?.id ?? pickedByWriting(text, offered),
    files: parts.filter(({ type }) => type === 'media' || type === 'unsupported').length,
    photos: media.filter(({ mimeType }) => /^(?:image|video)\//.test(mimeType)).map(({ attachmentId }) => attachmentId),
    unreadable:
      parts.some(({ type }) => type === 'unsupported') || media.some(({ mimeType }) => mimeType.startsWith('audio/')),
    point: location
      ? { latitude: location.latitude, longitude: location.longitude, label: location.label ?? null }
      : null,
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
