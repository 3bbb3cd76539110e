import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { flag, method, readForm, webAddress } from '../../twilio/read-form.ts';
import { TwilioError } from '../../twilio/twilio-error.ts';
import { isOver } from '../call.ts';
import type { Conference } from '../conference.ts';
import { attend } from '../programme/attend.ts';
import { follow } from '../programme/follow.ts';
import type { Telephony } from '../telephony.ts';
import { createDesk, listOf, ROOT } from './desk.ts';
import { readParticipantOrder } from './participant-order.ts';
import { conferenceResource, participantResource } from './resources.ts';

const ONE = `${ROOT}/Conferences/:conference`;
const SID = /^CF[0-9a-f]{32}$/;
const truth = z.string().transform((value) => value === 'true');
const changeFields = {
  Muted: truth,
  Hold: truth,
  HoldUrl: webAddress,
  HoldMethod: method,
  EndConferenceOnExit: flag,
  Coaching: flag,
  CallSidToCoach: z.string().regex(/^CA[0-9a-f]{32}$/),
  BeepOnExit: flag,
} as const;

/** Conferences and who takes part in them. @see https://www.twilio.com/docs/voice/api/conference-resource */
export function conferenceRoutes(app: FastifyInstance, telephony: Telephony): void {
  const desk = createDesk(telephony);
  const { conferences } = telephony;

  app.get(`${ROOT}/Conferences.json`, (request) => {
    desk.own(request);
    const { FriendlyName: name, Status: status } = desk.query(request);
    const found = [...conferences.all.values()]
      .filter((one) => (!name || one.name === name) && (!status || one.status === status))
      .reverse();
    return listOf('conferences', found.map(conferenceResource), request.url);
  });

  app.get(ONE, (request) => conferenceResource(desk.conference(request)));

  app.post(ONE, (request) => {
    const conference = desk.conference(request);
    const { Status: status } = readForm(desk.form(request), { Status: z.literal('completed') });
    if (conference.status === 'completed') throw desk.missing(request);
    if (status) conferences.end(conference, 'conference-ended-via-api', null);
    return conferenceResource(conference);
  });

  app.get(`${ONE}/Participants.json`, (request) => {
    const conference = desk.conference(request);
    const { Muted: muted, Hold: hold } = desk.query(request);
    const found = [...conference.participants.values()].filter(
      (one) => (!muted || String(one.muted) === muted) && (!hold || String(one.hold) === hold),
    );
    return listOf(
      'participants',
      found.map((one) => participantResource(conference, one)),
      request.url,
    );
  });

  // Here alone a name will do, and a conference that is not there begins.
  app.post(`${ONE}/Participants.json`, (request, reply) => {
    const own = desk.own(request);
    const name = decodeURIComponent(desk.param(request, 'conference'));
    const { order, entrance } = readParticipantOrder(desk.form(request), own);
    const known = SID.test(name) ? conferences.all.get(name) : conferences.find(name);
    if (SID.test(name) && (!known || known.status === 'completed')) throw desk.missing(request);
    if (entrance.coach && !known?.participants.has(entrance.coach)) throw new TwilioError(13240, entrance.coach);
    const conference = known ?? conferences.open(order.account, name, entrance);
    const participant = invite(conference, order, entrance);
    return reply.code(201).send(participantResource(conference, participant));
  });

  function invite(
    conference: Conference,
    order: ReturnType<typeof readParticipantOrder>['order'],
    entrance: ReturnType<typeof readParticipantOrder>['entrance'],
  ) {
    const call = telephony.place({
      ...order,
      answered: (picked) =>
        telephony.begin(picked, async (signal) => {
          if (conference.status === 'completed') return;
          const extra = () => ({});
          await attend(conference, entrance, {
            telephony,
            call: picked,
            signal,
            follow,
            scope: 'call',
            extra,
            pace: { documents: 0 },
          });
        }),
    });
    const participant = conferences.expect(conference, call, entrance);
    participant.release = () => {
      if (!isOver(call)) telephony.end(call, 'canceled');
    };
    call.atEnd.add(() => {
      if (participant.status === 'queued') conferences.missed(conference, participant);
    });
    return participant;
  }

  app.get(`${ONE}/Participants/:participant`, (request) => {
    const { conference, participant } = desk.participant(request);
    return participantResource(conference, participant);
  });

  app.post(`${ONE}/Participants/:participant`, (request) => {
    const { conference, participant } = desk.participant(request);
    const form = readForm(desk.form(request), changeFields, [], { CallSidToCoach: 13240 });
    const coach = form.CallSidToCoach;
    if (coach && !conference.participants.has(coach)) throw new TwilioError(13240, coach);
    if (form.Coaching && !coach && !participant.coach) throw new TwilioError(13240, '');
    conferences.update(conference, participant, {
      ...(form.Muted === undefined ? {} : { muted: form.Muted }),
      ...(form.Hold === undefined ? {} : { hold: form.Hold }),
      ...(form.HoldUrl ? { holdOn: { url: form.HoldUrl, method: form.HoldMethod ?? 'GET' } } : {}),
      ...(form.EndConferenceOnExit === undefined ? {} : { endOnExit: form.EndConferenceOnExit }),
      ...(coach ? { coach, coaching: true } : {}),
      ...(form.Coaching === undefined ? {} : { coaching: form.Coaching }),
    });
    return participantResource(conference, participant);
  });

  app.delete(`${ONE}/Participants/:participant`, (request, reply) => {
    const { participant } = desk.participant(request);
    participant.release('kicked');
    return reply.code(204).send();
  });
}
