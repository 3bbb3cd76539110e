import { sql } from 'kysely';
import { caseSeenBy } from '../cases/case-access.ts';
import type { CaseRow } from '../cases/case-row.ts';
import { presentRow } from '../cases/present-case.ts';
import { folded } from '../cases/search-text.ts';
import { listArticles } from '../content/read-articles.ts';
import type { City } from '../contract/city.ts';
import type { Findings } from '../contract/inbox.ts';
import { may } from '../contract/permissions.ts';
import { loadSummaries } from '../conversations/ticket-summaries.ts';
import type { Db } from '../database/database.ts';
import type { Actor } from '../operators/actor.ts';
import { ask, type Question } from './ask.ts';
import { excerptsOf } from './excerpts.ts';
import { findTickets } from './find-tickets.ts';
import type { Term } from './read-question.ts';

const TICKETS = 6;
const CITIZENS = 4;
/** Among so many of the newest contacts: one person may have most of them. */
const CONTACTS_OF_CITIZENS = 60;
const CASES = 4;
const ARTICLES = 4;
/** Years back in which a bare number is taken for a folio's. */
const YEARS = 5;

/** Whatever fits some words, of what somebody may see: contacts, people, cases by their folio, articles by their title. */
export async function findAnything(db: Db, city: City, actor: Actor, text: string, now: Date): Promise<Findings> {
  const question = await ask(db, text);
  const [contacts, citizens, cases, articles] = await Promise.all([
    question ? contactsOf(db, actor, question) : { tickets: [], excerpts: {} },
    question && may(actor, 'citizens.read') ? citizensOf(db, actor, question) : [],
    question ? casesOf(db, city, actor, question.terms, now) : [],
    may(actor, 'content.read') ? articlesOf(db, city, text, now) : [],
  ]);
  return { ...contacts, citizens, cases, articles };
}

async function contactsOf(db: Db, actor: Actor, question: Question): Promise<Pick<Findings, 'tickets' | 'excerpts'>> {
  const ids = await findTickets(db, actor, { clauses: question.clauses, limit: TICKETS });
  const [tickets, excerpts] = await Promise.all([loadSummaries(db, ids), excerptsOf(db, question, ids)]);
  return { tickets: tickets.sort((a, b) => b.number - a.number), excerpts };
}

/** Names, telephones and addresses; what they said is no way to know somebody by. */
const KNOWN_BY = /^[net]/;

async function citizensOf(db: Db, actor: Actor, { clauses }: Question): Promise<Findings['citizens']> {
  const personal = clauses.map((keys) => keys.filter(({ lexeme }) => KNOWN_BY.test(lexeme)));
  if (personal.some((keys) => keys.length === 0)) return [];
  const ids = await findTickets(db, actor, { clauses: personal, limit: CONTACTS_OF_CITIZENS });
  const { rows } = await sql<Findings['citizens'][number]>`
    select id, name, known, "ticketId" from (
      select distinct on (c.id) c.id, c.name, concat_ws(' · ', c.phone, c.email) as known, t.id as "ticketId", t.number
      from ticket t join citizen c on c.id = t.citizen_id
      where t.id = any(${ids}::uuid[])
      order by c.id, t.number desc
    ) people order by number desc limit ${CITIZENS}`.execute(db);
  return rows;
}

async function casesOf(
  db: Db,
  city: City,
  actor: Actor,
  terms: readonly Term[],
  now: Date,
): Promise<Findings['cases']> {
  const [term] = terms;
  if (terms.length !== 1 || !term) return [];
  const folios = foliosOf(term, city, now.getUTCFullYear());
  if (folios.length === 0) return [];
  const { rows } = await sql<CaseRow>`
    select c.* from service_case c where c.folio = any(${folios}::text[]) and ${caseSeenBy(actor)}
    order by c.opened_at desc limit ${CASES}`.execute(db);
  return rows.map((row) => presentRow(city, row));
}

function foliosOf(term: Term, { folioPrefix }: City, year: number): string[] {
  if (term.kind === 'folio') {
    const [, letters = '', ofYear = '', number = ''] = /^(\p{L}+)(\d{4})(\d+)$/u.exec(term.folio) ?? [];
    return [`${letters.toUpperCase()}-${ofYear}-${number}`];
  }
  if (term.kind !== 'digits' || term.digits.length > 6) return [];
  const number = term.digits.padStart(6, '0');
  return Array.from({ length: YEARS }, (_, back) => `${folioPrefix}-${year - back}-${number}`);
}

async function articlesOf(db: Db, city: City, text: string, now: Date): Promise<Findings['articles']> {
  const words = folded(text).split(' ');
  return (await listArticles(db, city, now))
    .filter(({ state }) => state !== 'missing')
    .filter(({ title: { es, en } }) => words.every((word) => folded(`${es} ${en}`).includes(word)))
    .slice(0, ARTICLES)
    .map(({ id, title }) => ({ id, title }));
}
