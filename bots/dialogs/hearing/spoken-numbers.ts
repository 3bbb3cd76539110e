/** A number in digits, and as it was said. */
export interface SaidNumber {
  digits: string;
  words: string;
}
/** One step of what was said: a word as it came, or a number. */
export type Said = { word: string } | SaidNumber;

const values = new Map<string, number>();
const tens = new Map<string, number>();
const hundreds = new Map<string, number>();

function learn(into: Map<string, number>, list: string, from: number, step = 1): void {
  for (const [i, names] of list.split(' ').entries()) {
    for (const name of names.split('/')) into.set(name, from + i * step);
  }
}
learn(
  values,
  'uno/un/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno/veintiun/veintiuna veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve',
  1,
);
learn(
  values,
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  1,
);
learn(
  tens,
  'twenty thirty/treinta forty/cuarenta fifty/cincuenta sixty/sesenta seventy/setenta eighty/ochenta ninety/noventa',
  20,
  10,
);
learn(
  hundreds,
  'cien/ciento doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas quinientos/quinientas seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas novecientos/novecientas',
  100,
  100,
);
const noughts = new Set(['cero', 'zero', 'oh']);
/** «Una luminaria» counts nothing. */
const articles = new Set(['un', 'una']);
const thousand = new Set(['mil', 'thousand']);

/** Words with the numbers among them in digits, each as far as it is one number: «dos mil veintiséis» is 2026. */
export function readNumbers(words: readonly string[]): Said[] {
  const said: Said[] = [];
  for (let i = 0; i < words.length; ) {
    const word = words[i] ?? '';
    const bare = plain(word);
    const digits = /^\d+$/.test(bare) ? bare : noughts.has(bare) ? '0' : null;
    const number = digits === null && !articles.has(bare) ? numberAt(words, i) : null;
    if (digits !== null) said.push({ digits, words: bare });
    else if (number) {
      said.push({ digits: String(number.value), words: words.slice(i, i + number.length).join(' ') });
    } else said.push({ word });
    i += number?.length ?? 1;
  }
  return said;
}

interface Found {
  value: number;
  /** In words. */
  length: number;
}

function numberAt(words: readonly string[], from: number): Found | null {
  const head = belowThousand(words, from);
  const mark = from + (head?.length ?? 0);
  if (!thousand.has(plain(words[mark]))) return head;
  const rest = belowThousand(words, mark + 1);
  // «Mil gracias» is no number.
  if (!head && !rest) return null;
  return { value: (head?.value ?? 1) * 1_000 + (rest?.value ?? 0), length: mark + 1 + (rest?.length ?? 0) - from };
}

function belowThousand(words: readonly string[], from: number): Found | null {
  const spanish = hundreds.get(plain(words[from]));
  const unit = values.get(plain(words[from]));
  const english = unit && unit < 10 && plain(words[from + 1]) === 'hundred' ? unit * 100 : undefined;
  const head = spanish ?? english;
  if (head === undefined) return belowHundred(words, from);
  const length = spanish === undefined ? 2 : 1;
  const skipped = plain(words[from + length]) === 'and' ? 1 : 0;
  const rest = belowHundred(words, from + length + skipped);
  return rest ? { value: head + rest.value, length: length + skipped + rest.length } : { value: head, length };
}

function belowHundred(words: readonly string[], from: number): Found | null {
  const ten = tens.get(plain(words[from]));
  if (ten === undefined) {
    const value = values.get(plain(words[from]));
    return value === undefined ? null : { value, length: 1 };
  }
  const joint = plain(words[from + 1]) === 'y' ? 1 : 0;
  const unit = values.get(plain(words[from + 1 + joint])) ?? 0;
  // In Spanish tens and units are joined by «y»: «sesenta siete» are two numbers of a telephone.
  const joined = joint === 1 || /^[a-z]+ty$/.test(plain(words[from]));
  return unit > 0 && unit < 10 && joined ? { value: ten + unit, length: 2 + joint } : { value: ten, length: 1 };
}

/** As words are compared: without accents, capitals and the punctuation that recognisers add. */
export function plain(word = ''): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/^[¿¡(«"]+|[.,;:!?)»"]+$/g, '');
}
