import { type RawBuilder, sql } from 'kysely';
import type { TicketState } from '../contract/http.ts';
import type { ChatTicket } from '../contract/socket.ts';
import type { Db } from '../database/database.ts';
import type { Openings } from '../routing/openings.ts';

interface Row {
  id: string;
  number: number;
  conversation_id: string;
  shown_id: string;
  shown_version: number;
  standing: string;
  /** Else it became part of a contact elsewhere, and stands as that one does. */
  own: boolean;
  state: TicketState;
  version: number;
  queue_id: string | null;
  accepted_at: Date | null;
  operator_name: string | null;
  rating: number | null;
  protected: boolean;
  position: number | null;
}

/** How a ticket stood at one of its versions, as far as it matters to its resident. */
export interface Standing {
  id: string;
  version: number;
  standing: string;
}

/** A contact as it is shown in one conversation. */
export interface ShownTicket {
  conversationId: string;
  ticket: ChatTicket;
  /** The ticket that it is read from: another one where the conversation's own became part of that. */
  source: Standing;
}

/** Of a ticket `t`: two that are equal here look the same, but for the place in the queue. */
export const standing = sql<string>`concat_ws(' ', t.state, t.queue_id, t.rating,
  case when t.state in ('assigned', 'snoozed') then t.operator_id end)`;

/** Contacts as their residents may see them. */
export interface ResidentTickets {
  /** The open contact of a conversation, or the one that its last contact became part of, or else the last one. */
  ofConversation(conversationId: string): Promise<ChatTicket | null>;
  /** By ids, once for each conversation that belongs to them: their own, and those of contacts that became part of them. */
  byId(ids: readonly string[]): Promise<ShownTicket[]>;
  /** Every chat contact that waits in `queueIds`. */
  waitingIn(queueIds: readonly string[]): Promise<ShownTicket[]>;
}

/** What is shown in each of these conversations: the open contact, or what the last one is part of, or the last one. */
const lastOf = (conversations: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select l.asked, l.id, c.id as conversation_id from ${conversations} c
  cross join lateral (
    select id as asked, coalesce(merged_into, id) as id from ticket
    where conversation_id = c.id order by state = 'closed', number desc limit 1
  ) l`;

export function createResidentTickets(
  db: Db,
  openings: Openings,
  expectedWait: (queueId: string, position: number) => number | null,
): ResidentTickets {
  async function select(shown: RawBuilder<unknown>, tail = sql``): Promise<ShownTicket[]> {
    const { rows } = await sql<Row>`
      select a.id, a.number, case when a.id = t.id then t.version else a.version + t.version end as version,
        t.id as shown_id, t.version as shown_version, ${standing} as standing,
        x.conversation_id, a.id = t.id as own, t.queue_id, t.accepted_at, t.rating, t.protected, o.name as operator_name,
        case t.state when 'snoozed' then 'assigned' else t.state end as state,
        case when t.state in ('waiting', 'offered') then (
          select count(*) from ticket w
          where w.state in ('waiting', 'offered') and w.queue_id = t.queue_id
            and (w.priority, w.clock_at, w.id) <= (t.priority, t.clock_at, t.id)
        ) end as position
      from (${shown}) x join ticket a on a.id = x.asked join ticket t on t.id = x.id
      left join operator o on o.id = t.operator_id and t.state in ('assigned', 'snoozed')
      ${tail}`.execute(db);
    return Promise.all(
      rows.map(async (row) => ({
        conversationId: row.conversation_id,
        ticket: await present(row),
        source: { id: row.shown_id, version: row.shown_version, standing: row.standing },
      })),
    );
  }

  async function present(row: Row): Promise<ChatTicket> {
    const hours = await openings.of(row.queue_id);
    return {
      id: row.id,
      number: row.number,
      state: row.state,
      position: row.position,
      expectedWaitSeconds: row.position && row.queue_id && hours.open ? expectedWait(row.queue_id, row.position) : null,
      operatorName: row.operator_name?.split(/\s+/)[0] ?? null,
      open: hours.open,
      opensAt: hours.opensAt?.toISOString() ?? null,
      delicate: row.protected,
      ratable: row.own && row.state === 'closed' && row.accepted_at !== null && row.rating === null,
      version: row.version,
    };
  }

  return {
    async ofConversation(conversationId) {
      const [found] = await select(lastOf(sql`(select ${conversationId}::uuid as id)`));
      return found?.ticket ?? null;
    },
    byId: (ids) =>
      select(
        lastOf(sql`(
          select conversation_id as id from ticket where id = any(${[...ids]}) or merged_into = any(${[...ids]}))`),
        sql`where t.id = any(${[...ids]}) or a.id = any(${[...ids]}) order by own desc`,
      ),
    waitingIn: (queueIds) =>
      select(
        sql`select id as asked, id, conversation_id from ticket
          where state in ('waiting', 'offered') and channel = 'chat' and queue_id = any(${[...queueIds]})
          order by priority, clock_at, id limit 500`,
      ),
  };
}
