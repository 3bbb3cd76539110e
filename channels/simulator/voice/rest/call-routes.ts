import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { method, readForm, webAddress, whole } from '../../twilio/read-form.ts';
import { TwilioError } from '../../twilio/twilio-error.ts';
import { isOver } from '../call.ts';
import type { Telephony } from '../telephony.ts';
import { callEvents } from '../twiml/verbs.ts';
import { eventsOf, readCallOrder, sourceOf } from './call-order.ts';
import { createDesk, listOf, ROOT } from './desk.ts';
import { callResource } from './resources.ts';

const updateFields = {
  Url: webAddress,
  Twiml: z.string().max(4_000),
  Method: method,
  Status: z.enum(['canceled', 'completed']),
  FallbackUrl: webAddress,
  FallbackMethod: method,
  StatusCallback: webAddress,
  StatusCallbackMethod: method,
  TimeLimit: whole(1, 86_400),
} as const;

/** Calls of the REST API. @see https://www.twilio.com/docs/voice/api/call-resource */
export function callRoutes(app: FastifyInstance, telephony: Telephony): void {
  const desk = createDesk(telephony);

  app.post(`${ROOT}/Calls.json`, (request, reply) => {
    const { source, ...order } = readCallOrder(desk.form(request), desk.own(request));
    const call = telephony.place({
      ...order,
      answered: (picked) => telephony.begin(picked, telephony.run(picked, source)),
    });
    return reply.code(201).send(callResource(call));
  });

  app.get(`${ROOT}/Calls.json`, (request) => {
    desk.own(request);
    const { Status: status, From: from, To: to, ParentCallSid: parent } = desk.query(request);
    const calls = [...telephony.calls.values()]
      .filter(
        (call) =>
          (!status || call.status === status) &&
          (!from || call.from === from) &&
          (!to || call.to === to) &&
          (!parent || call.parentSid === parent),
      )
      .reverse();
    return listOf('calls', calls.map(callResource), request.url);
  });

  app.get(`${ROOT}/Calls/:call`, (request) => callResource(desk.call(request)));

  app.post(`${ROOT}/Calls/:call`, (request) => {
    const call = desk.call(request);
    const form = readForm(desk.form(request), updateFields, [], { Url: 21205, FallbackUrl: 21205 });
    const source = sourceOf(form);
    if (isOver(call)) throw new TwilioError(21220);
    if (form.Status === 'canceled') {
      if (call.answeredAt) throw new TwilioError(21220);
      telephony.end(call, 'canceled');
    } else if (form.Status === 'completed') {
      telephony.end(call, call.answeredAt ? 'completed' : 'canceled');
    } else {
      if (source && call.status !== 'in-progress') throw new TwilioError(21220);
      if (form.FallbackUrl) call.fallback = { url: form.FallbackUrl, method: form.FallbackMethod ?? 'POST' };
      if (form.StatusCallback) {
        const events = call.reports?.events ?? eventsOf([], callEvents, ['completed']);
        call.reports = { url: form.StatusCallback, method: form.StatusCallbackMethod ?? 'POST', events };
      }
      if (source) telephony.redirect(call, source);
    }
    return callResource(call);
  });

  app.delete(`${ROOT}/Calls/:call`, (request, reply) => {
    const call = desk.call(request);
    if (!isOver(call)) throw new TwilioError(20404, request.url);
    telephony.calls.delete(call.sid);
    return reply.code(204).send();
  });
}
