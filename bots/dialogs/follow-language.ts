import type { Locale } from '../../server/contract/errors.ts';
import { languageOf } from '../understanding/language-of.ts';
import { wordsOf } from '../understanding/normalise.ts';

/** In words: what is shorter may be either («no», «ok»). */
const ENOUGH = 3;
const greetings: Readonly<Record<string, Locale>> = { hola: 'es', buenas: 'es', buenos: 'es', hello: 'en', hi: 'en' };

/** The language to answer in: that of what they write, as soon as there is enough of it to tell. */
export function languageAfter(text: string, before: Locale): Locale {
  const words = wordsOf(text);
  const greeted = greetings[words[0] ?? ''];
  if (words.length < ENOUGH) return greeted ?? before;
  const language = languageOf(text);
  // Spanish is what `languageOf` says in doubt: who has been speaking English needs to be plainly Spanish now.
  return language === 'es' && before === 'en' && !isPlainlySpanish(words) ? before : language;
}

const spanish = new Set(
  wordsOf('el la los las una que por para con esta hay donde quiero necesito tengo gracias calle mi se del en un de'),
);

function isPlainlySpanish(words: readonly string[]): boolean {
  return words.filter((word) => spanish.has(word)).length >= 2;
}
