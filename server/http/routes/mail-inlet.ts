import { timingSafeEqual } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { AppContext } from '../../context.ts';
import type { Channel } from '../../contract/channel.ts';
import { fileRoutes } from '../../contract/endpoints.ts';
import { AppError } from '../../contract/errors.ts';
import { slugSchema } from '../../contract/http.ts';
import { limits } from '../../contract/limits.ts';
import { EMAIL_ACCOUNT } from '../../email/mailboxes.ts';
import type { HttpApp } from '../http-app.ts';

const byMailbox = z.object({ id: slugSchema });
/** Whatever an MTA calls a mail: its bytes are taken as they are. */
const MAIL_TYPES = ['message/rfc822', 'text/plain', 'application/octet-stream'];

/**
 * Raw mails from an MTA. In a scope of its own: no other route takes such types, nor bodies of that size.
 *
 * `201` when the mail was stored, `200` when it was before, or was no message (a bounce, our own mail); always after
 * commit. `401` without the token, `413` beyond `limits.mailBytes`, `422` for what is no mail at all.
 */
export function mailInlet(context: AppContext, emailChannel: () => Channel<unknown>): FastifyPluginAsync {
  const { city, ingest, config } = context;
  return async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(MAIL_TYPES, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    (scope as HttpApp).post(
      fileRoutes.mailInlet(':id'),
      {
        bodyLimit: limits.mailBytes,
        // One MTA speaks for everybody.
        config: { rateLimit: false },
        schema: { tags: ['E-mail'], summary: 'A raw mail, from an MTA', params: byMailbox },
        onRequest: async ({ headers }) => {
          mustHoldToken(headers.authorization, config.MAIL_INLET_TOKEN);
          if (Number(headers['content-length']) <= limits.mailBytes || !headers['content-length']) return;
          throw new AppError('file_too_large', { max: limits.mailBytes / 1_048_576 });
        },
      },
      async (request, reply) => {
        const { id: mailbox } = request.params;
        if (!city.mailboxes.some(({ id }) => id === mailbox)) throw new AppError('not_found');
        if (!Buffer.isBuffer(request.body)) throw new AppError('invalid_input');
        const mail = { mailbox, raw: request.body, refusable: true };
        const [receipt] = await ingest.receive(EMAIL_ACCOUNT, emailChannel(), mail);
        return reply.code(receipt && !receipt.duplicate ? 201 : 200).send({
          conversationId: receipt?.conversationId ?? null,
          ticketId: receipt?.ticketId ?? null,
          messageId: receipt?.messageId ?? null,
          duplicate: receipt?.duplicate ?? false,
        });
      },
    );
  };
}

/** @throws AppError `unauthenticated`, `not_found` while no token is set: then the door is not there */
function mustHoldToken(header: string | undefined, token: string | undefined): void {
  if (!token) throw new AppError('not_found');
  const given = Buffer.from(header?.replace(/^Bearer /, '') ?? '');
  const wanted = Buffer.from(token);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new AppError('unauthenticated');
}
