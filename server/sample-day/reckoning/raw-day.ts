import { sql } from 'kysely';
import type { ChannelName } from '../../contract/channel.ts';
import type { Hours, TicketEvent } from '../../contract/http.ts';
import type { Db } from '../../database/database.ts';

/** A line of a contact's story, as it was written. */
export interface RawLine {
  type: TicketEvent['type'];
  /** Whole seconds since 1970, never before the line above it. */
  at: number;
  actorType: TicketEvent['actor']['type'];
  actorId: string | null;
  data: Readonly<Record<string, unknown>>;
}

export interface RawContact {
  id: string;
  channel: ChannelName;
  protected: boolean;
  citizenId: string;
  /** To the millisecond. */
  beganAt: Date;
  lines: readonly RawLine[];
  turns: readonly { upTo: number; understood: string | null; outcome: string; corrected: boolean }[];
  /** Of the first case that was spoken of in it. */
  coloniaId: string | null;
}

export interface RawCase {
  channel: string | null;
  coloniaId: string | null;
  departmentId: string;
  openedAt: Date;
  /** yyyy-mm-dd */
  promisedFor: string;
  protected: boolean;
  /** What its story says of where it stood, oldest first. */
  statuses: readonly { at: Date; status: string }[];
}

export interface RawPresence {
  operatorId: string;
  status: string;
  at: Date;
}

export interface RawQueue {
  hours: Hours;
  levelSeconds: number;
}

/** All that a day left, as it was written down while it went by: no figure of the program's own is among it. */
export interface RawDay {
  contacts: readonly RawContact[];
  cases: readonly RawCase[];
  presences: readonly RawPresence[];
  queues: ReadonlyMap<string, RawQueue>;
}

export async function readRawDay(db: Db): Promise<RawDay> {
  const tickets = await db.selectFrom('ticket').select(['id', 'channel', 'protected', 'citizen_id']).execute();
  const lines = await db.selectFrom('ticket_event').selectAll().orderBy('id').execute();
  const turns = await db
    .selectFrom('bot_turn')
    .select(['ticket_id', 'up_to_seq', 'understood', 'outcome', 'corrected'])
    .execute();
  const cases = await db.selectFrom('service_case').selectAll().execute();
  const links = await db.selectFrom('case_ticket').select(['ticket_id', 'case_id']).execute();
  const caseLines = await db.selectFrom('case_event').select(['case_id', 'type', 'at', 'data']).orderBy('id').execute();
  const presences = await db
    .selectFrom('presence_event')
    .select(['operator_id', 'status', 'at'])
    .orderBy('operator_id')
    .orderBy('id')
    .execute();
  const { rows: queues } = await sql<{ id: string; hours: Hours; level: number }>`
    select id, hours, service_level_seconds as level from queue`.execute(db);

  const linesOf = Map.groupBy(lines, (line) => line.ticket_id);
  const turnsOf = Map.groupBy(turns, (turn) => turn.ticket_id);
  const linksOf = Map.groupBy(links, (link) => link.ticket_id);
  const caseOf = new Map(cases.map((one) => [one.id, one]));
  const caseLinesOf = Map.groupBy(caseLines, (line) => line.case_id);

  return {
    contacts: tickets.flatMap(({ id, channel, protected: isProtected, citizen_id }) => {
      const own = linesOf.get(id);
      const first = own?.[0];
      if (!own || !first) return [];
      const placed = (linksOf.get(id) ?? [])
        .flatMap((link) => caseOf.get(link.case_id) ?? [])
        .filter((one) => one.colonia_id !== null && !one.protected)
        .sort((a, b) => a.opened_at.getTime() - b.opened_at.getTime() || (a.id < b.id ? -1 : 1));
      return {
        id,
        channel,
        protected: isProtected,
        citizenId: citizen_id,
        beganAt: first.at,
        lines: inOneDirection(own),
        turns: (turnsOf.get(id) ?? []).map((turn) => ({ ...turn, upTo: turn.up_to_seq })),
        coloniaId: placed[0]?.colonia_id ?? null,
      };
    }),
    cases: cases.map((one) => ({
      channel: one.channel,
      coloniaId: one.colonia_id,
      departmentId: one.department_id,
      openedAt: one.opened_at,
      promisedFor: one.promised_for,
      protected: one.protected,
      statuses: (caseLinesOf.get(one.id) ?? []).flatMap(({ type, at, data }) =>
        type === 'status_changed' || type === 'reopened_by_citizen' ? { at, status: String(data.status) } : [],
      ),
    })),
    presences: presences.map(({ operator_id, status, at }) => ({ operatorId: operator_id, status, at })),
    queues: new Map(queues.map(({ id, hours, level }) => [id, { hours, levelSeconds: level }])),
  };
}

interface Stored {
  type: TicketEvent['type'];
  at: Date;
  actor_type: TicketEvent['actor']['type'];
  actor_id: string | null;
  data: Record<string, unknown>;
}

/** Of two transactions, the one that began first may have been written last: its line counts from the line above. */
function inOneDirection(lines: readonly Stored[]): RawLine[] {
  let reached = 0;
  return lines.map(({ type, at, actor_type, actor_id, data }) => {
    reached = Math.max(reached, Math.floor(at.getTime() / 1_000));
    return { type, at: reached, actorType: actor_type, actorId: actor_id, data };
  });
}
