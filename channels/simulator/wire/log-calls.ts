import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WireLog } from '../world/wire-log.ts';

/** Writes down what the city's server asks, and what it is answered. */
export function logCalls(app: FastifyInstance, wire: WireLog): void {
  app.addHook('onSend', async (request, reply, payload) => {
    wire.add({
      provider: request.url.startsWith('/2010') || request.url.startsWith('/media.twilio') ? 'twilio' : 'meta',
      kind: 'call',
      method: request.method,
      // Without its query, where tokens may stand.
      path: request.url.split('?')[0] ?? '',
      request: wordsOf(request),
      status: reply.statusCode,
      response: typeof payload === 'string' ? payload : '',
    });
    return payload;
  });
}

function wordsOf({ body }: FastifyRequest): string {
  if (typeof body === 'string') return body;
  return body === undefined ? '' : JSON.stringify(body);
}
