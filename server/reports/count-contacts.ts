import { type RawBuilder, sql } from 'kysely';
import type { Measured, ReportGrouping } from '../contract/report-terms.ts';
import type { Db } from '../database/database.ts';
import { counted } from './contact-measures.ts';
import { type Counting, countedContacts, groupOf } from './counted-contacts.ts';
import { contactCuts, type Question } from './sums/cuts.ts';
import { type Spans, spansOf } from './sums/spans.ts';
import { columnOf, countsOf, summed } from './sums/sum-columns.ts';

type Row = { key: string } & Measured;

/**
 * Every count of contacts, by group; null where contacts are not parted so. Days that are over are read from their
 * sums, as far as these hold; the rest, and what is asked in a way that nothing is summed by, from the contacts.
 */
export async function countContacts(
  db: Db,
  by: ReportGrouping,
  counting: Counting,
): Promise<Map<string, Measured> | null> {
  const group = groupOf(by, counting.timeZone);
  if (!group) return null;
  const question = contactCuts.questionOf(by, counting.filter);
  const spans = await spansFor(db, question, counting, by === 'day');
  const rows = [
    ...(question ? await readSums(db, question, spans, counting) : []),
    ...(await countLive(db, group, { ...counting, within: spans.live })),
    ...(await countWaitingLate(db, group, counting)),
  ];
  const counts = new Map<string, Measured>();
  for (const { key, ...measured } of rows) counts.set(key, added(counts.get(key), measured));
  return counts;
}

const nothing: Measured = Object.fromEntries([...summed, 'waitingLate'].map((measure) => [measure, 0]));

function added(one: Measured = nothing, other: Measured): Measured {
  const sum: Record<string, number> = { ...one };
  for (const [measure, value] of Object.entries(other)) sum[measure] = (sum[measure] ?? 0) + value;
  return sum;
}

const spansFor = (db: Db, question: Question | null, counting: Counting, days: boolean): Promise<Spans> | Spans =>
  question
    ? spansOf(db, 'contacts', counting, counting.now, counting.timeZone, days)
    : { months: [], days: [], live: [counting] };

async function readSums(
  db: Db,
  { cut, key, where }: Question,
  { months, days }: Spans,
  { protectedToo }: Counting,
): Promise<Row[]> {
  if (months.length + days.length === 0) return [];
  const columns = summed.map((measure) => sql`sum(s.${sql.ref(columnOf(measure))})::bigint as ${sql.ref(measure)}`);
  const { rows } = await sql<Row>`
    select key, ${sql.join(columns)} from (
      select s.*, ${key} as key from contact_sum s
      where s.cut = ${cut} and ((s.grain = 'month' and s.starts_on = any(${months}::date[]))
        or (s.grain = 'day' and s.starts_on = any(${days}::date[]))) and (${protectedToo} or not s.protected) and ${where}
    ) s group by key`.execute(db);
  return rows;
}

async function countLive(db: Db, group: RawBuilder<string>, counting: Counting): Promise<Row[]> {
  if (counting.within?.length === 0) return [];
  const { rows } = await sql<Row>`
    select key, ${countsOf((measure) => measure)}
    from (select f.*, ${group} as key from ${countedContacts(counting)} f) f
    group by key`.execute(db);
  return rows;
}

async function countWaitingLate(db: Db, group: RawBuilder<string>, counting: Counting): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select ${group} as key, count(*) as "waitingLate" from ${countedContacts(counting)} f
    where ${counted.waitingLate.when} group by 1`.execute(db);
  return rows;
}

/** How many protected contacts the reader's figures leave out, in steps of five: of few, a number tells too much. */
export async function countProtected(db: Db, counting: Counting): Promise<number> {
  const protectedToo = { ...counting, protectedToo: true };
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${countedContacts(protectedToo)} f where f.protected`.execute(db);
  return Math.floor((rows[0]?.count ?? 0) / 5) * 5;
}
