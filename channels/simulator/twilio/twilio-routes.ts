import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { takeMishap } from '../delivery/take-mishap.ts';
import type { ProviderParts } from '../provider.ts';
import type { SimulatedMessage } from '../world/message.ts';
import { acceptMessage } from './accept-message.ts';
import { authenticate, withoutJson } from './authenticate.ts';
import { checkMessage } from './check-message.ts';
import { mediaOf, messageResource, rfc2822 } from './message-resource.ts';
import { phoneNumber } from './phone-number.ts';
import type { TwilioAccount } from './twilio-account.ts';
import { TwilioError } from './twilio-error.ts';

const ROOT = '/2010-04-01/Accounts/:account';
type Params = Record<'account' | 'message' | 'media' | 'content', string>;

/** Where the file of a message is fetched. */
export function mediaPath({ settings }: TwilioAccount, messageId: string, fileId: string): string {
  return `/2010-04-01/Accounts/${settings.accountSid}/Messages/${messageId}/Media/ME${fileId.padStart(32, '0')}`;
}

const fileIdOf = (mediaSid: string): string => mediaSid.replace(/^ME0*/, '');

/** What of Twilio's REST API the city's server may ask. */
export function twilioRoutes(
  parts: ProviderParts,
  report: (account: TwilioAccount, message: SimulatedMessage) => void,
): (app: FastifyInstance) => void {
  const { world, postman, ownUrl } = parts;

  const authenticated = (request: FastifyRequest) => authenticate(world, request);

  function messageOf(request: FastifyRequest): { message: SimulatedMessage; account: TwilioAccount } {
    const own = authenticated(request);
    const message = world.messages.get(withoutJson((request.params as Params).message));
    const account = own.find(({ id }) => id === message?.accountId);
    if (!message || !account) throw new TwilioError(20404, request.url);
    return { message, account };
  }

  function mediaResource(account: TwilioAccount, message: SimulatedMessage, fileId: string, mimeType: string) {
    const path = mediaPath(account, message.id, fileId);
    return {
      sid: path.slice(-34),
      account_sid: account.settings.accountSid,
      parent_sid: message.id,
      content_type: mimeType,
      date_created: rfc2822(message.at),
      date_updated: rfc2822(message.at),
      uri: `${path}.json`,
    };
  }

  return (app) => {
    app.post(`${ROOT}/Messages.json`, (request, reply) => {
      const own = authenticated(request);
      const checked = checkMessage(new URLSearchParams(String(request.body ?? '')), world, own);
      const message = acceptMessage(parts, checked, takeMishap(postman));
      report(checked.account, message);
      return reply.code(201).send(messageResource(world, message, checked.account));
    });

    app.get(`${ROOT}/Messages/:message`, (request) => {
      const { message, account } = messageOf(request);
      return messageResource(world, message, account);
    });

    app.get(`${ROOT}/Messages/:message/Media.json`, (request) => {
      const { message, account } = messageOf(request);
      return {
        media_list: mediaOf(message.content).map((one) => mediaResource(account, message, one.fileId, one.mimeType)),
      };
    });

    app.get(`${ROOT}/Messages/:message/Media/:media`, (request, reply) => {
      const { message, account } = messageOf(request);
      const { media } = request.params as Params;
      const found = mediaOf(message.content).find(({ fileId }) => fileId === fileIdOf(withoutJson(media)));
      if (!found || !world.files.find(found.fileId)) throw new TwilioError(20404, request.url);
      if (media.endsWith('.json')) return mediaResource(account, message, found.fileId, found.mimeType);
      // The file itself lies elsewhere, under an address that nobody can guess.
      const key = world.identifiers.hex(`media ${found.fileId}`, 32);
      return reply.redirect(`${ownUrl()}/media.twiliocdn.com/${found.fileId}/${key}`, 307);
    });

    app.get('/media.twiliocdn.com/:file/:key', (request, reply) => {
      const { file: id, key } = request.params as { file: string; key: string };
      const file = world.files.find(id);
      if (!file || key !== world.identifiers.hex(`media ${id}`, 32)) throw new TwilioError(20404, request.url);
      return reply.header('content-type', file.mimeType).send(file.bytes);
    });

    app.get(`${ROOT}/IncomingPhoneNumbers.json`, (request) => {
      const { PhoneNumber: asked } = request.query as { PhoneNumber?: string };
      const numbers = authenticated(request).filter(
        ({ address, channel }) => (channel === 'sms' || channel === 'voice') && (!asked || address === asked),
      );
      return { incoming_phone_numbers: numbers.map((account) => phoneNumber(account, parts.cityUrl)) };
    });

    app.get('/2010-04-01/Accounts/:account', (request) => {
      const [{ settings }] = authenticated(request) as [TwilioAccount];
      return {
        sid: settings.accountSid,
        friendly_name: 'Simulated',
        status: 'active',
        type: 'Full',
        owner_account_sid: settings.accountSid,
        date_created: rfc2822(world.now()),
        date_updated: rfc2822(world.now()),
        uri: `/2010-04-01/Accounts/${settings.accountSid}.json`,
      };
    });

    app.get('/v1/Content/:content', (request) => {
      authenticated(request);
      const template = world.templates.find(({ contentSid }) => contentSid === (request.params as Params).content);
      if (!template) throw new TwilioError(20404, request.url);
      const { contentSid, name, language, body } = template;
      return { sid: contentSid, friendly_name: name, language, types: { 'twilio/text': { body } }, variables: {} };
    });

    app.get('/v1/Content/:content/ApprovalRequests', (request) => {
      authenticated(request);
      const template = world.templates.find(({ contentSid }) => contentSid === (request.params as Params).content);
      if (!template) throw new TwilioError(20404, request.url);
      const { contentSid, name, category } = template;
      return {
        sid: contentSid,
        whatsapp: { type: 'whatsapp', name, category, status: 'approved', rejection_reason: '' },
      };
    });

    app.setErrorHandler((error, _request, reply: FastifyReply) => {
      if (!(error instanceof TwilioError)) throw error;
      return reply.code(error.status).send(error.toJSON());
    });
  };
}
