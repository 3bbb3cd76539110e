import { sql } from 'kysely';
import type { CallTarget } from '../../contract/call.ts';
import { AppError } from '../../contract/errors.ts';
import { recordEvent } from '../../conversations/change-ticket.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, byName } from '../../operators/actor.ts';
import { isOnCall } from '../../operators/takes-calls.ts';
import { takesContacts } from '../../operators/takes-contacts.ts';
import { lockOperators } from '../../routing/lock-operators.ts';
import { type CallParts, changeCall } from '../change-call.ts';
import { addLeg, type Somebody } from '../ring-leg.ts';
import { setHeld } from './hold-call.ts';
import { mustCallOutside } from './outside-number.ts';
import { consultedOf, mustTalk, type Talk } from './reach-call.ts';

/**
 * The citizen is put on hold and somebody is called: a person, whoever of a queue has been idle longest, or a number.
 * @returns whom to ring
 * @throws AppError as `mustTalk`, `wrong_state` while somebody is consulted already, `not_reachable`, `grant_required`,
 * and as `mustCallOutside`
 */
export async function consult(
  unit: Unit,
  parts: CallParts,
  actor: Actor,
  callId: string,
  to: CallTarget,
): Promise<string> {
  const asked = to.operatorId ?? (to.queueId ? await longestIdleOf(unit, to.queueId, actor.id) : null);
  if (asked) await lockOperators(unit, [actor.id, asked]);
  const talk = await mustTalk(unit, actor, callId);
  if (consultedOf(talk)) throw new AppError('wrong_state');
  const somebody = to.number ? outside(parts, talk, to.number) : await colleague(unit, talk, actor, asked);
  const facts = await setHeld(unit, actor, talk, true);
  const leg = await addLeg(unit, parts.city.calls.ringSeconds, talk.call, somebody);
  await recordEvent(unit, talk.ticket, {
    type: 'call_consulted',
    actor: byName(actor),
    data: {
      callId,
      legId: leg.id,
      operatorId: somebody.operatorId,
      name: somebody.name,
      number: somebody.number ?? null,
    },
  });
  await changeCall(unit, talk.call, {}, facts);
  unit.enqueue('tickets.arrange_call', { callId });
  return leg.id;
}

function outside({ city }: CallParts, { call, ticket }: Talk, number: string): Somebody {
  mustCallOutside(city, call, ticket, number);
  return { role: 'outside', operatorId: null, name: null, number };
}

async function colleague(unit: Unit, { ticket }: Talk, actor: Actor, id: string | null): Promise<Somebody> {
  if (!id || id === actor.id) throw new AppError('not_reachable');
  const person = await unit.tx
    .selectFrom('operator as o')
    .innerJoin('presence as p', 'p.operator_id', 'o.id')
    .select(['o.name', 'o.protected_grant'])
    .where('o.id', '=', id)
    .where('o.disabled', '=', false)
    .where(takesContacts('o'))
    .where('p.takes_calls', '=', true)
    .where('p.status', '<>', 'offline')
    .where('p.lease_until', '>', unit.now)
    .executeTakeFirst();
  if (!person || (await isOnCall(unit, id, null))) throw new AppError('not_reachable');
  if (ticket.protected && !person.protected_grant) throw new AppError('grant_required');
  return { role: 'consulted', operatorId: id, name: person.name };
}

async function longestIdleOf(unit: Unit, queueId: string, besides: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select o.id from queue_operator m join operator o on o.id = m.operator_id join presence p on p.operator_id = o.id
    where m.queue_id = ${queueId} and o.id <> ${besides} and not o.disabled
      and p.status = 'available' and p.takes_calls and p.lease_until > ${unit.now}
      and not exists (
        select from ticket v where v.operator_id = o.id and v.channel = 'voice' and v.state in ('offered', 'assigned'))
      and not exists (select from call_leg l where l.operator_id = o.id and l.state in ('ringing', 'joined'))
    order by p.idle_since, o.id limit 1`.execute(unit.tx);
  return rows[0]?.id ?? null;
}
