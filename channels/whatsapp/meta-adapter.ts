import { z } from 'zod';
import type { Capabilities, OutboundMessage, SendResult } from '../../server/contract/channel.ts';
import { limits } from '../../server/contract/limits.ts';
import type { MediaPart } from '../../server/contract/message.ts';
import type { MessagingAccount, MessagingHost } from '../../server/contract/messaging.ts';
import { createGraphClient, type GraphClient } from '../meta/graph-client.ts';
import { isMetaAccount, type MetaAccount } from '../meta/meta-account.ts';
import { refusalOf } from '../meta/meta-errors.ts';
import { fetchById } from '../meta/meta-files.ts';
import type { WhatsAppAdapter } from './adapter.ts';
import { choiceLimits } from './meta-choices.ts';
import { decodeMeta } from './meta-decode.ts';
import { addressed, fileContent, locationContent, partOf, templateContent, wordsContent } from './meta-encode.ts';
import { kindOf, upload } from './meta-media.ts';

const capabilities: Capabilities = {
  parts: new Set(['text', 'media', 'location', 'choices', 'template']),
  textLength: 4_096,
  delivery: 'push',
  typing: false,
  notices: true,
  pieces: 'many',
  choices: choiceLimits,
  settleSeconds: 4,
  windowHours: 24,
};

const sourceSchema = z.object({ id: z.string(), sha256: z.string().optional() });
const sentSchema = z.object({ messages: z.array(z.object({ id: z.string().min(1) })).min(1) });

/** WhatsApp by Meta's Cloud API. */
export function createMetaAdapter(host: MessagingHost): WhatsAppAdapter {
  async function send(account: MetaAccount, { to, message, locale }: OutboundMessage): Promise<SendResult> {
    const graph = createGraphClient(account.settings);
    const content = await contentOf(graph, account, message.parts, locale);
    if ('refused' in content) return content.refused;
    const answer = await graph.post(`/${account.settings.objectId}/messages`, addressed(to, content.content));
    if (!answer.ok) return refusalOf(answer.error);
    return { outcome: 'accepted', providerMessageId: sentSchema.parse(answer.body).messages[0]?.id };
  }

  async function contentOf(
    graph: GraphClient,
    account: MetaAccount,
    parts: OutboundMessage['message']['parts'],
    locale: OutboundMessage['locale'],
  ): Promise<{ content: object } | { refused: SendResult }> {
    const location = partOf(parts, 'location');
    if (location) return { content: locationContent(location) };
    const template = partOf(parts, 'template');
    if (template) {
      const known = host.template(template.templateId);
      return known ? { content: templateContent(known, template) } : { refused: templateGone };
    }
    const file = partOf(parts, 'media');
    if (!file) return { content: wordsContent(parts, locale) };
    const kind = kindOf(file);
    if (!kind) return { content: linkContent(file, locale) };
    const uploaded = await upload(graph, host, account, file);
    return 'refused' in uploaded ? uploaded : { content: fileContent(kind, uploaded.id, file, parts) };
  }

  /** What WhatsApp does not carry can be had from us. */
  const linkContent = ({ attachmentId, name }: MediaPart, locale: OutboundMessage['locale']): object =>
    wordsContent([{ type: 'text', text: `${name}\n${host.publicFileUrl(attachmentId, 'person')}` }], locale);

  return {
    capabilities,
    decode: ({ id: accountId }, body) => decodeMeta({ accountId, body }),
    send: (account, message) => send(metaAccountOf(account), message),
    async fetchMedia(account, source) {
      const { id, sha256 } = sourceSchema.parse(source);
      return fetchById(metaAccountOf(account).settings, id, sha256, limits.fileBytes);
    },
  };
}

const templateGone: SendResult = {
  outcome: 'rejected',
  permanent: true,
  providerCode: 'template_unknown',
  reason: 'La plantilla ya no está en el contenido de la ciudad. Elige otra.',
};

/** The channel hands over its accounts by provider. */
function metaAccountOf(account: MessagingAccount): MetaAccount {
  if (!isMetaAccount(account)) throw new Error(`${account.id} is no account at Meta`);
  return account;
}
