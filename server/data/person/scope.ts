import { sql } from 'kysely';
import type { Db } from '../../database/database.ts';

/** All that hangs on one person, by its ids. Whoever turned out to be this person is this person. */
export interface PersonScope {
  people: string[];
  conversations: string[];
  tickets: string[];
  calls: string[];
  /** Filed by them. */
  cases: string[];
  /** By what they are known elsewhere: addresses on channels, telephone, e-mail; lower case. */
  knownBy: string[];
}

/** Shorter ones would find other people's words. */
const TELLING = 6;

/**
 * @param knownBy by what they were known before an erasure began, where one has
 */
export async function scopeOf(db: Db, citizenId: string, knownBy: readonly string[] = []): Promise<PersonScope> {
  const people = await ids(
    db,
    sql`with recursive one as (
      select id from citizen where id = ${citizenId}
      union select c.id from citizen c join one on c.merged_into = one.id
    ) select id from one`,
  );
  const theirs = sql`citizen_id = any(${people})`;
  const [conversations, tickets, cases] = await Promise.all([
    ids(db, sql`select id from conversation where ${theirs}`),
    ids(db, sql`select id from ticket where ${theirs}`),
    ids(db, sql`select id from service_case where ${theirs}`),
  ]);
  const calls = await ids(db, sql`select id from call where ticket_id = any(${tickets})`);
  const { rows } = await sql<{ value: string | null }>`
    select phone as value from citizen where id = any(${people})
    union select email from citizen where id = any(${people})
    union select address from identity where ${theirs}
    union select address from conversation where ${theirs} and side_of is null
    union select reply_to from conversation where ${theirs} and side_of is null
    union select a.alias from address_alias a join conversation c
      on c.channel_account_id = a.channel_account_id and c.address = a.address where c.citizen_id = any(${people})
    union select from_address from call where id = any(${calls}) and direction = 'in'
    union select e ->> 'value' from citizen_merge m cross join jsonb_array_elements(m.evidence) e
      where e ->> 'kind' in ('phone', 'email') and (m.kept_id = any(${people}) or m.merged_id = any(${people}))`.execute(
    db,
  );
  const found = [...knownBy, ...rows.flatMap(({ value }) => (value ? [bare(value)] : []))];
  return {
    people,
    conversations,
    tickets,
    calls,
    cases,
    knownBy: [...new Set(found)].filter((value) => value.length >= TELLING && !value.startsWith('erased')),
  };
}

/** As it stands in whatever a provider wrote: numbers with or without their plus, addresses in any case. */
const bare = (address: string): string => address.toLowerCase().replace(/^(whatsapp:|unverified:)?\+?/, '');

async function ids(db: Db, query: ReturnType<typeof sql>): Promise<string[]> {
  const { rows } = await query.execute(db);
  return (rows as { id: string }[]).map(({ id }) => id);
}
