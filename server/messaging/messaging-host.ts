import { buffer } from 'node:stream/consumers';
import type { AppContext } from '../context.ts';
import { fileRoutes } from '../contract/endpoints.ts';
import type { MessagingHost } from '../contract/messaging.ts';
import { findAttachment } from '../files/attachments.ts';
import { sentBefore } from './sent-before.ts';

/**
 * The server's side of the channels of telephones and social networks.
 * @param publicUrl where providers reach this server; asked when it is needed, because the port may not be known before
 */
export function createMessagingHost(context: AppContext, publicUrl: () => string): MessagingHost {
  const { database, files, fileTokens, city } = context;
  const urlOf = (path: string): string => new URL(path, publicUrl()).href;
  const templates = new Map(city.templates.map((template) => [template.id, template]));
  return {
    async readFile(attachmentId) {
      const { storage_key: key } = await findAttachment(database.db, attachmentId);
      return buffer(await files.read(key));
    },
    publicFileUrl: (attachmentId, reader) => urlOf(fileRoutes.publicFile(fileTokens.issue(attachmentId, reader))),
    statusUrl: urlOf,
    template: (id) => templates.get(id),
    sentBefore: (accountId, address, at) => sentBefore(database.db, accountId, address, at),
  };
}
