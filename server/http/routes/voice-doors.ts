import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { AppError } from '../../contract/errors.ts';
import type { VoiceDoor, VoiceTune } from '../../contract/voice.ts';
import type { HttpApp } from '../http-app.ts';

const description =
  'Of a provider only: the body is checked against its signature before anything is done. `200` with what the caller ' +
  'hears next, or when what is told is stored; `403` unless an account of the city has signed it for this address; ' +
  '`500` when what is told could not be stored: the provider tells it again.';

/** What is played while somebody waits changes with the city's content: rarely, and never within a call. */
const MUSIC_CACHE = 'public, max-age=3600';

/**
 * Where providers ask what a caller hears, and tell what happens to calls. In a scope of its own: signatures are over the
 * bytes of a body, so these are taken as they come.
 * @param publicUrl how providers know this server
 */
export function voiceDoorRoutes(
  doors: readonly VoiceDoor[],
  tune: VoiceTune | null,
  publicUrl: () => string,
): FastifyPluginAsync {
  async function answer(door: VoiceDoor, request: FastifyRequest) {
    const url = `${publicUrl().replace(/\/$/, '')}${request.url}`;
    const rawBody = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    try {
      return await door.answer({ method: request.method, url, headers: request.headers, rawBody });
    } catch (error) {
      if (!(error instanceof AppError)) throw new AppError('internal', undefined, error);
      // Whoever connects a number finds here which address its provider should have signed.
      request.log.warn({ code: error.code, url: url.split('?')[0] }, 'webhook refused');
      throw error;
    }
  }

  return async (plain) => {
    const scope = plain as HttpApp;
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    const config = { rateLimit: false as const };
    for (const door of doors) {
      const schema = { tags: ['Webhooks'], summary: 'A telephone call at a provider', description };
      scope.post(door.path, { bodyLimit: door.bodyLimit, config, schema }, async (request, reply) => {
        const { contentType, body } = await answer(door, request);
        return reply.type(contentType).send(body);
      });
    }
    if (tune) {
      const schema = { tags: ['Webhooks'], summary: 'What callers hear while they wait' };
      scope.get(tune.path, { config, schema }, async (_request, reply) =>
        reply.header('cache-control', MUSIC_CACHE).type(tune.contentType).send(tune.bytes()),
      );
    }
  };
}
