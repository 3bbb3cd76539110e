import type { CallLeg } from '../../../server/contract/call.ts';
import type { CallFact, CallRef } from '../../../server/contract/voice.ts';
import type { TwilioClient } from '../../twilio/twilio-client.ts';
import { endedFact, isOver, joinedFact, overFact, recordingFact } from './read-facts.ts';
import { findRoom, type Room } from './room.ts';

const MOST_RECORDINGS = 50;

type KnownCall = Awaited<ReturnType<ReturnType<TwilioClient['calls']>['fetch']>>;

/**
 * What Twilio knows of a call, as the facts that it would have told. Of people who are no longer in the room it says no
 * more than that: when they left counts from now.
 */
export async function lookAtCall(
  client: TwilioClient,
  { callId, providerCallId }: CallRef,
  legs: readonly CallLeg[],
  now: Date,
): Promise<CallFact[]> {
  const room = await findRoom(client, callId);
  // Nobody has been called yet: until then it is known by our own id.
  if (providerCallId === callId) return [...cameIn(room, callId), ...wentOut(room, legs, now)];
  const [call, recordings] = await Promise.all([
    fetchCall(client, providerCallId),
    client.recordings.list({ callSid: providerCallId, limit: MOST_RECORDINGS }),
  ]);
  return [
    ...cameIn(room, callId),
    ...wentOut(room, legs, now),
    ...endOf(call, now),
    ...recordings
      .filter((one) => one.status === 'completed' && one.source !== 'RecordVerb')
      .map(({ sid, startTime, dateCreated, duration }) =>
        recordingFact(sid, startTime ?? dateCreated, Math.round(Number(duration) * 1_000)),
      ),
  ];
}

/** @returns null for a call that Twilio knows nothing of: erased there, or of an account that was another's */
async function fetchCall(client: TwilioClient, sid: string): Promise<KnownCall | null> {
  const { refusalOf } = await import('../../twilio/twilio-client.ts');
  try {
    return await client.calls(sid).fetch();
  } catch (error) {
    if (refusalOf(error)?.status === 404) return null;
    throw error;
  }
}

/** Whoever is not known to call is not on the line. */
function endOf(call: KnownCall | null, now: Date): CallFact[] {
  if (!call) return [endedFact('completed', now, '20404')];
  return isOver(call.status) ? [endedFact(call.status, call.endTime ?? now)] : [];
}

const cameIn = (room: Room | null, callId: string): CallFact[] =>
  (room?.participants ?? []).flatMap(({ label, isThere, since }) =>
    label && isThere ? [joinedFact(label, since, 0, label === callId ? `${room?.sid}:seen` : null)] : [],
  );

function wentOut(room: Room | null, legs: readonly CallLeg[], now: Date): CallFact[] {
  const there = new Set(room?.participants.map(({ label }) => label));
  return legs.flatMap((leg): CallFact[] => {
    if (leg.role === 'citizen' || there.has(leg.id)) return [];
    if (leg.state === 'joined') return [overFact(leg.id, 'completed', false, now)];
    return leg.state === 'ringing' ? [overFact(leg.id, 'no-answer', false, now)] : [];
  });
}
