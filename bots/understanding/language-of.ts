import type { Locale } from '../../server/contract/errors.ts';
import { wordsOf } from './normalise.ts';

const english = new Set(
  wordsOf(`
    the is are my i you it in on of to and for with there what where when how do does did can could need want have has
    not this that please hello hi thanks thank help report street garbage trash water light dog road`),
);
const spanish = new Set(
  wordsOf(`
    el la los las un una de del que en y a con por para no mi me se es esta hay como donde cuando cuanto quiero necesito
    tengo hola gracias calle agua luz basura su al lo le`),
);

/** The language a text is written in: by its commonest words, Spanish when in doubt. */
export function languageOf(text: string): Locale {
  const words = wordsOf(text);
  const count = (known: ReadonlySet<string>) => words.filter((word) => known.has(word)).length;
  return count(english) > count(spanish) ? 'en' : 'es';
}
