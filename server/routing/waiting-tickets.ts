import { sql } from 'kysely';
import { addSeconds } from '../clock.ts';
import { type ChannelName, channelNames } from '../contract/channel.ts';
import type { Overflow, RoutingSettings } from '../contract/routing.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { PresentOperator, WaitingTicket } from './match.ts';

/** Of each queue and channel; far more than the people who can be free at once. */
const LOOK_AHEAD = 500;

interface Row {
  id: string;
  queue_id: string;
  channel: ChannelName;
  priority: number;
  clock_at: Date;
  waiting_since: Date;
  reserved_for: string | null;
  preferred_operator_id: string | null;
  preferred_until: Date | null;
  protected: boolean;
  needs: string[];
  passed_by: string[];
  overflow: Overflow;
  overflow_until: Date | null;
}

const columns = sql`t.id, t.queue_id, t.channel, t.priority, t.clock_at, t.waiting_since, t.reserved_for,
  t.preferred_operator_id, t.preferred_until, t.protected, t.needs`;

/**
 * What waits for somebody present: in queues that serve and whose people, or the people of one that may help out, are
 * there; and what is reserved for one of them, wherever it waits.
 */
export async function waitingTickets(
  unit: Unit,
  settings: RoutingSettings,
  present: readonly PresentOperator[],
  openQueues: readonly string[],
  cooldownSeconds: number,
): Promise<WaitingTicket[]> {
  const queueIds = [...new Set(present.flatMap((operator) => [...operator.queueIds]))];
  const operatorIds = present.map(({ id }) => id);
  const lately = addSeconds(unit.now, -cooldownSeconds);
  const { rows } = await sql<Row>`
    with lane as (
      select q.id, c.channel from queue q cross join unnest(${[...channelNames]}::text[]) as c (channel)
      where q.id = any(${[...openQueues]})
        and (q.id = any(${queueIds}) or q.overflow_until > ${unit.now}
          or exists (select from jsonb_array_elements_text(q.overflow -> 'queueIds') as other where other = any(${queueIds})))
    ), found as (
      select w.* from lane cross join lateral (
        select ${columns} from ticket t
        where t.state = 'waiting' and t.queue_id = lane.id and t.channel = lane.channel
          and (t.reserved_for is null or t.reserved_for <> all(${operatorIds}))
        order by t.priority, t.clock_at, t.id limit ${LOOK_AHEAD}
      ) as w
      union all
      (select ${columns} from ticket t where t.state = 'waiting' and t.reserved_for = any(${operatorIds}) limit ${LOOK_AHEAD})
    )
    select t.*, q.overflow, q.overflow_until,
      array(
        select f.operator_id from offer f
        where f.ticket_id = t.id and f.outcome in ('declined', 'timed_out') and f.ended_at > ${lately}
        union
        select e.actor_id from ticket_event e
        where e.ticket_id = t.id and e.type = 'transferred' and e.at > ${lately}
      ) as passed_by
    from found t join queue q on q.id = t.queue_id`.execute(unit.tx);
  const open = new Set(openQueues);
  return rows.map((row) => ({ ...asItStands(row, settings, unit.now), open: open.has(row.queue_id) }));
}

/** What the rules make of a ticket at this moment. */
function asItStands(row: Row, settings: RoutingSettings, now: Date): Omit<WaitingTicket, 'open'> {
  const waited = (now.getTime() - row.waiting_since.getTime()) / 1_000;
  const skills = settings.skills.filter(({ id }) => row.needs.includes(id));
  const isRelaxed = (after: number | null) => after !== null && waited >= after;
  const idsOf = (some: typeof skills) => some.map(({ id }) => id);
  return {
    id: row.id,
    queueId: row.queue_id,
    priority: row.priority,
    clock: row.clock_at.getTime(),
    weight: settings.weights[row.channel],
    voice: row.channel === 'voice',
    deferred: row.priority > 0 && settings.deferred.includes(row.channel),
    protected: row.protected,
    reservedFor: row.reserved_for,
    preferred: row.preferred_until && row.preferred_until > now ? row.preferred_operator_id : null,
    passedBy: new Set(row.passed_by),
    needs: idsOf(skills.filter(({ relaxAfterSeconds }) => !isRelaxed(relaxAfterSeconds))),
    relaxed: idsOf(skills.filter(({ relaxAfterSeconds }) => isRelaxed(relaxAfterSeconds))),
    ...helpFor(row, waited, now),
  };
}

function helpFor(
  { overflow, overflow_until: until }: Row,
  waited: number,
  now: Date,
): Pick<WaitingTicket, 'overflow' | 'overflowIfNobody'> {
  const others = new Set(overflow.queueIds);
  const isByHand = until !== null && until > now;
  if (others.size === 0) return { overflow: isByHand ? 'every queue' : null, overflowIfNobody: null };
  const isLate = overflow.afterSeconds !== null && waited >= overflow.afterSeconds;
  return { overflow: isByHand || isLate ? others : null, overflowIfNobody: overflow.whenNobody ? others : null };
}
