/** What somebody typed, taken apart. */
export type Term =
  | { kind: 'word'; text: string }
  | { kind: 'email'; text: string }
  /** Digits, without what stands between them. */
  | { kind: 'phone'; digits: string }
  /** Letters and digits of a whole folio, small. */
  | { kind: 'folio'; folio: string }
  /** A bare number: of a ticket, a folio, a house, or the end of a telephone number. */
  | { kind: 'digits'; digits: string }
  | { kind: 'ticket'; number: number };

const TERMS = 8;
/** A telephone number has as many digits, or more. */
const PHONE_DIGITS = 7;

const patterns = [
  ['email', /[\p{L}\d._%+-]+@[\p{L}\d.-]*/gu],
  ['folio', /\b[\p{L}]{2,5}-?\d{4}-?\d{1,6}\b/gu],
  ['phone', /\+?\(?\d[\d\s().-]{5,}\d/g],
  ['ticket', /#\d{1,15}\b/g],
  ['digits', /\b\d{1,15}\b/g],
  ['word', /[\p{L}\p{M}\d]+/gu],
] as const;

const onlyDigits = (text: string) => text.replace(/\D/g, '');

/** Telephone numbers by their last ten digits: who calls from +52 229… writes from +52 1 229…, and says 229…. */
export const phoneEnd = (text: string): string => onlyDigits(text).slice(-10);

/** What is looked for, most telling kinds first. The last word may not be finished yet. */
export function readQuestion(question: string): Term[] {
  const terms: { at: number; term: Term }[] = [];
  let rest = question.normalize('NFC');
  for (const [kind, pattern] of patterns) {
    rest = rest.replace(pattern, (text, at) => {
      const term = termOf(kind, text);
      if (!term) return text;
      terms.push({ at: at as number, term });
      // What is taken leaves its room, so that the others keep their places.
      return ' '.repeat(text.length);
    });
  }
  return terms
    .sort((a, b) => a.at - b.at)
    .slice(0, TERMS)
    .map(({ term }) => term);
}

function termOf(kind: (typeof patterns)[number][0], text: string): Term | null {
  switch (kind) {
    case 'email':
      return { kind, text: text.toLowerCase() };
    case 'folio':
      return { kind, folio: folioKey(text) };
    case 'phone':
      return onlyDigits(text).length >= PHONE_DIGITS ? { kind, digits: phoneEnd(text) } : null;
    case 'ticket':
      return { kind, number: Number(text.slice(1)) };
    case 'digits':
      return { kind, digits: text };
    case 'word':
      return { kind, text };
  }
}

/** `VER-2026-000123`, `ver2026123`: the same folio. */
function folioKey(text: string): string {
  const [, letters = '', year = '', number = ''] = /^(\p{L}+)-?(\d{4})-?(\d+)$/u.exec(text) ?? [];
  return `${letters.toLowerCase()}${year}${number.padStart(6, '0')}`;
}
