import { type RawBuilder, sql } from 'kysely';
import type { ChannelName } from '../contract/channel.ts';
import type { TicketState, TicketSummary } from '../contract/http.ts';
import type { Db } from '../database/database.ts';

interface SummaryRow {
  id: string;
  number: number;
  conversation_id: string;
  channel: ChannelName;
  state: TicketState;
  queue_id: string | null;
  priority: number;
  citizen_id: string;
  citizen_name: string | null;
  operator_id: string | null;
  operator_name: string | null;
  clock_at: Date;
  waiting_since: Date | null;
  service_level_seconds: number | null;
  service_level_due_at: Date | null;
  accepted_at: Date | null;
  closed_at: Date | null;
  disposition: string | null;
  merged_into: string | null;
  merged_number: number | null;
  summary: string | null;
  subject: string | null;
  snoozed_until: Date | null;
  last_preview: string | null;
  last_direction: 'in' | 'out' | null;
  last_message_at: Date | null;
  unread: number;
  rating: number | null;
  protected: boolean;
  updated_at: Date;
  version: number;
}

/** Tickets as the inbox shows them. `tail` is the `where … order by … limit …` over `t` (ticket) and `c` (citizen). */
export async function selectSummaries(db: Db, tail: RawBuilder<unknown>): Promise<TicketSummary[]> {
  const { rows } = await sql<SummaryRow>`
    select t.id, t.number, t.conversation_id, t.channel, t.state, t.queue_id, t.priority, t.citizen_id,
      c.name as citizen_name, t.operator_id, o.name as operator_name, t.clock_at, t.waiting_since,
      q.service_level_seconds, t.service_level_due_at, t.accepted_at, t.closed_at, t.disposition, t.merged_into,
      (select number from ticket k where k.id = t.merged_into) as merged_number, t.summary, t.subject, t.snoozed_until, t.last_preview, t.last_direction,
      t.last_message_at, t.unread, t.rating, t.protected, t.updated_at, t.version
    from ticket t
    join citizen c on c.id = t.citizen_id
    left join operator o on o.id = t.operator_id
    left join queue q on q.id = t.queue_id
    ${tail}`.execute(db);
  return rows.map(present);
}

export function loadSummaries(db: Db, ids: readonly string[]): Promise<TicketSummary[]> {
  return selectSummaries(db, sql`where t.id = any(${[...ids]})`);
}

function present(row: SummaryRow): TicketSummary {
  return {
    id: row.id,
    number: row.number,
    conversationId: row.conversation_id,
    channel: row.channel,
    state: row.state,
    queueId: row.queue_id,
    priority: row.priority,
    citizen: { id: row.citizen_id, name: row.citizen_name },
    operator: row.operator_id ? { id: row.operator_id, name: row.operator_name ?? '' } : null,
    clockAt: row.clock_at.toISOString(),
    waitingSince: row.waiting_since?.toISOString() ?? null,
    serviceLevelSeconds: row.service_level_seconds,
    serviceLevelDueAt: row.service_level_due_at?.toISOString() ?? null,
    acceptedAt: row.accepted_at?.toISOString() ?? null,
    closedAt: row.closed_at?.toISOString() ?? null,
    disposition: row.disposition,
    mergedInto:
      row.merged_into && row.merged_number !== null ? { id: row.merged_into, number: row.merged_number } : null,
    summary: row.summary,
    subject: row.subject,
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    lastMessage:
      // Until the bot has heard it, nobody knows whether what was said is to be protected.
      !(row.state === 'bot' && row.last_direction === 'in') &&
      row.last_preview !== null &&
      row.last_direction &&
      row.last_message_at
        ? { preview: row.last_preview, direction: row.last_direction, at: row.last_message_at.toISOString() }
        : null,
    unread: row.unread,
    rating: row.rating,
    protected: row.protected,
    updatedAt: row.updated_at.toISOString(),
    version: row.version,
  };
}
