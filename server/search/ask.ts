import { sql } from 'kysely';
import type { Db } from '../database/database.ts';
import { type Clause, type Key, keyOf } from './clauses.ts';
import { readQuestion, type Term } from './read-question.ts';

/** A question as the index knows words. */
export interface Question {
  clauses: Clause[];
  /** What excerpts mark, as a tsquery of stems; null: words say nothing here. */
  marks: string | null;
  /** What was typed, for marking what has no stems. */
  terms: Term[];
}

/** From so many letters on, an unfinished word is taken for the beginning of one. */
const BEGINNING = 3;
/** So many digits say which telephone it was. */
const PHONE_END = 4;

interface Words {
  stems: string[];
  names: string[];
}

/** @returns null where nothing was asked but words that say nothing */
export async function ask(db: Db, text: string): Promise<Question | null> {
  const terms = readQuestion(text);
  const words = await wordsOf(
    db,
    terms.map((term) => ('text' in term ? term.text : '')),
  );
  const marks: string[] = [];
  const clauses = terms.flatMap((term, index) => {
    const last = index === terms.length - 1;
    const clause = clausesOf(term, words[index] ?? { stems: [], names: [] }, last);
    if (term.kind === 'word') marks.push(...(words[index]?.stems ?? []).map((stem) => mark(stem, last)));
    if (term.kind === 'digits') marks.push(mark(term.digits, false));
    return clause;
  });
  if (clauses.length === 0) return null;
  return { clauses, terms, marks: marks.length > 0 ? marks.join(' | ') : null };
}

const mark = (stem: string, unfinished: boolean) =>
  `'${stem.replace(/['\\]/g, '$&$&')}'${unfinished && stem.length >= BEGINNING ? ':*' : ''}`;

function clausesOf(term: Term, { stems, names }: Words, last: boolean): Clause[] {
  switch (term.kind) {
    case 'email':
      return [[{ ...keyOf.email(term.text), prefix: last }]];
    case 'phone':
      return [[keyOf.phone(term.digits)]];
    case 'folio':
      return [[keyOf.folio(term.folio)]];
    case 'ticket':
      return [[keyOf.number(term.number)]];
    case 'digits': {
      const number = Number(term.digits);
      const said = [keyOf.word(term.digits), keyOf.name(term.digits)];
      const keys: Key[] = [keyOf.number(number), keyOf.folio(String(number)), ...said];
      return [term.digits.length >= PHONE_END ? [...keys, keyOf.phone(term.digits.slice(-10))] : keys];
    }
    case 'word':
      return wordClauses(stems, names, last);
  }
}

function wordClauses(stems: readonly string[], names: readonly string[], last: boolean): Clause[] {
  const open = (key: Key, text: string): Key => (last && text.length >= BEGINNING ? { ...key, prefix: true } : key);
  // A word of grammar is looked for in names alone, and only while nothing else was typed.
  if (stems.length === 0) return [];
  return names.map((name, index) => {
    const stem = stems[Math.min(index, stems.length - 1)] ?? name;
    return [open(keyOf.word(stem), stem), open(keyOf.name(name), name)];
  });
}

/** Stems and plain forms of each, as PostgreSQL makes them for entries. */
async function wordsOf(db: Db, texts: readonly string[]): Promise<Words[]> {
  if (texts.every((text) => text === '')) return texts.map(() => ({ stems: [], names: [] }));
  const { rows } = await sql<Words>`
    select tsvector_to_array(to_tsvector('linea_spanish', text)) as stems,
      tsvector_to_array(to_tsvector('linea_simple', text)) as names
    from unnest(${[...texts]}::text[]) with ordinality x (text, place) order by place`.execute(db);
  return rows;
}
