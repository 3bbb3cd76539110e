import type { ParticipantContextUpdateOptions } from 'twilio/lib/rest/api/v2010/account/conference/participant.js';
import type { CallLeg } from '../../../server/contract/call.ts';
import type { CallRef, LegToRing, LineAnswer } from '../../../server/contract/voice.ts';
import type { TwilioAccount } from '../../twilio/twilio-account.ts';
import type { TwilioClient } from '../../twilio/twilio-client.ts';
import { boundedRing, ROOM_EVENTS } from './render-steps.ts';
import type { VoiceUrls } from './voice-urls.ts';

/** More people than ever talk at once. */
const MOST_PEOPLE = 50;

/** Somebody in a room as Twilio knows them. */
export interface Participant {
  label: string;
  callSid: string;
  hold: boolean;
  muted: boolean;
  coaching: boolean;
  callSidToCoach: string | null;
  /** In the room, and not only ringing. */
  isThere: boolean;
  since: Date;
}

export interface Room {
  sid: string;
  participants: Participant[];
}

/** The room of a call as it stands; null: nobody is there, and nobody is rung. */
export async function findRoom(client: TwilioClient, callId: string): Promise<Room | null> {
  const conferences = await client.conferences.list({ friendlyName: callId, limit: 20 });
  const conference = conferences.find(({ status }) => status !== 'completed');
  if (!conference) return null;
  const participants = await client.conferences(conference.sid).participants.list({ limit: MOST_PEOPLE });
  return {
    sid: conference.sid,
    participants: participants.map((one) => ({
      label: one.label ?? '',
      callSid: one.callSid,
      hold: one.hold,
      muted: one.muted,
      coaching: one.coaching,
      callSidToCoach: one.callSidToCoach ?? null,
      isThere: one.status === 'connected',
      since: one.dateCreated,
    })),
  };
}

/** An operator's browser, as Twilio calls it. */
export const identityOf = (operatorId: string): string => `operator_${operatorId.replace(/[^a-zA-Z0-9]/g, '_')}`;

/** Rings somebody into the room. Twilio takes their label once: ordered twice, it rings once. */
export async function ringInto(
  client: TwilioClient,
  { address }: TwilioAccount,
  urls: VoiceUrls,
  { callId }: CallRef,
  leg: LegToRing,
): Promise<LineAnswer> {
  // What stands behind the identity comes along with the ring: the browser knows which leg it is.
  const asked = new URLSearchParams({ callId, legId: leg.legId });
  const to = leg.operatorId ? `client:${identityOf(leg.operatorId)}?${asked}` : leg.number;
  if (!to) return { outcome: 'failed', reason: 'There is nobody to ring' };
  const room = await findRoom(client, callId);
  const coached = leg.whispersTo && room?.participants.find(({ label }) => label === leg.whispersTo)?.callSid;
  if (room?.participants.some(({ label }) => label === leg.legId)) return { outcome: 'done' };
  await client.conferences(callId).participants.create({
    from: address,
    to,
    label: leg.legId,
    timeout: boundedRing(leg.ringSeconds),
    beep: 'false',
    // Ringing tones of somebody who is rung are not for those who talk.
    earlyMedia: false,
    startConferenceOnEnter: true,
    endConferenceOnExit: false,
    waitUrl: urls.music(),
    waitMethod: 'GET',
    muted: leg.silent && !coached,
    ...(coached ? { coaching: true, callSidToCoach: coached } : {}),
    statusCallback: urls.status(callId, leg.legId),
    statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
    conferenceStatusCallback: urls.room(),
    conferenceStatusCallbackEvent: [...ROOM_EVENTS],
  });
  return { outcome: 'done' };
}

/** Brings the people of a room to how their legs stand here; who has left here is let go. */
export async function arrangeRoom(
  client: TwilioClient,
  urls: VoiceUrls,
  { callId }: CallRef,
  legs: readonly CallLeg[],
): Promise<LineAnswer> {
  const room = await findRoom(client, callId);
  if (!room) return { outcome: 'gone' };
  const people = client.conferences(room.sid).participants;
  const callSidOf = (legId: string | null) => room.participants.find(({ label }) => label === legId)?.callSid ?? null;
  for (const participant of room.participants) {
    const leg = legs.find(({ id }) => id === participant.label);
    if (leg && (leg.state === 'left' || leg.state === 'unreached') && leg.role !== 'citizen') {
      await client.calls(participant.callSid).update({ status: 'completed' });
      continue;
    }
    if (!leg || !participant.isThere) continue;
    const change = changeOf(participant, leg, callSidOf(leg.whispersTo), urls);
    if (change) await people(participant.callSid).update(change);
  }
  return { outcome: 'done' };
}

function changeOf(
  there: Participant,
  leg: CallLeg,
  coached: string | null,
  urls: VoiceUrls,
): ParticipantContextUpdateOptions | null {
  const muted = leg.silent && !coached;
  const coaching = coached !== null;
  const change: ParticipantContextUpdateOptions = {
    ...(there.hold === leg.held
      ? {}
      : { hold: leg.held, ...(leg.held ? { holdUrl: urls.music(), holdMethod: 'GET' } : {}) }),
    ...(there.muted === muted ? {} : { muted }),
    ...(there.coaching === coaching && (there.callSidToCoach ?? null) === coached
      ? {}
      : { coaching, ...(coached ? { callSidToCoach: coached } : {}) }),
  };
  return Object.keys(change).length > 0 ? change : null;
}
