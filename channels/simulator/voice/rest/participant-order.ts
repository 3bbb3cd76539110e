import { z } from 'zod';
import { flag, method, readForm, webAddress, whole } from '../../twilio/read-form.ts';
import type { TwilioAccount } from '../../twilio/twilio-account.ts';
import { TwilioError } from '../../twilio/twilio-error.ts';
import type { Entrance } from '../conference.ts';
import type { CallOrder } from '../telephony.ts';
import { recordingEvents, roomEvents } from '../twiml/verbs.ts';
import { dialFields, endsOf, eventsOf, reportsOf } from './call-order.ts';

const RING_BUFFER = 5;
const truth = z.string().transform((value) => value === 'true');

const fields = {
  ...dialFields,
  Label: z.string().max(128),
  Muted: truth,
  Beep: z.enum(['true', 'false', 'onEnter', 'onExit']),
  StartConferenceOnEnter: flag,
  EndConferenceOnExit: flag,
  WaitUrl: webAddress,
  WaitMethod: method,
  EarlyMedia: flag,
  MaxParticipants: whole(2, 250),
  ConferenceRecord: z.enum(['true', 'false', 'record-from-start', 'do-not-record']),
  ConferenceTrim: z.enum(['trim-silence', 'do-not-trim']),
  ConferenceStatusCallback: webAddress,
  ConferenceStatusCallbackMethod: method,
  ConferenceRecordingStatusCallback: webAddress,
  ConferenceRecordingStatusCallbackMethod: method,
  Coaching: flag,
  CallSidToCoach: z.string().regex(/^CA[0-9a-f]{32}$/),
  JitterBufferSize: z.enum(['off', 'small', 'medium', 'large']),
  Region: z.string(),
} as const;
const lists = [
  'StatusCallbackEvent',
  'ConferenceStatusCallbackEvent',
  'ConferenceRecordingStatusCallbackEvent',
] as const;

/** Who is to be called into a conference, and how they take part. @throws TwilioError */
export function readParticipantOrder(
  body: URLSearchParams,
  own: TwilioAccount[],
): { order: Omit<CallOrder, 'answered'>; entrance: Entrance } {
  const form = readForm(body, fields, lists, { Timeout: 21208, StatusCallback: 21609, CallSidToCoach: 13240 });
  if (form.Coaching && !form.CallSidToCoach) throw new TwilioError(13240, '');
  return {
    order: {
      ...endsOf(form, own),
      direction: 'outbound-api',
      ringSeconds: (form.Timeout ?? 60) + RING_BUFFER,
      reports: reportsOf(form),
      ...(form.TimeLimit ? { timeLimit: form.TimeLimit } : {}),
    },
    entrance: {
      label: form.Label ?? null,
      muted: form.Muted ?? false,
      beep: form.Beep ?? 'true',
      startOnEnter: form.StartConferenceOnEnter ?? true,
      endOnExit: form.EndConferenceOnExit ?? false,
      wait: body.has('WaitUrl') ? { url: form.WaitUrl ?? '', method: form.WaitMethod ?? 'POST' } : null,
      coach: form.Coaching === false ? null : (form.CallSidToCoach ?? null),
      mostParticipants: form.MaxParticipants ?? 250,
      record: form.ConferenceRecord === 'true' || form.ConferenceRecord === 'record-from-start',
      reports: form.ConferenceStatusCallback
        ? {
            url: form.ConferenceStatusCallback,
            method: form.ConferenceStatusCallbackMethod ?? 'POST',
            events: eventsOf(form.ConferenceStatusCallbackEvent, roomEvents, ['start', 'end']),
          }
        : null,
      recordingReports: form.ConferenceRecordingStatusCallback
        ? {
            url: form.ConferenceRecordingStatusCallback,
            method: form.ConferenceRecordingStatusCallbackMethod ?? 'POST',
            events: eventsOf(form.ConferenceRecordingStatusCallbackEvent, recordingEvents, ['completed']),
          }
        : null,
    },
  };
}
