const CLAUSE_END = /[.,;:!?¡¿()\n]+|\b(?:pero|sino|but)\b/;
const MARKS = /\p{M}/gu;

/** How people shorten words on a phone. */
const shortened: Record<string, string> = {
  q: 'que',
  k: 'que',
  x: 'por',
  xq: 'porque',
  d: 'de',
  ta: 'esta',
  toy: 'estoy',
};

/** The words of a text in lower case, without accents or punctuation, one list a clause. */
export function clausesOf(text: string): string[][] {
  const plain = text.toLowerCase().normalize('NFD').replace(MARKS, '').replace(/['’]/g, '');
  return plain
    .split(CLAUSE_END)
    .map((clause) => (clause.match(/[a-z0-9]+/g) ?? []).map((word) => shortened[word] ?? word))
    .filter((words) => words.length > 0);
}

/** The words of a text, its clauses run together. */
export function wordsOf(text: string): string[] {
  return clausesOf(text).flat();
}

/**
 * One spelling for all spellings that sound the same in Mexican Spanish: «vache», «ajensia», «aorita», «auxiliooo».
 * English words come out odd, but equal ones stay equal.
 */
export function fold(word: string): string {
  return word
    .replace(/(?<!c)h/g, '')
    .replace(/ll|y/g, 'i')
    .replace(/c(?=[ei])|z/g, 's')
    .replace(/qu|q|c(?!h)/g, 'k')
    .replace(/g(?=[ei])/g, 'j')
    .replace(/v/g, 'b')
    .replace(/(.)\1+/g, '$1');
}
