import type { FastifyInstance, FastifyRequest } from 'fastify';
import { method, readForm, webAddress } from '../../twilio/read-form.ts';
import { TwilioError } from '../../twilio/twilio-error.ts';
import type { Telephony } from '../telephony.ts';
import { createDesk, listOf, ROOT } from './desk.ts';
import { memberResource, queueResource } from './resources.ts';

/** Queues and who waits in them. @see https://www.twilio.com/docs/voice/api/queue-resource */
export function queueRoutes(app: FastifyInstance, telephony: Telephony): void {
  const desk = createDesk(telephony);
  const { queues, office } = telephony;

  function queueOf(request: FastifyRequest) {
    desk.own(request);
    const queue = queues.all.get(desk.param(request, 'queue'));
    if (!queue) throw desk.missing(request);
    return queue;
  }
  function memberOf(request: FastifyRequest) {
    const queue = queueOf(request);
    const name = desk.param(request, 'member');
    const member = name === 'Front' ? queue.members[0] : queue.members.find(({ call }) => call.sid === name);
    if (!member) throw desk.missing(request);
    return { queue, member };
  }

  app.get(`${ROOT}/Queues.json`, (request) => {
    desk.own(request);
    return listOf('queues', [...queues.all.values()].map(queueResource), request.url);
  });
  app.get(`${ROOT}/Queues/:queue`, (request) => queueResource(queueOf(request)));
  app.get(`${ROOT}/Queues/:queue/Members.json`, (request) => {
    const queue = queueOf(request);
    const now = office.world.now();
    return listOf(
      'queue_members',
      queue.members.map((one) => memberResource(queue, one, now)),
      request.url,
    );
  });
  app.get(`${ROOT}/Queues/:queue/Members/:member`, (request) => {
    const { queue, member } = memberOf(request);
    return memberResource(queue, member, office.world.now());
  });
  app.post(`${ROOT}/Queues/:queue/Members/:member`, (request) => {
    const { queue, member } = memberOf(request);
    const form = readForm(desk.form(request), { Url: webAddress, Method: method }, [], { Url: 21205 });
    if (!form.Url) throw new TwilioError(21205, '');
    const shown = memberResource(queue, member, office.world.now());
    telephony.redirect(member.call, { to: { url: form.Url, method: form.Method ?? 'POST' } });
    return shown;
  });
}
