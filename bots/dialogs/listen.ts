import type { ChoiceOption, MediaPart, Message, Part } from '../../server/contract/message.ts';
import { pickedByNumber } from '../../server/contract/picked-choice.ts';
import type { Point } from '../../server/contract/place.ts';
import { wordsOf } from '../understanding/normalise.ts';
import { pickedAloud } from './hearing/picked-aloud.ts';
import { writeDown } from './hearing/spoken.ts';

/** A burst of messages taken as one. */
export interface Heard {
  /** Everything written, a message a line. */
  text: string;
  /** Id of the quick answer picked last, by button, number or its title. */
  choice: string | null;
  files: number;
  /** Ids of the files that are pictures, also of those still on their way. */
  photos: string[];
  /** What says nothing to the bot: a recording that nobody wrote down, a file that never came, a kind of its own. */
  trouble: 'voice' | 'lost' | 'kind' | null;
  /** Somebody's card, in words: a name, a number, an address. */
  card: string | null;
  /** All of it asks for no answer: stickers, or that they came by an advertisement. */
  asksNothing: boolean;
  /** Where they say they are, or put a pin. */
  point: (Point & { label: string | null }) | null;
}

/**
 * Takes together what the citizen sent since the last turn.
 * @param aloud it was spoken, or keyed on a telephone
 */
export function listen(messages: readonly Message[], offered: readonly ChoiceOption[], aloud = false): Heard {
  const parts = messages.filter(({ direction }) => direction === 'in').flatMap((message) => message.parts);
  const said = parts
    .map(textOf)
    .filter((line) => line !== '')
    .join('\n');
  const text = aloud ? writeDown(said) : said;
  const picked = parts.findLast((part) => part.type === 'choice');
  const came = parts.filter((part) => part.type === 'media').filter(({ lost, look }) => !lost && look !== 'sticker');
  const card = parts.findLast((part) => part.type === 'contact');
  const location = parts.findLast((part) => part.type === 'location');
  return {
    text,
    choice: picked?.id ?? (aloud ? pickedAloud(text, offered) : null) ?? pickedByWriting(text, offered),
    files: came.length + parts.filter(({ type }) => type === 'unsupported').length,
    photos: came.filter(isPhoto).map(({ attachmentId }) => attachmentId),
    trouble: troubleOf(parts),
    card: card ? [card.name, ...card.phones.slice(0, 1), ...card.emails.slice(0, 1)].filter(Boolean).join(', ') : null,
    asksNothing: parts.length > 0 && parts.every(asksNothing),
    point: location
      ? { latitude: location.latitude, longitude: location.longitude, label: location.label ?? null }
      : null,
  };
}

/** What is said in it, in writing or aloud. */
export function textOf(part: Part): string {
  if (part.type === 'media') return part.transcript ?? '';
  return part.type === 'text' ? part.text : '';
}

function isPhoto({ mimeType }: MediaPart): boolean {
  return /^(?:image|video)\//.test(mimeType);
}

function asksNothing(part: Part): boolean {
  return part.type === 'referral' || (part.type === 'media' && part.look === 'sticker');
}

function troubleOf(parts: readonly Part[]): Heard['trouble'] {
  const media = parts.filter((part) => part.type === 'media').filter(({ look }) => look !== 'sticker');
  const came = media.filter(({ lost }) => !lost);
  if (came.some(({ mimeType, transcript }) => mimeType.startsWith('audio/') && !transcript)) return 'voice';
  if (came.length < media.length) return 'lost';
  return parts.some(({ type }) => type === 'unsupported') ? 'kind' : null;
}

/** «2», «opción 2», or the title as shown. */
function pickedByWriting(text: string, offered: readonly ChoiceOption[]): string | null {
  const numbered = pickedByNumber(text, offered);
  if (numbered) return numbered.id;
  const words = wordsOf(text).join(' ');
  return offered.find(({ title }) => wordsOf(title).join(' ') === words)?.id ?? null;
}
