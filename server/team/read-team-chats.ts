import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { TeamChat, TeamMessage, teamPageSchema } from '../contract/team.ts';
import type { Db } from '../database/database.ts';
import type { Actor } from '../operators/actor.ts';
import { ticketSeenBy } from '../operators/ticket-seen-by.ts';

const PAGE = 50;
const CHATS = 100;

interface Row {
  number: string;
  id: string;
  from_id: string;
  to_id: string;
  text: string;
  at: Date;
  read_at: Date | null;
  ticket_id: string | null;
  ticket_number: string | null;
}

/** The reader's conversations, the one written in last first. */
export async function listTeamChats(db: Db, actor: Actor): Promise<TeamChat[]> {
  const { rows } = await sql<Row & { unread: number }>`
    select ${columns}, (
      select count(*)::int from team_message u
      where u.to_id = ${actor.id} and u.from_id = last.with_id and u.read_at is null
    ) as unread
    from (
      select distinct on (with_id) with_id, number from (
        select to_id as with_id, number from team_message where from_id = ${actor.id}
        union all select from_id, number from team_message where to_id = ${actor.id}
      ) own order by with_id, number desc
    ) last join team_message m on m.number = last.number ${withTicket(actor)}
    order by m.number desc limit ${CHATS}`.execute(db);
  return rows.map((row) => ({
    withId: row.from_id === actor.id ? row.to_id : row.from_id,
    last: present(row),
    unread: row.unread,
  }));
}

/** What was written with a colleague: the last ones, or those before one. */
export async function readTeamChat(
  db: Db,
  actor: Actor,
  colleagueId: string,
  before: number | undefined,
): Promise<z.output<typeof teamPageSchema>> {
  const { rows } = await sql<Row>`
    select ${columns} from team_message m ${withTicket(actor)}
    where least(m.from_id, m.to_id) = least(${actor.id}::text, ${colleagueId}::text)
      and greatest(m.from_id, m.to_id) = greatest(${actor.id}::text, ${colleagueId}::text)
      and ${before ? sql`m.number < ${before}` : sql`true`}
    order by m.number desc limit ${PAGE + 1}`.execute(db);
  return { messages: rows.slice(0, PAGE).map(present).reverse(), hasEarlier: rows.length > PAGE };
}

/** One that the reader wrote. */
export async function readTeamMessage(db: Db, actor: Actor, number: number): Promise<TeamMessage> {
  const { rows } = await sql<Row>`
    select ${columns} from team_message m ${withTicket(actor)}
    where m.number = ${number} and m.from_id = ${actor.id}`.execute(db);
  return present(rows[0] as Row);
}

const columns = sql`m.number, m.id, m.from_id, m.to_id, m.text, m.at, m.read_at,
  t.id as ticket_id, t.number as ticket_number`;
/** Of contacts that the reader may see by now, and of no other. */
const withTicket = (actor: Actor): RawBuilder<unknown> =>
  sql`left join ticket t on t.id = m.ticket_id and ${ticketSeenBy(actor)}`;

function present(row: Row): TeamMessage {
  return {
    id: row.id,
    number: Number(row.number),
    fromId: row.from_id,
    toId: row.to_id,
    text: row.text,
    ticket: row.ticket_id ? { id: row.ticket_id, number: Number(row.ticket_number) } : null,
    at: row.at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
  };
}
