import { type RawBuilder, sql } from 'kysely';
import type { TicketState } from '../contract/http.ts';
import type { ChatTicket } from '../contract/socket.ts';
import type { Db } from '../database/database.ts';
import type { Openings } from '../routing/openings.ts';

interface Row {
  id: string;
  number: number;
  conversation_id: string;
  state: TicketState;
  version: number;
  queue_id: string | null;
  accepted_at: Date | null;
  operator_name: string | null;
  rating: number | null;
  protected: boolean;
  position: number | null;
}

/** Contacts as their residents may see them. */
export interface ResidentTickets {
  /** The open contact of a conversation, or else the last one. */
  ofConversation(conversationId: string): Promise<ChatTicket | null>;
  /** By ids, with the conversation each belongs to. */
  byId(ids: readonly string[]): Promise<{ conversationId: string; ticket: ChatTicket }[]>;
  /** Every chat contact that waits in `queueIds`. */
  waitingIn(queueIds: readonly string[]): Promise<{ conversationId: string; ticket: ChatTicket }[]>;
}

export function createResidentTickets(
  db: Db,
  openings: Openings,
  expectedWait: (queueId: string, position: number) => number | null,
): ResidentTickets {
  async function select(tail: RawBuilder<unknown>): Promise<{ conversationId: string; ticket: ChatTicket }[]> {
    const { rows } = await sql<Row>`
      select t.id, t.number, t.version, t.conversation_id, t.queue_id, t.accepted_at, t.rating, t.protected, o.name as operator_name,
        case t.state when 'snoozed' then 'assigned' else t.state end as state,
        case when t.state in ('waiting', 'offered') then (
          select count(*) from ticket w
          where w.state in ('waiting', 'offered') and w.queue_id = t.queue_id
            and (w.priority, w.clock_at, w.id) <= (t.priority, t.clock_at, t.id)
        ) end as position
      from ticket t left join operator o on o.id = t.operator_id and t.state in ('assigned', 'snoozed')
      ${tail}`.execute(db);
    return Promise.all(rows.map(async (row) => ({ conversationId: row.conversation_id, ticket: await present(row) })));
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
      ratable: row.state === 'closed' && row.accepted_at !== null && row.rating === null,
      version: row.version,
    };
  }

  return {
    async ofConversation(conversationId) {
      const [found] = await select(
        sql`where t.conversation_id = ${conversationId} order by t.state = 'closed', t.number desc limit 1`,
      );
      return found?.ticket ?? null;
    },
    byId: (ids) => select(sql`where t.id = any(${[...ids]})`),
    waitingIn: (queueIds) =>
      select(
        sql`where t.state in ('waiting', 'offered') and t.channel = 'chat' and t.queue_id = any(${[...queueIds]})
          order by t.priority, t.clock_at, t.id limit 500`,
      ),
  };
}
