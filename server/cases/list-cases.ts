import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { CasePage, CaseSummary, listCasesSchema } from '../contract/case.ts';
import type { City } from '../contract/city.ts';
import { AppError } from '../contract/errors.ts';
import type { Db } from '../database/database.ts';
import type { Actor } from '../operators/actor.ts';
import { caseSeenBy } from './case-access.ts';
import { matchingCases } from './case-filters.ts';
import type { CaseRow } from './case-row.ts';
import { presentRow } from './present-case.ts';

type Query = z.output<typeof listCasesSchema>;

/** Counted no further: beyond it a number says nothing more. */
const COUNTED = 10_000;
const OF_A_CITIZEN = 20;

/** A page of the list by the last row's sort key. Newest first; of what is late, the oldest promise first. */
export async function listCases(db: Db, city: City, actor: Actor, query: Query, today: string): Promise<CasePage> {
  const matching = matchingCases(actor, query, today);
  const order = query.late ? sql`c.promised_for, c.id` : sql`c.opened_at desc, c.id desc`;
  const [{ rows }, total] = await Promise.all([
    sql<CaseRow>`
      select c.* from service_case c where ${matching} and ${after(query)}
      order by ${order} limit ${query.limit + 1}`.execute(db),
    sql<{ total: number }>`
      select count(*)::int as total from (
        select from service_case c where ${matching} limit ${COUNTED}) counted`.execute(db),
  ]);
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    cases: page.map((row) => presentRow(city, row)),
    nextCursor: last ? encode(query, last) : null,
    total: total.rows[0]?.total ?? 0,
  };
}

/** What a citizen filed or follows, newest first, as far as the reader may see it. */
export async function casesOfCitizen(db: Db, city: City, actor: Actor, citizenId: string): Promise<CaseSummary[]> {
  const { rows } = await sql<CaseRow>`
    select c.* from service_case c
    where c.id in (
      select id from service_case where citizen_id = ${citizenId}
      union select case_id from case_follower where citizen_id = ${citizenId})
      and ${caseSeenBy(actor)}
    order by c.opened_at desc, c.id desc limit ${OF_A_CITIZEN}`.execute(db);
  return rows.map((row) => presentRow(city, row));
}

const cursorSchema = z.object({ late: z.boolean(), key: z.string().max(40), id: z.uuid() });

function encode(query: Query, last: CaseRow): string {
  const late = query.late === true;
  const key = late ? last.promised_for : last.opened_at.toISOString();
  return Buffer.from(JSON.stringify({ late, key, id: last.id })).toString('base64url');
}

/** @throws AppError `invalid_cursor` */
function after(query: Query): RawBuilder<unknown> {
  if (!query.cursor) return sql`true`;
  const cursor = decode(query.cursor);
  if (!cursor || cursor.late !== (query.late === true)) throw new AppError('invalid_cursor');
  const key = (cursor.late ? z.iso.date() : z.iso.datetime()).safeParse(cursor.key);
  // PostgreSQL knows no year 0.
  if (!key.success || key.data < '1000') throw new AppError('invalid_cursor');
  return cursor.late
    ? sql`(c.promised_for, c.id) > (${key.data}::date, ${cursor.id}::uuid)`
    : sql`(c.opened_at, c.id) < (${key.data}::timestamptz, ${cursor.id}::uuid)`;
}

function decode(cursor: string): z.output<typeof cursorSchema> | null {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null;
  }
}
