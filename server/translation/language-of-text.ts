import { DESK_LANGUAGE } from '../contract/translation.ts';

/**
 * Enough to notice that somebody does not write the language of the desk, in the languages that visitors of a port
 * write most. What they really write is said by the model that translates it.
 */
const commonWords: Readonly<Record<string, ReadonlySet<string>>> = {
  es: words(`el la los las un una de del que en y a por con para no es esta hay como donde cuando quiero necesito tengo
    hola gracias buenos buenas dias tardes mi me se su lo al ya pero muy favor puedo`),
  en: words(`the is are my i you it in on of to and for with there what where when how do does can could need want have
    has not this that please hello hi thanks thank help a be we your was from`),
  fr: words(`le la les un une des du de et est je vous il elle dans pour avec pas que qui mon ma mes bonjour merci où
    comment quand suis ai au aux sur ce cette nous`),
  pt: words(`o os as um uma de do da e é eu você não em para com que meu minha obrigado obrigada olá onde quando como
    está tem na no por`),
  de: words(`der die das ein eine und ist ich sie nicht in mit für auf zu wie wo wann mein meine bitte danke hallo haben
    kann es den dem von`),
  it: words(`il lo la gli le un una di e è io non in per con che mio mia ciao grazie dove quando come sono ho della del
    nel alla`),
};
const scripts: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['zh', /\p{Script=Han}/u],
  ['ko', /\p{Script=Hangul}/u],
  ['ru', /\p{Script=Cyrillic}/u],
  ['ar', /\p{Script=Arabic}/u],
  ['he', /\p{Script=Hebrew}/u],
];

/** In words: what is shorter may be any language. */
const ENOUGH = 3;
/** Of the words of a text, how many must be common ones of another language. */
const SHARE = 0.2;

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/));
}

/** The language that a text is written in, ISO 639-1; null where it is that of the desk, or too little to tell. */
export function foreignLanguageOf(text: string): string | null {
  const script = scripts.find(([, letters]) => letters.test(text));
  if (script) return script[0];
  const said = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (said.length < ENOUGH) return null;
  const [best] = Object.entries(commonWords)
    .map(([language, known]) => ({ language, count: said.filter((word) => known.has(word)).length }))
    .sort((a, b) => b.count - a.count || (a.language === DESK_LANGUAGE ? -1 : 1));
  if (!best || best.language === DESK_LANGUAGE || best.count < said.length * SHARE) return null;
  return best.language;
}
