import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AppContext } from '../../context.ts';
import type { Channel } from '../../contract/channel.ts';
import { AppError } from '../../contract/errors.ts';
import type { ProviderInput, WebhookDoor } from '../../contract/messaging.ts';
import { keepUnread } from '../../ingest/raw-inputs.ts';
import type { HttpApp } from '../http-app.ts';

type Taken = ReturnType<WebhookDoor['open']>[number];

const querySchema = z.record(z.string(), z.string().optional().catch(undefined));
const description =
  'Of a provider only: the body is checked against its signature before anything is stored. `200` when all that it ' +
  'holds is stored; `403` unless an account of the city has signed it for this address; `500` when some of it could ' +
  'not be stored: the provider brings it again, and what is stored stays once.';

/**
 * Where providers bring what happened. In a scope of its own: signatures are over the bytes of a body, so these are
 * taken as they come.
 * @param publicUrl how providers know this server: what `Host` says is of whatever proxy stands before it
 */
export function webhooks(
  context: AppContext,
  doors: readonly WebhookDoor[],
  publicUrl: () => string,
): FastifyPluginAsync {
  const { channels, ingest, unitOfWork } = context;

  /** Resolves after commit. */
  async function take({ channel: name, input }: Taken): Promise<void> {
    const channel = name && (channels.get(name) as Channel<ProviderInput> | undefined);
    if (channel) {
      await ingest.receive(input.accountId, channel, input);
      return;
    }
    const unread = { accountId: input.accountId, body: JSON.stringify(input), why: 'unknown account' };
    await unitOfWork((unit) => keepUnread(unit, [unread]));
  }

  function open(door: WebhookDoor, request: FastifyRequest): Taken[] {
    const url = `${publicUrl().replace(/\/$/, '')}${request.url}`;
    const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    try {
      return door.open({ method: request.method, url, headers: request.headers, rawBody });
    } catch (error) {
      // Whoever connects an account finds here which address its provider should have signed.
      if (error instanceof AppError) request.log.warn({ code: error.code, url: url.split('?')[0] }, 'webhook refused');
      throw error;
    }
  }

  return async (plain) => {
    const scope = plain as HttpApp;
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    const config = { rateLimit: false as const };
    for (const door of doors) {
      const { greet } = door;
      if (greet) {
        const schema = { tags: ['Webhooks'], summary: "A provider's handshake" };
        scope.get(door.path, { config, schema }, (request, reply) =>
          reply.type('text/plain').send(greet(querySchema.parse(request.query))),
        );
      }
      const schema = { tags: ['Webhooks'], summary: 'What happened at a provider', description };
      scope.post(door.path, { bodyLimit: door.bodyLimit, config, schema }, async (request, reply) => {
        const done = await Promise.allSettled(open(door, request).map(take));
        const failed = done.find((one) => one.status === 'rejected');
        // Whatever it was, it is ours: a refusal would tell the provider to give up.
        if (failed) throw new AppError('internal', undefined, failed.reason);
        return reply.type(door.answer.contentType).send(door.answer.body);
      });
    }
  };
}
