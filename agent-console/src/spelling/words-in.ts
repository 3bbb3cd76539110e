export interface PlacedWord {
  word: string;
  from: number;
  to: number;
}

/** What looks like words and is none: links, addresses, folios, variables, anything with figures in it. */
const NO_WORDS =
  /https?:\/\/\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]+(?:\.[\w-]+)*\.(?:mx|com|org|gob|net)\b\S*|\{\{[^}]*\}\}|[#@/][\p{L}\d_-]+|[\p{L}\d-]*\d[\p{L}\d-]*/giu;
const WORD = /\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*/gu;

/** The words of a text with their places, in order. Single letters are nobody's mistake. */
export function wordsIn(text: string): PlacedWord[] {
  const readable = text.replace(NO_WORDS, (found) => ' '.repeat(found.length));
  return [...readable.matchAll(WORD)]
    .map(({ 0: word, index }) => ({ word, from: index, to: index + word.length }))
    .filter(({ word }) => word.length > 1);
}
