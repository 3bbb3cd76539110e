import { isOver } from './call.ts';
import type { Conference, Participant } from './conference.ts';
import type { Fields, Office } from './office.ts';
import type { ConferenceEvent } from './twiml/verbs.ts';

/** Names of the events in the requests that tell of them. */
const names = {
  start: 'conference-start',
  end: 'conference-end',
  join: 'participant-join',
  leave: 'participant-leave',
  mute: 'participant-mute',
  unmute: 'participant-unmute',
  hold: 'participant-hold',
  unhold: 'participant-unhold',
  modify: 'participant-modify',
} as const;

/** Tells the city what happened in a conference. @see https://www.twilio.com/docs/voice/twiml/conference#statuscallback */
export function tellOf(
  office: Office,
  conference: Conference,
  event: keyof typeof names,
  participant: Participant | null = null,
  more: Fields = {},
): void {
  const wanted = ({ unmute: 'mute', unhold: 'hold' } as Record<string, ConferenceEvent>)[event] ?? event;
  conference.sequence += 1;
  conference.updatedAt = office.world.now();
  const fields: Fields = {
    ConferenceSid: conference.sid,
    FriendlyName: conference.name,
    AccountSid: conference.account.settings.accountSid,
    SequenceNumber: String(conference.sequence),
    Timestamp: office.rfcNow(),
    StatusCallbackEvent: names[event],
    ...(participant ? fieldsOf(participant) : {}),
    ...more,
  };
  office.notify(conference.account, conference.reports, wanted, fields, `conference ${conference.sid}`);
}

function fieldsOf(participant: Participant): Fields {
  const { call, label, muted, hold, coaching, coach, startOnEnter, endOnExit } = participant;
  return {
    CallSid: call.sid,
    ...(label ? { ParticipantLabel: label } : {}),
    Muted: String(muted),
    Hold: String(hold),
    Coaching: String(coaching),
    ...(coach ? { CallSidToCoach: coach } : {}),
    StartConferenceOnEnter: String(startOnEnter),
    EndConferenceOnExit: String(endOnExit),
  };
}

/** Why somebody is not there any more, as the event says it. */
export function whyLeft({ call }: Participant, conference: Conference, kicked: boolean): Fields {
  const reason = () => {
    if (conference.reason && conference.endedBy !== call.sid) return 'moderator_ended_conference';
    if (kicked) return 'participant_updated_via_api';
    return isOver(call) ? 'participant_hung_up' : 'participant_updated_via_api';
  };
  return { ParticipantCallStatus: call.status, ReasonParticipantLeft: reason() };
}
