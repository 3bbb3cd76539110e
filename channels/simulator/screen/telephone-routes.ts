import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { callSignalSchema } from '../../../server/contract/call-room.ts';
import type { Simulator } from '../create-simulator.ts';
import { createBrowserTelephones } from '../voice/phone/browser-telephones.ts';
import { eventStream } from './event-stream.ts';
import { parse, tried } from './parse.ts';

const sid = z.string().regex(/^CA[0-9a-f]{32}$/);
const legSchema = z.object({ legSid: sid });
const signalSchema = z.object({ from: sid, to: sid, signal: callSignalSchema });
const saySchema = legSchema.extend({ text: z.string().trim().min(1).max(1_000) });
const identitySchema = z.object({ identity: z.string().regex(/^[\w.@-]{1,256}$/) });
const ROOT = '/simulator/telephone/:identity';

/** Telephones in browsers: the operator's in the console, the resident's on the page. */
export function telephoneRoutes(app: FastifyInstance, { telephony }: Simulator): void {
  const hidden = { schema: { hide: true } };
  const telephones = createBrowserTelephones(telephony);
  app.addHook('onClose', async () => telephones.stop());
  const identityOf = (params: unknown) => parse(identitySchema, params).identity;

  app.get(ROOT, hidden, (request, reply) => {
    const identity = identityOf(request.params);
    const stream = eventStream(request, reply);
    const close = telephones.open(identity, request.headers['last-event-id'] !== undefined, stream.tell);
    stream.onClose(close);
  });

  const acts = {
    answer: telephony.answer,
    decline: telephony.decline,
    'hang-up': telephony.hangUp,
  };
  for (const [name, act] of Object.entries(acts)) {
    app.post(`${ROOT}/${name}`, hidden, (request) => {
      const { legSid } = parse(legSchema, request.body);
      act(tried(() => telephones.call(identityOf(request.params), legSid)));
      return {};
    });
  }

  app.post(`${ROOT}/signal`, hidden, (request) => {
    const signal = parse(signalSchema, request.body);
    tried(() => telephones.signal(identityOf(request.params), signal));
    return {};
  });

  app.post(`${ROOT}/say`, hidden, (request) => {
    const { legSid, text } = parse(saySchema, request.body);
    telephony.speak(
      tried(() => telephones.call(identityOf(request.params), legSid)),
      text,
    );
    return {};
  });

  // The line itself is the sign of life.
  app.post(`${ROOT}/alive`, hidden, () => ({}));
}
