import type { AddressInfo } from 'node:net';
import helmet from '@fastify/helmet';
import Fastify from 'fastify';
import { AppError, errorCatalogue, errorMessage } from '../../../server/contract/errors.ts';
import { type ScreenOptions, screenRoutes } from './screen-routes.ts';

/** The page on a server of its own, for telephones of a server elsewhere. */
export async function serveScreen(
  options: ScreenOptions & { port: number },
): Promise<{ url: string; stop(): Promise<void> }> {
  const app = Fastify({ forceCloseConnections: true });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'blob:', 'data:'],
        mediaSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    hsts: false,
  });
  app.setErrorHandler((error, _request, reply) => {
    const { code, details } = error instanceof AppError ? error : new AppError('internal', {}, error);
    return reply
      .code(errorCatalogue[code].status)
      .send({ error: { code, message: errorMessage(code, 'es', details) } });
  });
  await screenRoutes(app, options);
  await app.listen({ port: options.port, host: '127.0.0.1' });
  return { url: `http://localhost:${(app.server.address() as AddressInfo).port}`, stop: () => app.close() };
}
