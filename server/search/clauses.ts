/** Something an entry may hold. `prefix`: anything that begins so. */
export interface Key {
  lexeme: string;
  prefix?: boolean;
}
/** An entry fits if it holds one of these. */
export type Clause = readonly Key[];

/** Kinds of lexemes, by their first letter; those of facets end in a colon. */
export const keyOf = {
  /** A stem. */
  word: (stem: string): Key => ({ lexeme: `w${stem}` }),
  name: (name: string): Key => ({ lexeme: `n${name}` }),
  /** Among the names, which have no @: whoever types the beginning of either asks for both at once. */
  email: (email: string): Key => ({ lexeme: `n${email}` }),
  /** Digits backwards, so that the last ones of a number find it. */
  phone: (digits: string): Key => ({ lexeme: `t${[...digits].reverse().join('')}`, prefix: true }),
  folio: (folio: string): Key => ({ lexeme: `f${folio}` }),
  number: (number: number): Key => ({ lexeme: `i${number}` }),
} as const;

export const facets = {
  channel: '=c:',
  queue: '=q:',
  operator: '=o:',
  disposition: '=d:',
  priority: '=p:',
  state: '=s:',
  rating: '=r:',
  language: '=l:',
  hasCase: '=k:',
  month: '=m:',
} as const;
export type Facet = keyof typeof facets;

export const facet = (name: Facet, value: string | number): Key => ({ lexeme: `${facets[name]}${value}` });
export const isFacet = ({ lexeme }: Key): boolean => lexeme.startsWith('=');
/** Of a ticket in no queue. */
export const NO_QUEUE = '-';

const quoted = (text: string) => `'${text.replace(/['\\]/g, '$&$&')}'`;

/** The clauses as a tsquery over some shelves. */
export function tsqueryOf(clauses: readonly Clause[], shelves: readonly number[]): string {
  const onShelf = (shelf: number) =>
    clauses
      .map((keys) => keys.map(({ lexeme, prefix }) => quoted(`${shelf}${lexeme}`) + (prefix ? ':*' : '')).join(' | '))
      .map((keys) => `(${keys})`)
      .join(' & ');
  return shelves.map(onShelf).join(' | ');
}
