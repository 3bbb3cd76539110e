import type { FastifyInstance, FastifyRequest } from 'fastify';
import { takeMishap } from '../delivery/take-mishap.ts';
import type { ProviderParts } from '../provider.ts';
import { acceptPageMessage, personByScopedId } from './accept-page-message.ts';
import { acceptWhatsApp } from './accept-whatsapp.ts';
import { GraphError } from './graph-error.ts';
import { describeObject } from './graph-objects.ts';
import { isCarried } from './media-kinds.ts';
import { mediaObject, mediaRoutes } from './media-routes.ts';
import { accountsOf, type MetaAccount } from './meta-account.ts';
import { pageRequestSchema, pageTextLength } from './page-request.ts';
import { readUpload } from './read-upload.ts';
import { parsed, readWhatsAppRequest } from './read-whatsapp-request.ts';
import { readReceiptSchema } from './whatsapp-request.ts';

interface Params {
  version: string;
  id: string;
}

/** What of Meta's Graph API the city's server may ask. */
export function graphRoutes(parts: ProviderParts): (app: FastifyInstance) => void {
  const { world, postman } = parts;

  /** The account whose number, page or profile the request names. @throws GraphError */
  function accountOf(request: FastifyRequest): MetaAccount {
    const own = accountsOf(world, request.headers.authorization, request.query);
    const { version, id } = request.params as Params;
    const account = own.find(({ settings }) => id === 'me' || settings.objectId === id);
    if (!account || !/^v\d{1,2}\.\d$/.test(version)) throw new GraphError('noObject', id);
    return account;
  }

  function sendWhatsApp(account: MetaAccount, body: unknown) {
    if (isReadReceipt(body)) {
      const { message_id: id } = parsed(readReceiptSchema, body, '');
      markRead(id, account);
      return { success: true };
    }
    const request = readWhatsAppRequest(body);
    if (request.body.type === 'reaction') {
      const { message_id: id, emoji } = request.body.value;
      const target = world.messages.get(id);
      if (!target || target.accountId !== account.id) throw new GraphError('wrongValue', 'message_id');
      target.reaction = emoji || null;
      world.events.emit('status', target);
      return sent(request.to ?? request.recipient, null, `wamid.${world.identifiers.fresh()}`);
    }
    const { message, person } = acceptWhatsApp(parts, account, request, takeMishap(postman));
    return sent(request.to ?? request.recipient, request.to ? person.waId : person.bsuid, message.id);
  }

  function markRead(id: string, account: MetaAccount): void {
    const target = world.messages.get(id);
    if (!target || target.accountId !== account.id || target.from !== 'person')
      throw new GraphError('wrongValue', 'message_id');
    // Whoever read a message has read what stands above it.
    for (const message of world.messages.values()) {
      const isAbove =
        message.from === 'person' && message.accountId === account.id && message.personId === target.personId;
      if (!isAbove || message.at > target.at || message.status === 'read') continue;
      message.status = 'read';
      world.events.emit('status', message);
    }
  }

  async function sendToPage(account: MetaAccount, body: unknown) {
    const kind = account.channel === 'instagram' ? 'instagram' : 'messenger';
    const request = parsed(pageRequestSchema(pageTextLength[kind]), body, '');
    const recipient = { recipient_id: request.recipient.id };
    if (request.message === undefined) {
      const person = personByScopedId(world, account, request.recipient.id);
      if (!person) throw new GraphError('noSuchPerson');
      const newest = [...world.messages.values()].findLast(
        (one) => one.from === 'person' && one.accountId === account.id && one.personId === person.id,
      );
      if (request.sender_action === 'mark_seen' && newest) markRead(newest.id, account);
      return recipient;
    }
    const message = await acceptPageMessage(parts, account, request, takeMishap(postman));
    return { ...recipient, message_id: message.id };
  }

  return (app) => {
    app.post('/:version/:id/messages', (request) => {
      const account = accountOf(request);
      return account.channel === 'whatsapp' ? sendWhatsApp(account, request.body) : sendToPage(account, request.body);
    });

    app.post('/:version/:id/media', async (request) => {
      accountOf(request);
      const { fields, file } = await readUpload(request);
      if (fields.messaging_product !== 'whatsapp') throw new GraphError('missing', 'messaging_product');
      if (!file) throw new GraphError('missing', 'file');
      const mimeType = fields.type ?? file.mimeType;
      if (!isCarried(mimeType.split(';')[0] ?? '', file.bytes.length))
        throw new GraphError('invalid', `file: ${mimeType}`);
      return { id: world.files.keep({ ...file, mimeType: mimeType.split(';')[0] ?? '' }).id };
    });

    app.post('/:version/:id/message_attachments', async (request) => {
      accountOf(request);
      const { file } = await readUpload(request);
      if (!file) throw new GraphError('missing', 'filedata');
      return { attachment_id: world.files.keep(file).id };
    });

    app.get('/:version/:id', (request) => {
      const own = accountsOf(world, request.headers.authorization, request.query);
      const { id } = request.params as Params;
      return describeObject(parts, own, id, request.query as Record<string, string>) ?? mediaObject(parts, id);
    });

    app.get('/:version/:id/:edge', (request) => {
      const own = accountsOf(world, request.headers.authorization, request.query);
      const { id, edge } = request.params as Params & { edge: string };
      const found = describeObject(parts, own, `${id}/${edge}`, request.query as Record<string, string>);
      if (!found) throw new GraphError('noObject', id);
      return found;
    });

    app.post('/:version/:id/subscribed_apps', (request) => {
      accountsOf(world, request.headers.authorization, request.query);
      return { success: true };
    });

    app.delete('/:version/:id', (request) => {
      accountsOf(world, request.headers.authorization, request.query);
      const { id } = request.params as Params;
      if (!world.files.forget(id)) throw new GraphError('noObject', id);
      return { success: true };
    });

    mediaRoutes(app, parts);

    app.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof GraphError)) throw error;
      return reply.code(error.status).send(error.toAnswer(world.identifiers.fresh().slice(0, 22)));
    });
  };
}

function isReadReceipt(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'status' in body;
}

function sent(input: string | undefined, known: string | null, id: string) {
  const contact = known && !/^[A-Z]{2}\./.test(known) ? { wa_id: known } : known ? { user_id: known } : {};
  return { messaging_product: 'whatsapp', contacts: [{ input, ...contact }], messages: [{ id }] };
}
