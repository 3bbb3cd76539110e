import { sql } from 'kysely';
import type { Excerpt } from '../contract/inbox.ts';
import type { Db } from '../database/database.ts';
import type { Question } from './ask.ts';
import { phoneEnd, type Term } from './read-question.ts';

/** Signs that nobody can type. */
const [BEGIN, END] = ['\u0002', '\u0003'];
const OPTIONS = `StartSel=${BEGIN}, StopSel=${END}, MaxFragments=1, MaxWords=18, MinWords=8, FragmentDelimiter=" … "`;

interface Row {
  id: string;
  headline: string | null;
  known: string;
}

/** Why each ticket was found, by ticket: some words around what was looked for, with it marked. */
export async function excerptsOf(db: Db, question: Question, ids: readonly string[]): Promise<Record<string, Excerpt>> {
  if (ids.length === 0) return {};
  const headline = question.marks
    ? sql`ts_headline('linea_spanish', e.said, ${question.marks}::tsquery, ${OPTIONS})`
    : sql`null`;
  const { rows } = await sql<Row>`
    select e.ticket_id as id, ${headline} as headline, e.known
    from search_entry e where e.ticket_id = any(${[...ids]}::uuid[])`.execute(db);
  return Object.fromEntries(
    rows.flatMap((row) => {
      const excerpt = excerptOf(row, question.terms);
      return excerpt ? [[row.id, excerpt]] : [];
    }),
  );
}

/** What was said comes before how somebody is known: their name stands in the row anyway. */
function excerptOf({ headline, known }: Row, terms: readonly Term[]): Excerpt | null {
  if (headline?.includes(BEGIN)) return marked(headline);
  const way = known.split(' · ').find((each) => terms.some((term) => isWay(each, term)));
  return way ? [{ text: way, hit: true }] : null;
}

function isWay(known: string, term: Term): boolean {
  switch (term.kind) {
    case 'phone':
    case 'digits': {
      const digits = known.includes('@') ? '' : phoneEnd(known);
      return digits.endsWith(term.digits) || Number(known.split('-').at(-1)) === Number(term.digits);
    }
    case 'email':
      return known.toLowerCase().startsWith(term.text);
    case 'folio':
      return known.toLowerCase().replaceAll('-', '') === term.folio;
    case 'word':
      return known.includes('@') && known.toLowerCase().startsWith(term.text.toLowerCase());
    case 'ticket':
      return false;
  }
}

function marked(headline: string): Excerpt {
  return headline.split(BEGIN).flatMap((piece, index) => {
    const [hit = '', rest = ''] = index === 0 ? ['', piece] : piece.split(END);
    return [
      { text: hit, hit: true },
      { text: rest.replace(/\s+/g, ' '), hit: false },
    ].filter(({ text }) => text !== '');
  });
}
