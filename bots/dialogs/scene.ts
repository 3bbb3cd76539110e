import type { Desk, HandOff } from '../../server/contract/bot.ts';
import type { Locale } from '../../server/contract/errors.ts';
import type { ChoiceOption, Part } from '../../server/contract/message.ts';
import type { PhraseKey } from '../../server/contract/phrases.ts';
import type { Heard } from './listen.ts';
import type { Memory } from './memory.ts';

/** What a step of the conversation sees. */
export interface Scene {
  desk: Desk;
  locale: Locale;
  citizenName: string | null;
  heard: Heard;
  memory: Memory;
}

/** What a step of the conversation does. */
export interface Act {
  replies: Part[][];
  memory: Memory;
  handOff?: HandOff;
}

/** A sentence of the city in the citizen's language. */
export function say({ desk, locale }: Scene, key: PhraseKey, values?: Record<string, string>): Part {
  return { type: 'text', text: desk.phrase(key, locale, values) };
}

/** The title of a catalogue entry in the citizen's language; the id itself when the catalogue does not know it. */
export function titleOf({ desk, locale }: Scene, id: string): string {
  return desk.catalogue(locale).find((entry) => entry.id === id)?.title ?? id;
}

/** Asks with quick answers, and remembers them so that they can be picked in writing. */
export function ask(scene: Scene, question: PhraseKey, options: ChoiceOption[], change: Partial<Memory> = {}): Act {
  return {
    replies: [[say(scene, question), { type: 'choices', options }]],
    memory: { ...scene.memory, asking: null, misses: 0, ...change, offered: options },
  };
}
