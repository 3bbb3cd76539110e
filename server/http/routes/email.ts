import { z } from 'zod';
import type { AppContext } from '../../context.ts';
import type { Channel } from '../../contract/channel.ts';
import { fileRoutes } from '../../contract/endpoints.ts';
import { AppError } from '../../contract/errors.ts';
import { api } from '../../contract/routes.ts';
import { decodeAgain } from '../../email/decode-again.ts';
import { loadMailboxes } from '../../email/load-mailboxes.ts';
import { emailDocument, emailPolicy, findEmail, readRaw, viewEmail } from '../../email/read-email.ts';
import { mustReachMessage } from '../../operators/desk/reach.ts';
import { headersOf, signedIn } from '../../operators/signed-in.ts';
import type { HttpApp } from '../http-app.ts';
import type { Register } from '../register.ts';
import { mailInlet } from './mail-inlet.ts';

const byId = z.object({ id: z.uuid() });
const bodyQuery = z.object({ images: z.stringbool().optional() });

/** Mails: in by HTTP, and shown in full. */
export function emailRoutes(app: HttpApp, register: Register, context: AppContext): void {
  const { database, files, unitOfWork, city, channels } = context;
  const { db } = database;

  register(api.openEmail, async ({ operator, params }) =>
    viewEmail(db, files, await mustReachMessage(db, operator, params.id)),
  );

  register(api.decodeEmail, async ({ operator, params }) => {
    await mustReachMessage(db, operator, params.id);
    return decodeAgain({ db, files, unitOfWork, channel: emailChannel() }, params.id);
  });

  register(api.listMailboxes, () => loadMailboxes(db, city, context.mail));

  app.get(
    fileRoutes.emailBody(':id'),
    { schema: { tags: ['E-mail'], params: byId, querystring: bodyQuery }, helmet: false },
    async (request, reply) => {
      const operator = await signedIn(context, headersOf(request));
      if (!operator) throw new AppError('unauthenticated');
      await mustReachMessage(db, operator, request.params.id);
      const email = await findEmail(db, request.params.id);
      const images = request.query.images === true;
      return reply
        .header('content-type', 'text/html; charset=utf-8')
        .header('content-security-policy', emailPolicy(images))
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'no-referrer')
        .header('cache-control', 'private, no-store')
        .send(emailDocument(email, images));
    },
  );

  app.get(fileRoutes.emailRaw(':id'), { schema: { tags: ['E-mail'], params: byId } }, async (request, reply) => {
    const operator = await signedIn(context, headersOf(request));
    if (!operator) throw new AppError('unauthenticated');
    await mustReachMessage(db, operator, request.params.id);
    const { raw_key: key } = await findEmail(db, request.params.id);
    if (!key) throw new AppError('not_found');
    return reply
      .header('content-type', 'message/rfc822')
      .header('content-disposition', `attachment; filename="${request.params.id}.eml"`)
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .send(await readRaw(files, key));
  });

  app.register(mailInlet(context, emailChannel));

  function emailChannel(): Channel<unknown> {
    const channel = (channels as ReadonlyMap<string, Channel<unknown>>).get('email');
    if (!channel) throw new AppError('unavailable');
    return channel;
  }
}
