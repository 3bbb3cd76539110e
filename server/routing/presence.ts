import { sql } from 'kysely';
import { addSeconds } from '../clock.ts';
import type { Presence, PresenceStatus } from '../contract/http.ts';
import { lockConversations } from '../conversations/append-messages.ts';
import { lockTicket, systemActor } from '../conversations/change-ticket.ts';
import { notice, type Say } from '../conversations/say.ts';
import type { Db } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { loadOf } from './capacity.ts';
import { markPresence } from './mark-presence.ts';
import { withdrawOfferOf } from './offers.ts';
import { queueTicket } from './queue-ticket.ts';
import { recordPresence } from './record-presence.ts';

/**
 * An operator says whether they take contacts, and calls among them. Going away takes back what they are being asked;
 * what they hold they keep.
 * @param takesCalls absent: as before
 */
export async function setPresence(
  unit: Unit,
  operatorId: string,
  status: PresenceStatus,
  reason: Presence['reason'],
  leaseSeconds: number,
  takesCalls?: boolean,
): Promise<void> {
  if (status !== 'available') await withdrawOfferOf(unit, operatorId);
  else if (takesCalls === false) await withdrawOfferOf(unit, operatorId, 'voice');
  const calls = takesCalls === undefined ? {} : { takes_calls: takesCalls };
  await unit.tx
    .insertInto('presence')
    .values({
      operator_id: operatorId,
      status,
      reason,
      since: unit.now,
      lease_until: addSeconds(unit.now, leaseSeconds),
      idle_since: unit.now,
      ...calls,
    })
    .onConflict((conflict) =>
      conflict.column('operator_id').doUpdateSet({
        status,
        reason,
        since: unit.now,
        lease_until: addSeconds(unit.now, leaseSeconds),
        ...calls,
      }),
    )
    .execute();
  await recordPresence(unit, operatorId, status, reason);
  unit.emit('presence.changed', operatorId);
  if (status === 'available') unit.enqueue('tickets.route', {});
}

/**
 * The operator's connection is alive. Somebody whose lease ran out comes back as away: they say themselves when they
 * are ready.
 */
export async function renewLease(unit: Unit, operatorId: string, leaseSeconds: number): Promise<void> {
  const before = await unit.tx
    .selectFrom('presence')
    .select(['status'])
    .where('operator_id', '=', operatorId)
    .executeTakeFirst();
  if (!before || before.status === 'offline') {
    await setPresence(unit, operatorId, 'away', before ? 'connection_lost' : 'self', leaseSeconds);
    return;
  }
  await unit.tx
    .updateTable('presence')
    .set({ lease_until: addSeconds(unit.now, leaseSeconds) })
    .where('operator_id', '=', operatorId)
    .execute();
}

/** Whose lease ran out is offline; what they were being asked goes to others at once. */
export async function lapseLeases(unit: Unit): Promise<void> {
  const lapsed = await unit.tx
    .selectFrom('presence')
    .select('operator_id')
    .where('status', '<>', 'offline')
    .where('lease_until', '<=', unit.now)
    .execute();
  for (const { operator_id: operatorId } of lapsed) {
    // Renewed since the look above: they are there.
    const gone = await unit.tx
      .selectFrom('presence')
      .select('operator_id')
      .where('operator_id', '=', operatorId)
      .where('lease_until', '<=', unit.now)
      .forUpdate()
      .executeTakeFirst();
    if (!gone) continue;
    await withdrawOfferOf(unit, operatorId);
    await markPresence(unit, operatorId, 'offline', 'connection_lost');
  }
}

/** What an operator who left still holds, longer than `afterSeconds`, waits again, in the place of its first contact. */
export async function requeueAbandoned(unit: Unit, say: Say, afterSeconds: number): Promise<void> {
  const held = await unit.tx
    .selectFrom('ticket as t')
    .innerJoin('presence as p', 'p.operator_id', 't.operator_id')
    .select(['t.id', 't.conversation_id'])
    .where('t.state', '=', 'assigned')
    .where('p.status', '=', 'offline')
    .where('p.since', '<=', addSeconds(unit.now, -afterSeconds))
    // They may still talk, with a console that has lost its connection; and of a call that is over nothing waits.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('call as k')
            .leftJoin('call_leg as l', (join) =>
              join
                .onRef('l.call_id', '=', 'k.id')
                .onRef('l.operator_id', '=', 't.operator_id')
                .on('l.state', '=', 'joined'),
            )
            .select('k.id')
            .whereRef('k.ticket_id', '=', 't.id')
            .where('k.wrapped_up_at', 'is', null)
            .where((where) => where.or([where('l.id', 'is not', null), where('k.wrap_up_until', 'is not', null)])),
        ),
      ),
    )
    .orderBy('t.id')
    .execute();
  await requeue(unit, say, held);
}

/** Puts everything an operator holds back into the queue, because they will not come back to it. */
export async function releaseAll(unit: Unit, say: Say, operatorId: string): Promise<void> {
  await withdrawOfferOf(unit, operatorId);
  const held = await unit.tx
    .selectFrom('ticket')
    .select(['id', 'conversation_id'])
    .where('operator_id', '=', operatorId)
    .where('state', 'in', ['assigned', 'snoozed'])
    .orderBy('id')
    .execute();
  await requeue(unit, say, held);
}

async function requeue(unit: Unit, say: Say, held: { id: string; conversation_id: string }[]): Promise<void> {
  if (held.length === 0) return;
  const conversations = await lockConversations(
    unit.tx,
    held.map((row) => row.conversation_id),
  );
  for (const row of held) {
    const ticket = await lockTicket(unit.tx, row.id);
    const conversation = conversations.get(row.conversation_id);
    if ((ticket.state !== 'assigned' && ticket.state !== 'snoozed') || !conversation) continue;
    const waiting = await queueTicket(unit, ticket, {
      event: {
        type: 'requeued',
        actor: systemActor,
        data: { operatorId: ticket.operator_id, reason: 'operator_lost' },
      },
    });
    await say(unit, conversation, waiting, [notice(waiting, 'operator_left')]);
  }
}

/** Presence as the outside sees it, with what each holds, for `operatorIds` or everybody. */
export async function loadPresences(db: Db, operatorIds?: readonly string[]): Promise<Presence[]> {
  const { rows } = await sql<{
    id: string;
    capacity: number;
    created_at: Date;
    status: PresenceStatus | null;
    reason: Presence['reason'] | null;
    since: Date | null;
    held: number;
    load: number;
    takes_calls: boolean | null;
    in_call: boolean;
  }>`
    select o.id, o.capacity, o.created_at, p.status, p.reason, p.since, p.takes_calls,
      exists (
        select from ticket v where v.operator_id = o.id and v.channel = 'voice' and v.state = 'assigned'
      ) as in_call,
      ${loadOf(sql.ref('o.id'))} as load,
      (select count(*) from ticket t where t.operator_id = o.id and t.state in ('offered', 'assigned')) as held
    from operator o left join presence p on p.operator_id = o.id
    where ${operatorIds ? sql`o.id = any(${[...operatorIds]})` : sql`true`}`.execute(db);
  return rows.map((row) => ({
    operatorId: row.id,
    status: row.status ?? 'offline',
    reason: row.reason ?? 'self',
    since: (row.since ?? row.created_at).toISOString(),
    held: row.held,
    load: row.load,
    capacity: row.capacity,
    takesCalls: row.takes_calls ?? false,
    inCall: row.in_call,
  }));
}
