import type { Asker, BotOutcome, CatalogueEntry, Desk } from '../../server/contract/bot.ts';
import type { ChannelName } from '../../server/contract/channel.ts';
import type { Locale } from '../../server/contract/errors.ts';
import type { ChoiceOption, Part } from '../../server/contract/message.ts';
import { type PhraseKey, spokenPhrase } from '../../server/contract/phrases.ts';
import type { Advice } from '../language-model/advice.ts';
import type { Understanding } from '../understanding/understand.ts';
import type { Heard } from './listen.ts';
import type { Memory } from './memory.ts';

const FOLIO_STATUS = 'estatus-folio';
/** Key 0 on every call. */
const PERSON = 'hablar-persona';
const MOST_BY_EAR = 5;

/** What a step of the conversation sees. */
export interface Scene {
  desk: Desk;
  asker: Asker;
  channel: ChannelName;
  /** On a call: what is long, or to be kept, can be sent to their telephone. */
  canText: boolean;
  locale: Locale;
  citizenName: string | null;
  /** Version of the privacy notice they have accepted. */
  consent: string | null;
  now: Date;
  heard: Heard;
  /** What was heard is about. */
  meaning: Understanding;
  /** The same for a part of it. */
  understand(text: string): Promise<Understanding>;
  advice: Advice;
  memory: Memory;
}

/** What a step of the conversation does. */
export interface Act extends Pick<BotOutcome, 'handOff' | 'consent' | 'citizen' | 'close' | 'corrects' | 'texts'> {
  replies: Part[][];
  memory: Memory;
}

/** Whoever speaks, in which language, and to the eye or to the ear. */
type Voice = Pick<Scene, 'desk' | 'locale' | 'channel'>;

/** A sentence of the city in the citizen's language. */
export function say(scene: Voice, key: PhraseKey, values?: Record<string, string>): Part {
  return { type: 'text', text: phrase(scene, key, values) };
}

export function phrase({ desk, locale, channel }: Voice, key: PhraseKey, values?: Record<string, string>): string {
  return desk.phrase(channel === 'voice' ? spokenPhrase(key) : key, locale, values);
}

/** A quick answer that the bot itself offers, by the phrase on its button. */
export function button(scene: Scene, id: string, key: PhraseKey): ChoiceOption {
  return { id, title: phrase(scene, key) };
}

/** The title of a catalogue entry in the citizen's language; the id itself when the catalogue does not know it. */
export function titleOf(scene: Pick<Scene, 'desk' | 'locale'>, id: string): string {
  return entryOf(scene, id)?.title ?? id;
}

export function entryOf({ desk, locale }: Pick<Scene, 'desk' | 'locale'>, id: string): CatalogueEntry | null {
  return desk.catalogue(locale).find((entry) => entry.id === id) ?? null;
}

/** Asks with quick answers, and remembers them so that they can be picked in writing. */
export function ask(scene: Scene, question: PhraseKey, options: ChoiceOption[], change: Partial<Memory> = {}): Act {
  return {
    replies: [[say(scene, question), { type: 'choices', options }]],
    memory: { ...scene.memory, misses: 0, ...change, offered: options },
  };
}

/** The menu of quick answers. By ear nobody keeps more than a few in mind; the rest is there for whoever says it. */
export function menuOf({ desk, locale, channel }: Voice): ChoiceOption[] {
  const menu = desk.menu(locale);
  if (channel !== 'voice') return menu;
  const status = desk.catalogue(locale).filter(({ id }) => id === FOLIO_STATUS);
  return [...status.map(({ id, title }) => ({ id, title })), ...menu.filter(({ id }) => id !== PERSON)].slice(
    0,
    MOST_BY_EAR,
  );
}

/** What is done now after what was done before it in the same turn. */
export function after(before: Act | null, now: Act): Act {
  return before ? { ...before, ...now, replies: [...before.replies, ...now.replies] } : now;
}
