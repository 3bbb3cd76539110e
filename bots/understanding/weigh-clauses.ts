import { wordsOf } from './normalise.ts';

/** The words of a clause, and how much they count beside those of the others. */
export interface WeighedClause {
  words: string[];
  weight: number;
}

/** Shorter texts have no room for anything but the point. */
const LONG_WORDS = 9;
/** In so many sentences a story is told, and the point comes towards its end. */
const STORY_SENTENCES = 3;
/** In one long sentence the same goes for its clauses. */
const STORY_CLAUSES = 4;
const weight = { turn: 1.5, setAside: 0.5, request: 1.3, last: 1.4, lastButOne: 1.2, early: 0.8 };

const SENTENCE_END = /[.;!?¡¿\n]+/;
const CLAUSE_END =
  /[,:()]+|\b(?=pero |sino |ahora |resulta |lo que |el problema |el asunto |nomas |nada mas |solo |but )/;
/** What leads over to the point. */
const TURN =
  /^(?:pero|sino|ahora|resulta|lo que|el problema|el asunto|nomas|nada mas|solo|la cosa|lo unico|el detalle|el chiste|lo malo|but|what)\b/;
/** What is denied, settled, or only tells how it came to it. */
const SET_ASIDE = new RegExp(
  [
    '^(?:(?:y|pero|que|oye|oiga) )*(?:',
    '(?:no (?:es|son|por|vengo|soy|me|le|tengo|importa|fue|era|hubo|hay|se trata|estoy|quiero|llovio)',
    '|ni|tampoco|antes|gracias a|aunque|nunca|cuando|hace|pense|si',
    '|ya (?:lo|la|los|las|me|nos|le|les|se|esta|tengo|tenemos|pague|fui|quedo|no))\\b',
    ')',
  ].join(''),
);
const REQUEST =
  /\b(?:quiero|quisiera|necesito|ocupo|pido|pedimos|solicito|mande|manden|vengan|vayan|urge|ayud\w*|cuando|donde|como|cuanto|pued\w*|deme|digan|want|need|please|can you|could|que (?:venga|manden|vayan|arreglen|quiten|pongan|limpien|sancione|multen))\b/;

/** A text clause by clause: in a long one what asks, turns to the point or comes last counts more than the rest. */
export function weighClauses(text: string): WeighedClause[] {
  const plain = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/['’]/g, '');
  const sentences = plain
    .split(SENTENCE_END)
    .map((sentence) => sentence.split(CLAUSE_END).map(wordsOf).filter(isNotEmpty))
    .filter(isNotEmpty);
  const isLong = sentences.flat(2).length >= LONG_WORDS;
  return sentences.flatMap((clauses, sentence) =>
    clauses.map((words, clause) => {
      const place = placeOf(sentence, sentences.length, clause, clauses.length);
      return { words, weight: isLong ? weightOf(words.join(' ')) * place : 1 };
    }),
  );
}

function weightOf(clause: string): number {
  const request = REQUEST.test(clause) ? weight.request : 1;
  if (TURN.test(clause)) return weight.turn * request;
  return SET_ASIDE.test(clause) ? weight.setAside * request : request;
}

function placeOf(sentence: number, sentences: number, clause: number, clauses: number): number {
  if (sentences < STORY_SENTENCES) return clauses >= STORY_CLAUSES && clause >= clauses - 2 ? weight.last : 1;
  if (sentence === sentences - 1) return weight.last;
  return sentence === sentences - 2 ? weight.lastButOne : weight.early;
}

function isNotEmpty(list: readonly unknown[]): boolean {
  return list.length > 0;
}
