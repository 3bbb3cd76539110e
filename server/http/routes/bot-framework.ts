import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Config } from '../../config.ts';
import { AppError } from '../../contract/errors.ts';
import { isLoopback } from '../../loopback.ts';
import type { HttpApp } from '../http-app.ts';

/** What takes an activity; see `BotFrameworkChannel.take`. */
export type TakeActivity = (
  authorization: string | undefined,
  body: unknown,
) => Promise<{ status: number; body?: unknown }>;

/**
 * `/api/messages`: where Microsoft's Bot Service brings what is said in Teams and elsewhere.
 *
 * `200` after commit; `401` when the sender is not who they claim, `403` for strangers while no app id is set.
 */
export function botFrameworkRoutes(app: HttpApp, config: Config, take: TakeActivity): void {
  app.post(
    '/api/messages',
    {
      schema: {
        tags: ['Bot Framework'],
        summary: 'An activity of the Bot Framework',
        body: z.looseObject({}).describe('Activity, schema 3.2'),
      },
      // The Bot Service speaks for everybody.
      config: { rateLimit: false },
    },
    async (request, reply) => {
      if (!config.MICROSOFT_APP_ID) mustBeDeveloper(request, config);
      const { status, body } = await take(request.headers.authorization, request.body);
      return reply.code(status).send(body ?? {});
    },
  );
}

/**
 * Without an app id nobody can prove who they are, so only a developer on this machine may try, with a client on this
 * machine: what the server says in answer goes to whatever address the activity names.
 * @throws AppError `forbidden`
 */
function mustBeDeveloper(request: FastifyRequest, { PUBLIC_URL }: Config): void {
  const serviceUrl = z.looseObject({ serviceUrl: z.url() }).safeParse(request.body).data?.serviceUrl;
  const isForwarded = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
  const isPublished = PUBLIC_URL !== undefined && !isLoopback(new URL(PUBLIC_URL).hostname);
  const isHere = isLoopback(request.ip) && (serviceUrl === undefined || isLoopback(new URL(serviceUrl).hostname));
  if (isForwarded || isPublished || !isHere) throw new AppError('forbidden');
}
