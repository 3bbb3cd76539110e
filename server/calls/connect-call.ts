import type { AppContext } from '../context.ts';
import { AppError } from '../contract/errors.ts';
import type { TicketRow } from '../conversations/change-ticket.ts';
import { lockContact } from '../conversations/lock-contact.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { isCallable } from './callable.ts';
import { type CallParts, changeCall, changeLeg, type LockedCall, lockCall, takeOff } from './change-call.ts';
import { mustBeSafe } from './desk/safe-number.ts';
import { endCall } from './end-call.ts';
import { isLive, liveCallOf, liveLegOf } from './find-call.ts';
import { finishWrapUps } from './finish-wrap-up.ts';
import { mustMayCall } from './may-call.ts';
import { openOutgoing } from './outgoing-call.ts';
import { addLeg, ringLeg } from './ring-leg.ts';
import type { OwnFact } from './stored-fact.ts';

type Parts = Pick<AppContext, 'database' | 'unitOfWork' | 'lines' | 'city' | 'say' | 'log'>;

/**
 * Brings a contact's call to where the contact stands: rings the operator who holds it into the room, or calls back who
 * waits for it; takes off who holds it no more. May come twice, late or never.
 */
export async function connectCall(parts: Parts, ticketId: string): Promise<void> {
  const legId = await parts.unitOfWork(async (unit) => {
    const live = await liveCallOf(unit.tx, ticketId);
    if (live) return bringToTicket(parts, unit, await lockCall(unit, live.id));
    const contact = await lockContact(unit, ticketId);
    if (contact.ticket.state !== 'assigned') await finishWrapUps(unit, contact.ticket);
    else return callBack(parts, unit, contact);
  });
  if (legId) await ringLeg(parts, legId);
}

/** @returns whom to ring */
async function bringToTicket(parts: CallParts, unit: Unit, locked: LockedCall): Promise<string | null> {
  const { call, ticket, legs } = locked;
  if (call.ended_at) return null;
  const holder = ticket.state === 'assigned' ? ticket.operator_id : null;
  if (ticket.state !== 'assigned') await finishWrapUps(unit, ticket);
  if (ticket.state === 'bot' || isPassedOn(locked)) return null;
  const strangers = legs.filter(
    (leg) => isLive(leg) && leg.role !== 'citizen' && (leg.role === 'operator' ? leg.operator_id !== holder : !holder),
  );
  const facts = await leave(unit, locked, strangers);
  if (holder === null) {
    if (call.direction === 'out' && (call.stage === 'connecting' || call.stage === 'dialling')) {
      await endCall(parts, unit, locked, { reason: 'cancelled' });
    } else if (facts.length > 0 || call.stage === 'connecting' || call.stage === 'room') {
      const stage = ticket.state === 'closed' ? call.stage : 'queue';
      await changeCall(unit, call, { stage }, facts);
      unit.enqueue('tickets.arrange_call', { callId: call.id });
    }
    return null;
  }
  const leg = liveLegOf(legs, holder);
  if (leg) return leg.state === 'ringing' ? leg.id : null;
  // Whoever was lost comes back by themselves, or not at all.
  if (call.stage !== 'queue' && call.stage !== 'bot' && facts.length === 0) return null;
  const { name } = await operatorOf(unit, holder);
  const added = await addLeg(unit, parts.city.calls.ringSeconds, call, { role: 'operator', operatorId: holder, name });
  await changeCall(unit, call, { stage: 'connecting' }, facts);
  if (facts.length > 0) unit.enqueue('tickets.arrange_call', { callId: call.id });
  return added.id;
}

/** The citizen talks with somebody outside, whatever becomes of the contact. */
const isPassedOn = ({ call, legs }: LockedCall): boolean =>
  call.transfer_to !== null ||
  (legs.some((leg) => leg.role === 'outside' && isLive(leg)) &&
    !legs.some((leg) => leg.role === 'operator' && isLive(leg)));

async function leave(unit: Unit, { legs }: LockedCall, strangers: LockedCall['legs']): Promise<OwnFact[]> {
  const facts = await takeOff(unit, strangers);
  const citizen = legs.find(({ role, held }) => role === 'citizen' && held);
  if (facts.length === 0 || !citizen) return facts;
  await changeLeg(unit, citizen, { held: false });
  return [...facts, { kind: 'resumed', legId: citizen.id }];
}

async function operatorOf(unit: Unit, id: string): Promise<{ name: string }> {
  return unit.tx.selectFrom('operator').select('name').where('id', '=', id).executeTakeFirstOrThrow();
}

/** Somebody has taken the contact of a citizen who waits to be called. Each time it is taken, they are called once. */
async function callBack(
  parts: CallParts,
  unit: Unit,
  contact: Pick<LockedCall, 'ticket' | 'conversation'>,
): Promise<string | null> {
  const { ticket } = contact;
  const callback = await unit.tx
    .selectFrom('callback')
    .selectAll()
    .where('ticket_id', '=', ticket.id)
    .where('done_at', 'is', null)
    .executeTakeFirst();
  if (!callback || !ticket.operator_id || (await wasCalled(unit, ticket))) return null;
  if (!(await mayBeCalled(unit, parts, contact, callback.phone))) {
    // Whoever holds the contact sees that nobody is to be called, and decides.
    await unit.tx.updateTable('callback').set({ done_at: unit.now }).where('ticket_id', '=', ticket.id).execute();
    unit.emit('tickets.changed', [ticket.id]);
    return null;
  }
  await finishWrapUps(unit, ticket);
  const { name } = await operatorOf(unit, ticket.operator_id);
  const { leg } = await openOutgoing(unit, parts, {
    contact,
    accountId: callback.channel_account_id,
    to: callback.phone,
    operator: { type: 'operator', id: ticket.operator_id, name },
  });
  return leg.id;
}

/** What they agreed to, and what the city calls, may have changed since they asked for it. */
async function mayBeCalled(
  unit: Unit,
  { city }: CallParts,
  { ticket, conversation }: Pick<LockedCall, 'ticket' | 'conversation'>,
  phone: string,
): Promise<boolean> {
  if (!isCallable(city, phone)) return false;
  try {
    await mustBeSafe(unit, ticket, phone);
    await mustMayCall(unit, conversation.id, phone);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

async function wasCalled(unit: Unit, ticket: TicketRow): Promise<boolean> {
  const taken = await unit.tx
    .selectFrom('ticket_event')
    .select('at')
    .where('ticket_id', '=', ticket.id)
    .where('type', 'in', ['offer_accepted', 'reopened'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  const call = await unit.tx
    .selectFrom('call')
    .select('id')
    .where('ticket_id', '=', ticket.id)
    .where('direction', '=', 'out')
    .where('created_at', '>=', taken?.at ?? ticket.created_at)
    .limit(1)
    .executeTakeFirst();
  return call !== undefined;
}
