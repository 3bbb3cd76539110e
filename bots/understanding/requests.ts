import { wordsOf } from './normalise.ts';

const SENTENCE_END = /[.!?;\n]+/;
const CLAUSE_END = /[,.!?;:\n]+|\s(?:pero|sino(?: que)?|mejor dicho|but)\s/i;

/** Where a second request begins: «y también», «además», «y quiero», "and also". */
const SECOND_REQUEST = new RegExp(
  [
    '[,;]?\\s+(?:y|e)?\\s*(?:tambi[eé]n|adem[aá]s|aparte|de paso|por otro lado|otra cosa|and also|also|besides)(?:\\s+(?:de eso|es que|que))?[,:]?\\s+',
    '[,;]?\\s+(?:y|and)\\s+(?=(?:quiero|kiero|quisiera|necesito|ocupo|me gustar[ií]a|c[oó]mo|cu[aá]nto|cu[aá]ndo|d[oó]nde|a qu[eé]|i want|i need|how|where|when)\\b)',
  ].join('|'),
  'i',
);
/** What may join two things said in one breath: «un bache y una lámpara fundida». */
const JOINT = /\s+(?:y|e|and)\s+|,\s+/i;

/** A wish taken back: «no quiero reportar un bache». What complains («no es posible que…») does not. */
const TAKEN_BACK = new RegExp(
  [
    '^(?:(?:hola|oye|oiga|yo|pues|ya|es que) )*',
    '(?:no (?:quiero|vengo|vine|busco|ocupo|deseo|queria|quisiera|me refiero|hablo|pregunto|es por|es para|es sobre|es de|es un|es una|es el|es la|es lo|es emergencia|se trata|voy a)',
    '|(?:i )?(?:dont|do not) want|(?:im|i am) not|its not|it is not|not)\\b',
  ].join(''),
);
const COMPLAINT = /^(?:no (?:es (?:posible|justo|normal|la primera|un secreto)|quiero que))/;

/** A long sentence is read in windows of so many words, each half into the next. */
const WINDOW = 14;

/** The pieces of a text that may each hold the point: sentences, and windows of those without a stop. */
export function passagesOf(text: string): string[] {
  return text
    .split(SENTENCE_END)
    .flatMap((sentence) => windowsOf(sentence.trim()))
    .filter((piece) => piece !== '');
}

/** Where a text seems to ask for more than one thing, its parts in order; else the text alone. */
export function requestsIn(text: string): { parts: string[]; joined: 'plainly' | 'perhaps' } {
  const plainly = split(text, SECOND_REQUEST);
  if (plainly.length > 1) return { parts: plainly, joined: 'plainly' };
  const sentences = split(text, SENTENCE_END);
  return { parts: sentences.length > 1 ? sentences : split(text, JOINT), joined: 'perhaps' };
}

/** The text without the wishes it takes back; `nothingLeft` when it does nothing else. */
export function withoutTakenBack(text: string): { text: string; nothingLeft: boolean } {
  const clauses = split(text, CLAUSE_END);
  const kept = clauses.filter((clause) => !isTakenBack(clause));
  if (kept.length === clauses.length) return { text, nothingLeft: false };
  return kept.length > 0 ? { text: kept.join(', '), nothingLeft: false } : { text, nothingLeft: true };
}

function isTakenBack(clause: string): boolean {
  const plain = wordsOf(clause).join(' ');
  return TAKEN_BACK.test(plain) && !COMPLAINT.test(plain);
}

function windowsOf(sentence: string): string[] {
  const words = sentence.split(/\s+/);
  if (words.length <= WINDOW * 1.5) return [sentence];
  const starts = Array.from({ length: Math.ceil((words.length * 2) / WINDOW) - 1 }, (_, i) => (i * WINDOW) / 2);
  return starts.map((start) => words.slice(start, start + WINDOW).join(' '));
}

function split(text: string, where: RegExp): string[] {
  return text
    .split(where)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
