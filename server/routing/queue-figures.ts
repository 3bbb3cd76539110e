import { sql } from 'kysely';
import { addSeconds, type Clock, secondsBetween } from '../clock.ts';
import type { QueueFigures } from '../contract/http.ts';
import type { Db } from '../database/database.ts';

/** How far back the pace of the queue is measured. */
const PACE_SECONDS = 30 * 60;
/** Taken for a contact's length while nothing was measured yet. */
const USUAL_HANDLING_SECONDS = 300;

interface Row {
  id: string;
  protected: boolean;
  waiting: number;
  longest_since: Date | null;
  available: number;
  places: number;
  in_conversation: number;
  accepted: number;
}

/** What queues look like now, counted at most once a second however many look. */
export interface LiveFigures {
  current(): Promise<(QueueFigures & { protected: boolean })[]>;
  /** Seconds until somebody in `position` is answered, by the last count; null when nobody is there to answer. */
  expectedWait(queueId: string, position: number): number | null;
}

/** Without the protected queues: of few contacts a figure tells too much. */
export const openFigures = (figures: readonly (QueueFigures & { protected: boolean })[]): QueueFigures[] =>
  figures.filter((figure) => !figure.protected).map(({ protected: _, ...figure }) => figure);

const FRESH_MS = 1_000;

export function createLiveFigures(db: Db, clock: Clock): LiveFigures {
  let counted: { at: number; rows: Promise<Row[]> } | null = null;
  let last: Row[] = [];
  return {
    async current() {
      const at = clock.now().getTime();
      if (!counted || Math.abs(at - counted.at) > FRESH_MS) {
        counted = { at, rows: count(db, clock.now()) };
        counted.rows.then(
          (rows) => {
            last = rows;
          },
          () => {
            counted = null;
          },
        );
      }
      const now = clock.now();
      return (await counted.rows).map((row) => present(row, now));
    },
    expectedWait(queueId, position) {
      const pace = last.find((row) => row.id === queueId);
      return pace && pace.places > 0 ? expectedWaitSeconds(position, pace) : null;
    },
  };
}

/** Every queue in one query. */
async function count(db: Db, now: Date): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select q.id, q.protected,
      coalesce(w.waiting, 0)::int as waiting, w.longest_since, coalesce(w.in_conversation, 0)::int as in_conversation,
      coalesce(s.available, 0)::int as available, coalesce(s.places, 0)::int as places,
      coalesce(a.accepted, 0)::int as accepted
    from queue q
    left join (
      select queue_id, count(*) filter (where state <> 'assigned') as waiting,
        min(waiting_since) filter (where state <> 'assigned') as longest_since,
        count(*) filter (where state = 'assigned') as in_conversation
      from ticket where state in ('waiting', 'offered', 'assigned') group by queue_id
    ) w on w.queue_id = q.id
    left join (
      select m.queue_id, count(*) as available, sum(o.capacity) as places
      from queue_operator m join operator o on o.id = m.operator_id join presence p on p.operator_id = o.id
      where p.status = 'available' and p.lease_until > ${now} group by m.queue_id
    ) s on s.queue_id = q.id
    left join (
      select queue_id, count(*) as accepted from ticket
      where accepted_at > ${addSeconds(now, -PACE_SECONDS)} group by queue_id
    ) a on a.queue_id = q.id
    order by q.is_default desc, q.id`.execute(db);
  return rows;
}

function present(row: Row, now: Date): QueueFigures & { protected: boolean } {
  return {
    protected: row.protected,
    queueId: row.id,
    waiting: row.waiting,
    longestWaitSeconds: row.longest_since ? Math.floor(secondsBetween(row.longest_since, now)) : null,
    longestWaitSince: row.longest_since?.toISOString() ?? null,
    expectedWaitSeconds: row.places > 0 ? expectedWaitSeconds(row.waiting + 1, row) : null,
    operatorsAvailable: row.available,
    inConversation: row.in_conversation,
  };
}

/**
 * Seconds until somebody in `position` is answered: the pace of the last half hour, or, while too little was measured,
 * what the places of those available would make of contacts of usual length.
 */
export function expectedWaitSeconds(position: number, pace: { accepted: number; places: number }): number {
  const measured = pace.accepted >= 5;
  const between = measured ? PACE_SECONDS / pace.accepted : USUAL_HANDLING_SECONDS / Math.max(1, pace.places);
  return Math.round(position * between);
}
