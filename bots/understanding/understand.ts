import type { Desk } from '../../server/contract/bot.ts';
import type { Locale } from '../../server/contract/errors.ts';
import { asksForPerson } from './asks-for-person.ts';
import { matchCatalogue } from './match-catalogue.ts';
import { fold, wordsOf } from './normalise.ts';
import { isFarewell, isGreeting } from './small-talk.ts';
import { wordSet } from './word-set.ts';

/** What a text is about, as an id of the city's catalogue. */
export interface Understanding {
  /** Of a topic, service or action; `ninguno` when it is nothing the bot knows. */
  id: string;
  /** 0 to 1. */
  confidence: number;
  /** With `ninguno`: ids it could have meant, best first. */
  candidates: string[];
}

/** Danger is looked for before and apart from this: no way of understanding may stand in front of it. */
export type Understand = (text: string, desk: Desk, locale: Locale) => Promise<Understanding>;

const folio = wordSet('folio');

/** Understands by rules: small talk, a wish for a person, a folio, a title of the catalogue. */
export const understandByRules: Understand = async (text, desk, locale) => {
  if (text === '') return { id: 'ninguno', confidence: 1, candidates: [] };
  if (isGreeting(text)) return sure('saludo');
  if (asksForPerson(text)) return sure('hablar-persona');
  if (isFarewell(text)) return sure('despedida');
  if (wordsOf(text).map(fold).some(folio)) return sure('estatus-folio');

  for (const language of locale === 'es' ? (['es', 'en'] as const) : (['en', 'es'] as const)) {
    const entries = desk.catalogue(language).filter((entry) => entry.kind !== 'action' && !entry.protected);
    const { certain, possible } = matchCatalogue(text, entries);
    if (certain) return { id: certain.id, confidence: 0.9, candidates: [] };
    if (possible.length > 0) return { id: 'ninguno', confidence: 0.5, candidates: possible.map(({ id }) => id) };
  }
  return { id: 'ninguno', confidence: 0.5, candidates: [] };
};

function sure(id: string): Understanding {
  return { id, confidence: 1, candidates: [] };
}
