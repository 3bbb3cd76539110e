import { type RawBuilder, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { addSeconds } from '../clock.ts';
import { changeTicket, lockTicket, systemActor } from '../conversations/change-ticket.ts';
import { loadSummaries } from '../conversations/ticket-summaries.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { lockAvailableOperators } from './lock-operators.ts';
import { type FreeOperator, match, type WaitingTicket } from './match.ts';

/** One matching at a time in the whole installation: the order of the queue allows no second opinion. */
const ROUTING_LOCK = 4_200_002;
/** Far more than the people who can be free at once; what is left over is matched by the next pass. */
const LOOK_AHEAD = 1_000;

export interface RoutingRules {
  /** Queues that serve at this moment. */
  openQueues(now: Date): Promise<readonly string[]>;
  declineCooldownSeconds: number;
}

/**
 * Matches what waits with who is free, and asks them. Safe to run at any time and any number of times.
 * @returns how many were asked
 */
export async function route(unit: Unit, rules: RoutingRules): Promise<number> {
  await sql`select pg_advisory_xact_lock(${ROUTING_LOCK})`.execute(unit.tx);
  await lockAvailableOperators(unit);
  const operators = await freeOperators(unit);
  if (operators.length === 0) return 0;
  const open = await rules.openQueues(unit.now);
  const tickets = await waitingTickets(unit, operators, open, rules.declineCooldownSeconds);
  const matches = match(tickets, operators);
  let asked = 0;
  // By ticket id, as every transaction that locks several does.
  for (const { ticketId, operatorId } of matches.sort((a, b) => (a.ticketId < b.ticketId ? -1 : 1))) {
    if (await ask(unit, ticketId, operatorId)) asked += 1;
    else unit.enqueue('tickets.route', {});
  }
  return asked;
}

async function ask(unit: Unit, ticketId: string, operatorId: string): Promise<boolean> {
  const ticket = await lockTicket(unit.tx, ticketId);
  if (ticket.state !== 'waiting') return false;
  const { offer_seconds: seconds } = await unit.tx
    .selectFrom('queue')
    .select('offer_seconds')
    .where('id', '=', ticket.queue_id)
    .executeTakeFirstOrThrow();
  const offer = {
    id: uuid(),
    ticket_id: ticketId,
    operator_id: operatorId,
    offered_at: unit.now,
    expires_at: addSeconds(unit.now, seconds),
  };
  await unit.tx.insertInto('offer').values(offer).execute();
  await changeTicket(
    unit,
    ticket,
    'offered',
    { operator_id: operatorId },
    {
      type: 'offered',
      actor: systemActor,
      data: { offerId: offer.id, operatorId },
    },
  );
  unit.enqueue('tickets.offer_expired', { offerId: offer.id }, offer.expires_at);
  const [summary] = await loadSummaries(unit.tx, [ticketId]);
  if (summary) {
    unit.emit('offer.made', {
      id: offer.id,
      ticket: summary,
      operatorId,
      offeredAt: offer.offered_at.toISOString(),
      expiresAt: offer.expires_at.toISOString(),
    });
  }
  unit.emit('presence.changed', operatorId);
  return true;
}

async function freeOperators(unit: Unit): Promise<FreeOperator[]> {
  const { rows } = await sql<{
    id: string;
    idle_since: Date;
    queue_ids: string[];
    protected_grant: boolean;
    takes_calls: boolean;
  }>`
    select o.id, p.idle_since, o.protected_grant, p.takes_calls, array(select queue_id from queue_operator q where q.operator_id = o.id) as queue_ids
    from presence p join operator o on o.id = p.operator_id
    where p.status = 'available' and p.lease_until > ${unit.now} and not o.disabled
      and not exists (select from offer f where f.operator_id = o.id and f.outcome is null)
      and not ${hasCall(sql.ref('o.id'))}
      and (select count(*) from ticket t where t.operator_id = o.id and t.state in ('offered', 'assigned')) < o.capacity`.execute(
    unit.tx,
  );
  return rows.map((row) => ({
    id: row.id,
    idleSince: row.idle_since.getTime(),
    queueIds: new Set(row.queue_ids),
    protectedGrant: row.protected_grant,
    takesCalls: row.takes_calls,
  }));
}

/** Whether somebody has a telephone call, is offered one, finishes up after one, or is in the call of another. */
const hasCall = (operatorId: RawBuilder<unknown>): RawBuilder<boolean> => sql`(
  exists (
    select from ticket v
    where v.operator_id = ${operatorId} and v.channel = 'voice' and v.state in ('offered', 'assigned'))
  or exists (select from call_leg l where l.operator_id = ${operatorId} and l.state in ('ringing', 'joined')))`;

/**
 * A ticket handed to a person waits for them alone only while they are there with a free place (and are, at most,
 * being asked something else, but no call). Otherwise it belongs to its queue, so that nobody waits for somebody who is gone.
 */
async function waitingTickets(
  unit: Unit,
  operators: readonly FreeOperator[],
  openQueues: readonly string[],
  cooldownSeconds: number,
): Promise<WaitingTicket[]> {
  const served = new Set(operators.flatMap((operator) => [...operator.queueIds]));
  const queueIds = openQueues.filter((id) => served.has(id));
  const operatorIds = operators.map((operator) => operator.id);
  const { rows } = await sql<{
    id: string;
    queue_id: string;
    priority: number;
    clock_at: Date;
    reserved_for: string | null;
    passed_by: string[];
    protected: boolean;
    voice: boolean;
  }>`
    with present as (
      select p.operator_id, p.takes_calls from presence p join operator o on o.id = p.operator_id
      where p.status = 'available' and p.lease_until > ${unit.now} and not o.disabled
        and not ${hasCall(sql.ref('o.id'))}
        and (select count(*) from ticket h where h.operator_id = o.id and h.state in ('offered', 'assigned')) < o.capacity
    )
    select t.id, t.queue_id, t.priority, t.clock_at, t.protected, t.channel = 'voice' as voice, r.operator_id as reserved_for,
      array(
        select f.operator_id from offer f
        where f.ticket_id = t.id and f.outcome in ('declined', 'timed_out') and f.ended_at > ${addSeconds(unit.now, -cooldownSeconds)}
        union
        select e.actor_id from ticket_event e
        where e.ticket_id = t.id and e.type = 'transferred' and e.at > ${addSeconds(unit.now, -cooldownSeconds)}
      ) as passed_by
    from ticket t
    left join present r on r.operator_id = t.reserved_for and (t.channel <> 'voice' or r.takes_calls)
    where t.state = 'waiting'
      and ((r.operator_id is null and t.queue_id = any(${queueIds})) or r.operator_id = any(${operatorIds}))
    order by t.priority, t.clock_at, t.id
    limit ${LOOK_AHEAD}`.execute(unit.tx);
  return rows.map((row) => ({
    id: row.id,
    queueId: row.queue_id,
    priority: row.priority,
    clock: row.clock_at.getTime(),
    reservedFor: row.reserved_for,
    passedBy: new Set(row.passed_by),
    protected: row.protected,
    voice: row.voice,
  }));
}
