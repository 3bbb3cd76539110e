import { type RawBuilder, sql } from 'kysely';
import { may } from '../contract/permissions.ts';
import type { Db } from '../database/database.ts';
import type { Actor } from '../operators/actor.ts';
import { ticketSeenBy } from '../operators/ticket-seen-by.ts';
import { type Clause, facet, isFacet, NO_QUEUE, tsqueryOf } from './clauses.ts';
import { shelvesFrom } from './shelves.ts';

export interface Wanted {
  clauses: readonly Clause[];
  /** What only the ticket itself can say, of `ticket t`; the reader's rights are always asked for. */
  conditions?: RawBuilder<unknown>;
  /** Only tickets with a lower number. */
  before?: number | undefined;
  limit: number;
}

/**
 * Tickets that fit, newest first. Shelf by shelf, so that neither a common word nor a common filter reads more than a
 * page or two of rows, and a rare one a few keys.
 */
export async function findTickets(db: Db, actor: Actor, wanted: Wanted): Promise<string[]> {
  const newest = wanted.before ? wanted.before - 1 : await newestNumber(db);
  if (newest < 1) return [];
  const clauses = [...wanted.clauses, ...readable(actor)];
  if (clauses.length === 0) clauses.push([facet('state', 'open'), facet('state', 'closed')]);
  const sought = clauses.some((keys) => keys.some((key) => !isFacet(key))) ? 'rare' : 'common';
  const looks = shelvesFrom(newest, sought).map((shelves) => tsqueryOf(clauses, shelves));
  const { rows } = await sql<{ id: string }>`
    select found.id
    from unnest(${looks}::text[]) with ordinality as look (query, place)
    cross join lateral (
      select t.id
      from (
        select ticket_id, number from search_entry
        where words @@ look.query::tsquery and number <= ${newest}
        -- Not to be mixed with the rest: tickets are asked for in this order, and no more of them than it takes.
        order by number desc offset 0
      ) e
      join ticket t on t.id = e.ticket_id
      where ${ticketSeenBy(actor)} and ${wanted.conditions ?? sql`true`}
      order by e.number desc
      limit ${wanted.limit}
    ) found
    limit ${wanted.limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** What of `ticketSeenBy` the index knows, so that what is not theirs is not even read. */
function readable(actor: Actor): Clause[] {
  if (may(actor, 'contacts.all')) return [];
  return [[facet('operator', actor.id), facet('queue', NO_QUEUE), ...actor.queueIds.map((id) => facet('queue', id))]];
}

async function newestNumber(db: Db): Promise<number> {
  const { rows } = await sql<{ number: number }>`select number from ticket order by number desc limit 1`.execute(db);
  return rows[0]?.number ?? 0;
}
