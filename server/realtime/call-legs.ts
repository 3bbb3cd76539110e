import type { z } from 'zod';
import { refOf } from '../calls/find-call.ts';
import { findWebCall, type WebCall } from '../calls/web-call.ts';
import type { AppContext } from '../context.ts';
import type { CallLeg } from '../contract/call.ts';
import { AppError } from '../contract/errors.ts';
import { inOrder } from '../contract/in-order.ts';
import { type CallLegEvents, callAliveSchema, callLegRefSchema, callSignalingSchema } from '../contract/socket.ts';
import type { CallFact, CallHost, CallSockets } from '../contract/voice.ts';
import { visitorOf } from '../contract/web-call.ts';
import { meets, roomFor } from '../contract/who-hears.ts';
import { allowance, type Rate } from './allowance.ts';
import { answerEvents } from './answer-events.ts';

/** Finding a way takes a dozen signals a pair; a room has few people. */
const SIGNALS: Rate = { perSecond: 20, burst: 200 };
const OTHERS: Rate = { perSecond: 3, burst: 20 };

type CallRow = Parameters<typeof refOf>[0] & { turn: number };

/** Who is behind a connection, and which legs of a call are theirs. */
export interface LegHolder {
  locale: Parameters<typeof answerEvents>[1]['locale'];
  /** @throws AppError `not_found` where they have no part in it, or no longer */
  callOf(callId: string): Promise<CallRow>;
  owns(leg: CallLeg): boolean;
}

export interface CallParts {
  context: Pick<AppContext, 'database' | 'clock' | 'log'>;
  host: Pick<CallHost, 'next' | 'report'>;
  sockets: CallSockets;
}

/** Answers what somebody's leg says, whoever they are: only their own legs speak, only to people of the same room. */
export function serveLegs(socket: unknown, { context, host, sockets }: CallParts, holder: LegHolder): void {
  const { clock, log } = context;
  const { db } = context.database;
  const signals = allowance(SIGNALS);
  const others = allowance(OTHERS);
  const on = answerEvents<keyof CallLegEvents>(socket, {
    locale: holder.locale,
    log,
    meter: (event) => (event === 'call.signal' ? signals() : others()),
  });

  /** @throws AppError `not_found` */
  async function ownLeg(callId: string, legId: string): Promise<{ call: CallRow; room: WebCall; leg: CallLeg }> {
    const call = await holder.callOf(callId);
    const room = await findWebCall(db, callId);
    const leg = room?.legs.find(({ id }) => id === legId);
    if (!room || room.isOver || !leg || !holder.owns(leg) || isGone(leg)) throw new AppError('not_found');
    return { call, room, leg };
  }

  /** The room as it stands now. @throws AppError `not_found` when the leg is over */
  async function roomOf(callId: string, legId: string) {
    const { room, leg } = await ownLeg(callId, legId);
    return { room: roomFor(leg, room) };
  }

  const seen = (legId: string, quality?: number) =>
    db
      .updateTable('call_leg')
      .set({ seen_at: clock.now(), ...(quality === undefined ? {} : { quality }) })
      .where('id', '=', legId)
      .execute();

  on('call.join', callLegRefSchema, async ({ callId, legId }) => {
    const { call, leg } = await ownLeg(callId, legId);
    await seen(legId);
    if (leg.state !== 'joined' || leg.role === 'citizen')
      await host.report(refOf(call), [joined(leg, call, clock.now())]);
    return roomOf(callId, legId);
  });

  on('call.alive', callAliveSchema, async ({ callId, legId, quality }) => {
    const room = await roomOf(callId, legId);
    await seen(legId, quality);
    return room;
  });

  // As they were said: an offer that comes behind the answer which put it aside would be taken for a new one, and
  // one side would go on listening where nobody speaks.
  const afterTheLast = inOrder();
  const passOn = async (signal: z.output<typeof callSignalingSchema>) => {
    const { call, room, leg } = await ownLeg(signal.callId, signal.from);
    const to = room.legs.find(({ id }) => id === signal.to);
    if (leg.state !== 'joined' || to?.state !== 'joined' || !meets(leg, to)) throw new AppError('not_found');
    if (to.role === 'citizen') sockets.toVisitor(visitorOf(refOf(call).providerCallId), 'call.signal', signal);
    else if (to.operatorId) sockets.toOperator(to.operatorId, 'call.signal', signal);
    return {};
  };
  on('call.signal', callSignalingSchema, (signal) => afterTheLast(() => passOn(signal)));

  on('call.leave', callLegRefSchema, async ({ callId, legId }) => {
    const { call, leg } = await ownLeg(callId, legId);
    await host.report(refOf(call), [left(leg, call, clock.now())]);
    return {};
  });
}

/** The citizen comes and goes; for anybody else a leg is one stay. */
const isGone = ({ role, state }: CallLeg): boolean => role !== 'citizen' && (state === 'left' || state === 'unreached');

/** A citizen has as many stays as there are steps that led them into the room. */
const stay = (leg: CallLeg, call: CallRow): string => (leg.role === 'citizen' ? `${leg.id}:${call.turn}` : leg.id);

export const joined = (leg: CallLeg, call: CallRow, at: Date): CallFact => ({
  key: `joined:${stay(leg, call)}`,
  at,
  order: 1,
  what: { kind: 'joined', legId: leg.id },
});

export const left = (leg: CallLeg, call: CallRow, at: Date): CallFact =>
  leg.state === 'ringing'
    ? { key: `unreached:${leg.id}`, at, order: 0, what: { kind: 'unreached', legId: leg.id, reason: 'declined' } }
    : { key: `left:${stay(leg, call)}`, at, order: 0, what: { kind: 'left', legId: leg.id } };
