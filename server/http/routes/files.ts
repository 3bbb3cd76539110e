import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { reachesCaseFile } from '../../cases/case-file-access.ts';
import type { AppContext } from '../../context.ts';
import { fileRoutes } from '../../contract/endpoints.ts';
import { AppError } from '../../contract/errors.ts';
import { may } from '../../contract/permissions.ts';
import { type AttachmentRow, findAttachment, storeAttachment } from '../../files/attachments.ts';
import { type ArrivingFile, findArriving } from '../../media/arriving-file.ts';
import { reachesFile } from '../../operators/desk/reach.ts';
import { headersOf, signedIn } from '../../operators/signed-in.ts';
import { findConversation } from '../../residents/chat-page.ts';
import { transcript } from '../../residents/transcript.ts';
import { localeOf } from '../errors.ts';
import type { HttpApp } from '../http-app.ts';
import { receivedFile } from '../received-file.ts';
import { sendFile } from '../send-file.ts';

/** When to ask again for a file that is on its way. */
const ARRIVES_IN_SECONDS = 5;
const tokenQuery = z.object({ token: z.string().max(300).optional() });

/** Uploads and downloads: what is not JSON. */
export function fileRoutesOf(app: HttpApp, context: AppContext): void {
  const { database, files, visitorTokens, clock } = context;
  const { db } = database;
  const uploads = { config: { rateLimit: { max: 60, timeWindow: 60_000 } }, schema: { tags: ['Files'] } };

  app.post(fileRoutes.chatUpload, uploads, async (request) => {
    const visitor = visitorTokens.read(request.headers.authorization?.replace(/^Bearer /, '') ?? '');
    return storeAttachment({ db, files, clock }, `visitor:${visitor.address}`, await receivedFile(request));
  });

  app.post(fileRoutes.upload, uploads, async (request) => {
    const operator = await signedIn(context, headersOf(request));
    if (!operator) throw new AppError('unauthenticated');
    return storeAttachment({ db, files, clock }, `operator:${operator.id}`, await receivedFile(request));
  });

  app.get(
    fileRoutes.download(':id'),
    { schema: { tags: ['Files'], params: z.object({ id: z.uuid() }), querystring: tokenQuery } },
    async (request, reply) => {
      const arriving = await findArriving(db, request.params.id);
      const file = arriving ?? (await findAttachment(db, request.params.id));
      if (!(await mayRead(request, request.query.token, file))) throw new AppError('not_found');
      if (file.owner === null) throw new AppError('file_arriving', { seconds: ARRIVES_IN_SECONDS });
      return sendFile(reply, files, file, 'private, max-age=31536000, immutable');
    },
  );

  app.get(
    fileRoutes.chatTranscript,
    { schema: { tags: ['Files'], querystring: tokenQuery } },
    async (request, reply): Promise<FastifyReply> => {
      const visitor = visitorTokens.read(request.query.token ?? '');
      const conversation = await findConversation(db, visitor);
      if (!conversation) throw new AppError('not_found');
      const locale = localeOf(request.headers['accept-language']);
      return reply
        .header('content-type', 'text/plain; charset=utf-8')
        .header('content-disposition', 'attachment; filename="conversacion.txt"')
        .header('cache-control', 'no-store')
        .send(await transcript(context, conversation.id, locale));
    },
  );

  /** Its sender, the resident of its conversation, and whoever may see its case or read that far. */
  async function mayRead(
    request: FastifyRequest,
    token: string | undefined,
    file: AttachmentRow | ArrivingFile,
  ): Promise<boolean> {
    if (token) {
      const visitor = visitorTokens.read(token);
      if (file.owner === `visitor:${visitor.address}`) return true;
      return (await findConversation(db, visitor))?.id === file.conversation_id && file.conversation_id !== null;
    }
    const operator = await signedIn(context, headersOf(request));
    if (!operator) return false;
    if (file.owner === `operator:${operator.id}`) return true;
    if (await reachesCaseFile(db, operator, file.id)) return true;
    if (!may(operator, 'contacts.read')) return false;
    if (!file.conversation_id) return false;
    return reachesFile(db, operator, { id: file.id, conversation_id: file.conversation_id });
  }
}
