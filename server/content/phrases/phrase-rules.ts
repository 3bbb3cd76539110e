import { phraseOf } from '../../city/desk-content.ts';
import type { City } from '../../contract/city.ts';
import { AppError, locales, type Phrase } from '../../contract/errors.ts';
import { longestPhrase, variablesIn } from '../../contract/phrase-places.ts';
import type { PhraseKey } from '../../contract/phrases.ts';

/** What the city's files say for a sentence. A city that lacks one does not start. */
export function writtenPhrase(base: City, key: PhraseKey): Phrase {
  return phraseOf(base, key) ?? { es: '', en: '' };
}

/** What is filled in, by language: the city's own sentence is what the code was written for. */
export function variablesOf(base: City, key: PhraseKey): Record<'es' | 'en', string[]> {
  const { es, en } = writtenPhrase(base, key);
  return { es: variablesIn(es), en: variablesIn(en) };
}

/** @throws AppError `phrase_too_long`, `phrase_variable_unknown`, `phrase_variable_missing` */
export function checkPhrase(base: City, key: PhraseKey, text: Phrase): void {
  const needed = variablesOf(base, key);
  const known = new Set([...needed.es, ...needed.en]);
  const max = longestPhrase(key);
  for (const language of locales) {
    if (text[language].length > max) throw new AppError('phrase_too_long', { max });
    const used = variablesIn(text[language]);
    const unknown = used.find((name) => !known.has(name));
    if (unknown) {
      const names = [...known].map((name) => `{${name}}`).join(', ') || '—';
      throw new AppError('phrase_variable_unknown', { variable: `{${unknown}}`, known: names });
    }
    const missing = needed[language].find((name) => !used.includes(name));
    if (missing) throw new AppError('phrase_variable_missing', { variable: `{${missing}}`, language });
  }
}
