import { rfc2822 } from '../../twilio/message-resource.ts';
import { phoneNumberSid } from '../../twilio/phone-number.ts';
import { durationOf, type VoiceCall } from '../call.ts';
import type { Conference, Participant } from '../conference.ts';
import { averageWait, type CallQueue, type QueueMember } from '../queues.ts';
import { type Recording, secondsOf } from '../recordings.ts';

const VERSION = '2010-04-01';
const below = (accountSid: string, path: string) => `/${VERSION}/Accounts/${accountSid}/${path}`;
const orNull = (at: Date | null) => (at ? rfc2822(at) : null);

/** A call as Twilio's API shows it. */
export function callResource(call: VoiceCall) {
  const { account, sid, from, to, endedAt, answeredAt, updatedAt, createdAt } = call;
  const { accountSid } = account.settings;
  const path = below(accountSid, `Calls/${sid}`);
  return {
    sid,
    account_sid: accountSid,
    parent_call_sid: call.parentSid,
    from,
    from_formatted: from,
    to,
    to_formatted: to,
    phone_number_sid: phoneNumberSid(account.id),
    status: call.status,
    direction: call.direction,
    date_created: rfc2822(createdAt),
    date_updated: rfc2822(updatedAt),
    start_time: orNull(answeredAt ?? (endedAt ? createdAt : null)),
    end_time: orNull(endedAt),
    duration: endedAt ? String(durationOf(call, endedAt)) : null,
    price: null,
    price_unit: 'USD',
    answered_by: null,
    api_version: VERSION,
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: '0',
    trunk_sid: null,
    uri: `${path}.json`,
    subresource_uris: { recordings: `${path}/Recordings.json` },
  };
}

export function conferenceResource(conference: Conference) {
  const { accountSid } = conference.account.settings;
  const path = below(accountSid, `Conferences/${conference.sid}`);
  return {
    sid: conference.sid,
    account_sid: accountSid,
    friendly_name: conference.name,
    status: conference.status,
    date_created: rfc2822(conference.createdAt),
    date_updated: rfc2822(conference.updatedAt),
    api_version: VERSION,
    region: 'us1',
    reason_conference_ended: conference.reason,
    call_sid_ending_conference: conference.endedBy,
    uri: `${path}.json`,
    subresource_uris: { participants: `${path}/Participants.json`, recordings: `${path}/Recordings.json` },
  };
}

export function participantResource({ sid, account }: Conference, participant: Participant) {
  const { accountSid } = account.settings;
  const { call, label, coach } = participant;
  return {
    account_sid: accountSid,
    call_sid: call.sid,
    label,
    conference_sid: sid,
    muted: participant.muted,
    hold: participant.hold,
    coaching: participant.coaching,
    call_sid_to_coach: coach,
    start_conference_on_enter: participant.startOnEnter,
    end_conference_on_exit: participant.endOnExit,
    status: participant.status === 'queued' && call.status === 'ringing' ? 'ringing' : participant.status,
    queue_time: null,
    date_created: rfc2822(participant.createdAt),
    date_updated: rfc2822(participant.updatedAt),
    uri: `${below(accountSid, `Conferences/${sid}/Participants/${call.sid}`)}.json`,
  };
}

export function recordingResource(recording: Recording, mediaUrl: string) {
  const { accountSid } = recording.account.settings;
  const path = below(accountSid, `Recordings/${recording.sid}`);
  const isDone = recording.status === 'completed';
  return {
    sid: recording.sid,
    account_sid: accountSid,
    call_sid: recording.callSid,
    conference_sid: recording.conferenceSid,
    status: recording.status,
    source: recording.source,
    channels: 1,
    track: 'both',
    duration: isDone ? String(secondsOf(recording)) : '-1',
    start_time: rfc2822(recording.startedAt),
    date_created: rfc2822(recording.startedAt),
    date_updated: rfc2822(recording.updatedAt),
    price: null,
    price_unit: 'USD',
    error_code: null,
    encryption_details: null,
    api_version: VERSION,
    media_url: mediaUrl,
    uri: `${path}.json`,
    subresource_uris: {},
  };
}

export function queueResource(queue: CallQueue) {
  const { accountSid } = queue.account.settings;
  return {
    sid: queue.sid,
    account_sid: accountSid,
    friendly_name: queue.name,
    current_size: queue.members.length,
    average_wait_time: averageWait(queue),
    max_size: queue.maxSize,
    date_created: rfc2822(queue.createdAt),
    date_updated: rfc2822(queue.updatedAt),
    uri: `${below(accountSid, `Queues/${queue.sid}`)}.json`,
  };
}

export function memberResource(queue: CallQueue, member: QueueMember, now: Date) {
  const { accountSid } = queue.account.settings;
  return {
    call_sid: member.call.sid,
    queue_sid: queue.sid,
    date_enqueued: rfc2822(member.since),
    position: queue.members.indexOf(member) + 1,
    wait_time: Math.round((now.getTime() - member.since.getTime()) / 1_000),
    uri: `${below(accountSid, `Queues/${queue.sid}/Members/${member.call.sid}`)}.json`,
  };
}
