import type { Word } from './words.ts';

export interface HouseNumber {
  /** As it belongs behind the street: «450», «12, int. 3», «S/N». */
  text: string;
  /** The first word after it. */
  to: number;
}

const SIGNS = new Set('# num numero no nro'.split(' '));
const WITHIN: Readonly<Record<string, string>> = {
  int: 'int.',
  interior: 'int.',
  depto: 'depto.',
  dpto: 'depto.',
  departamento: 'depto.',
  local: 'local',
  lote: 'lote',
  lt: 'lote',
  manzana: 'manzana',
  mz: 'manzana',
  edificio: 'edificio',
};
/** What may follow a number that was not announced as one; anything else is counted by it: «2 perros». */
const AFTER =
  /^(?:a|al|aqui|atras|av|avenida|bis|calle|casi|cerca|col|colonia|con|cuando|de|del|desde|donde|e|el|en|enfrente|entre|es|esq|esquina|esta|estan|fracc|fraccionamiento|frente|hace|hay|junto|la|los|no|para|pero|por|porque|que|se|si|tambien|tiene|un|una|unidad|y|ya)$/;

/**
 * The number of a house that stands at `at`, behind a street.
 * @param named positions of words that belong to the name of a place
 */
export function houseNumberAt(text: readonly Word[], at: number, named: ReadonlySet<number>): HouseNumber | null {
  if (at > 0 && text[at - 1]?.endsClause && !SIGNS.has(text[at]?.plain ?? '')) return null;
  let i = at;
  if (text[i]?.plain === 's/n' || text[i]?.plain === 'sn') return { text: 'S/N', to: i + 1 };
  if (text[i]?.plain === 's' && text[i + 1]?.plain === 'n') return { text: 'S/N', to: i + 2 };
  if (text[i]?.plain === 'sin' && text[i + 1]?.plain === 'numero') return { text: 'S/N', to: i + 2 };
  const announced = SIGNS.has(text[i]?.plain ?? '');
  while (SIGNS.has(text[i]?.plain ?? '')) i += 1;
  const number = /^(\d{1,5})([a-z]?)$/.exec(text[i]?.plain ?? '');
  if (!number) return null;
  const here = text[i];
  const next = text[i + 1];
  const counts = next && !isLetter(next) && !(next.plain in WITHIN) && !AFTER.test(next.plain) && !named.has(i + 1);
  if (!announced && !here?.endsClause && counts) return null;
  if (!announced && next?.plain === 'de' && !here?.endsClause && Number(number[1]) < 32) return null;
  let to = i + 1;
  let said = `${number[1]}${(number[2] ?? '').toUpperCase()}`;
  if (next && isLetter(next) && !here?.endsClause) {
    said += `-${next.plain.toUpperCase()}`;
    to += 1;
  } else if (next?.plain === 'bis') {
    said += ' bis';
    to += 1;
  }
  return withRooms(text, to, said);
}

function withRooms(text: readonly Word[], at: number, number: string): HouseNumber {
  let to = at;
  let said = number;
  for (;;) {
    const within = WITHIN[text[to]?.plain ?? ''];
    const value = SIGNS.has(text[to + 1]?.plain ?? '') ? to + 2 : to + 1;
    if (!within || !/^(?:\d{1,4}[a-z]?|[a-z])$/.test(text[value]?.plain ?? '')) return { text: said, to };
    said += `, ${within} ${text[value]?.plain.toUpperCase()}`;
    to = value + 1;
  }
}

function isLetter(word: Word): boolean {
  return /^[a-dA-D]$/.test(word.raw) && word.plain !== 'a';
}
