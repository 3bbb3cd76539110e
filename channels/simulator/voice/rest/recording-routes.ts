import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { method, readForm, webAddress } from '../../twilio/read-form.ts';
import { TwilioError } from '../../twilio/twilio-error.ts';
import type { Recording } from '../recordings.ts';
import { soundOf } from '../sound.ts';
import type { Telephony } from '../telephony.ts';
import { recordingEvents } from '../twiml/verbs.ts';
import { eventsOf } from './call-order.ts';
import { createDesk, listOf, ROOT } from './desk.ts';
import { recordingResource } from './resources.ts';

/** In the place of an SID: the one that runs. */
const CURRENT = 'Twilio.CURRENT';
const newFields = {
  RecordingChannels: z.enum(['mono', 'dual']),
  RecordingStatusCallback: webAddress,
  RecordingStatusCallbackMethod: method,
  RecordingTrack: z.enum(['inbound', 'outbound', 'both']),
  Trim: z.enum(['trim-silence', 'do-not-trim']),
} as const;
const changeFields = {
  Status: z.enum(['in-progress', 'paused', 'stopped']),
  PauseBehavior: z.enum(['skip', 'silence']),
} as const;

/** Recordings of calls and conferences, and their sound. @see https://www.twilio.com/docs/voice/api/recording */
export function recordingRoutes(app: FastifyInstance, telephony: Telephony): void {
  const desk = createDesk(telephony);
  const { recordings } = telephony;
  const shown = (recording: Recording) => recordingResource(recording, recordings.urlOf(recording));
  const newest = (where: (recording: Recording) => boolean) => [...recordings.all.values()].filter(where).reverse();
  const withoutEnding = (name: string) => name.replace(/\.(?:wav|mp3)$/, '');

  function find(request: FastifyRequest, where: (recording: Recording) => boolean): Recording {
    desk.own(request);
    const sid = withoutEnding(desk.param(request, 'recording'));
    const found =
      sid === CURRENT
        ? newest(where).find(({ status }) => status === 'in-progress' || status === 'paused')
        : recordings.all.get(sid);
    if (!found || !where(found)) throw desk.missing(request);
    return found;
  }

  app.get(`${ROOT}/Recordings.json`, (request) => {
    desk.own(request);
    const { CallSid: callSid, ConferenceSid: conferenceSid } = desk.query(request);
    const found = newest(
      (one) => (!callSid || one.callSid === callSid) && (!conferenceSid || one.conferenceSid === conferenceSid),
    );
    return listOf('recordings', found.map(shown), request.url);
  });

  app.get(`${ROOT}/Recordings/:recording`, (request, reply) => {
    const { recording: name } = request.params as { recording: string };
    if (name.endsWith('.mp3')) throw desk.missing(request);
    const recording = find(request, () => true);
    if (name.endsWith('.json')) return shown(recording);
    if (recording.status !== 'completed') throw desk.missing(request);
    return reply.header('content-type', 'audio/x-wav').send(soundOf(recording));
  });

  app.delete(`${ROOT}/Recordings/:recording`, (request, reply) => {
    recordings.all.delete(find(request, () => true).sid);
    return reply.code(204).send();
  });

  app.post(`${ROOT}/Calls/:call/Recordings.json`, (request, reply) => {
    const call = desk.call(request);
    const form = readForm(desk.form(request), newFields, ['RecordingStatusCallbackEvent']);
    if (call.status !== 'in-progress') throw new TwilioError(21220);
    const recording = recordings.start({
      account: call.account,
      callSid: call.sid,
      conferenceSid: null,
      source: 'StartCallRecordingAPI',
      reports: form.RecordingStatusCallback
        ? {
            url: form.RecordingStatusCallback,
            method: form.RecordingStatusCallbackMethod ?? 'POST',
            events: eventsOf(form.RecordingStatusCallbackEvent, recordingEvents, ['completed']),
          }
        : null,
    });
    return reply.code(201).send(shown(recording));
  });

  // Those of a conference begin with it: they can be paused and ended, not made.
  for (const owner of ['Calls/:call', 'Conferences/:conference'] as const) {
    const whose = (request: FastifyRequest) => {
      const { sid } = owner === 'Calls/:call' ? desk.call(request) : desk.conference(request);
      return ({ callSid, conferenceSid }: Recording) => callSid === sid || conferenceSid === sid;
    };

    app.get(`${ROOT}/${owner}/Recordings.json`, (request) =>
      listOf('recordings', newest(whose(request)).map(shown), request.url),
    );
    app.get(`${ROOT}/${owner}/Recordings/:recording`, (request) => shown(find(request, whose(request))));
    app.post(`${ROOT}/${owner}/Recordings/:recording`, (request) => {
      const recording = find(request, whose(request));
      const { Status: to, PauseBehavior: how } = readForm(desk.form(request), changeFields);
      if (recording.status !== 'in-progress' && recording.status !== 'paused') throw new TwilioError(21220);
      if (to === 'stopped') recordings.stop(recording);
      else if (to === 'paused' && recording.status === 'in-progress') recordings.pause(recording, how);
      else if (to === 'in-progress' && recording.status === 'paused') recordings.resume(recording);
      return shown(recording);
    });
    app.delete(`${ROOT}/${owner}/Recordings/:recording`, (request, reply) => {
      recordings.all.delete(find(request, whose(request)).sid);
      return reply.code(204).send();
    });
  }
}
