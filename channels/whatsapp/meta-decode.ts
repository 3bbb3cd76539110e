import type { InboundChange, InboundEvent, InboundStatus } from '../../server/contract/channel.ts';
import { limits } from '../../server/contract/limits.ts';
import type { Part } from '../../server/contract/message.ts';
import type { ProviderInput } from '../../server/contract/messaging.ts';
import { phoneOf } from '../../server/contract/phone.ts';
import { failureOf } from '../meta/meta-errors.ts';
import { identityOf, movedIdentity } from './meta-identity.ts';
import { contentOf, referralParts } from './meta-parts.ts';
import {
  changeSchema,
  editContentSchema,
  type MetaContact,
  type MetaMessage,
  type MetaStatus,
  mediaContentSchema,
  reactionContentSchema,
  revokeContentSchema,
  systemContentSchema,
  textContentSchema,
  unsupportedContentSchema,
} from './meta-payload.ts';

/** What one change of a webhook of WhatsApp's Cloud API says. @throws Error for what is to be kept as it came */
export function decodeMeta(input: ProviderInput): InboundEvent[] {
  const { contacts, messages, statuses, errors } = changeSchema.parse(input.body).value;
  const [error] = errors;
  if (error) throw new Error(`WhatsApp reports ${error.code}: ${error.error_data?.details ?? error.title ?? ''}`);
  return [
    ...messages.flatMap((message) => decodeMessage(message, contactOf(message, contacts), input)),
    ...statuses.flatMap(decodeStatus),
  ];
}

function contactOf(message: MetaMessage, contacts: MetaContact[]): MetaContact | undefined {
  if (contacts.length <= 1) return contacts[0];
  return contacts.find(
    ({ wa_id, user_id }) => (wa_id && wa_id === message.from) || (user_id && user_id === message.from_user_id),
  );
}

function decodeMessage(message: MetaMessage, contact: MetaContact | undefined, raw: ProviderInput): InboundEvent[] {
  if (message.type === 'system') return decodeMove(message);
  const change = changeOf(message);
  if (change) return [change];

  const content = contentOf(message) ?? { parts: [unsupportedPart(message)], toFetch: [] };
  const isUnread = content.parts.some(({ type }) => type === 'unsupported');
  return [
    {
      type: 'message',
      externalId: message.id,
      from: identityOf(message, contact),
      parts: [...referralParts(message.referral), ...content.parts].slice(0, limits.storedParts),
      ...(message.timestamp ? { sentAt: new Date(message.timestamp * 1_000).toISOString() } : {}),
      ...(message.context?.id ? { repliesTo: message.context.id } : {}),
      ...(content.toFetch.length > 0 ? { toFetch: content.toFetch } : {}),
      ...(isUnread ? { raw: JSON.stringify(raw) } : {}),
    },
  ];
}

function unsupportedPart(message: MetaMessage): Part {
  const named = unsupportedContentSchema.safeParse(message[message.type]);
  const kind = message.type === 'unsupported' && named.success ? named.data.type : message.type;
  return { type: 'unsupported', kind: kind.slice(0, 120) };
}

/** What was done to a message that was sent before; null for a message of its own. */
function changeOf({ id: externalId, type, ...message }: MetaMessage): InboundChange | null {
  const made = (target: string, change: InboundChange['change']): InboundChange => ({
    type: 'change',
    externalId,
    target,
    change,
  });
  if (type === 'reaction') {
    const { message_id: target, emoji } = reactionContentSchema.parse(message.reaction);
    return made(target, { kind: 'reaction', emoji: emoji?.slice(0, 40) || null });
  }
  if (type === 'revoke') {
    return made(revokeContentSchema.parse(message.revoke).original_message_id, { kind: 'deleted' });
  }
  if (type === 'edit') {
    const { original_message_id: target, message: now } = editContentSchema.parse(message.edit);
    const text =
      textContentSchema.safeParse(now.text).data?.body ?? mediaContentSchema.safeParse(now[now.type]).data?.caption;
    if (!text?.trim()) throw new Error('An edit without words');
    return made(target, { kind: 'edited', text: text.slice(0, limits.storedTextLength) });
  }
  return null;
}

/** Somebody has a new number or id, and is to be found by both. Nobody waits for an answer to that. */
function decodeMove(message: MetaMessage): InboundEvent[] {
  const { type, wa_id: number, user_id: userId } = systemContentSchema.parse(message.system);
  const isMove = /^(?:user|customer)_changed_(?:number|user_id)$/.test(type);
  if (!isMove) return [];
  if (!number && !userId) throw new Error('WhatsApp does not say where somebody went');
  const words = number
    ? `Cambió su número de WhatsApp. El nuevo es ${phoneOf(number) ?? number}.`
    : 'WhatsApp le asignó un identificador nuevo.';
  return [
    {
      type: 'message',
      externalId: message.id,
      from: movedIdentity(message, { number, userId }),
      parts: [{ type: 'text', text: words }],
      automatic: true,
      ...(message.timestamp ? { sentAt: new Date(message.timestamp * 1_000).toISOString() } : {}),
    },
  ];
}

/** A voice note that was played was read. */
const statusOf: Record<string, InboundStatus['status'] | undefined> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
};

function decodeStatus({ id, status: said, errors }: MetaStatus): InboundStatus[] {
  const status = statusOf[said];
  if (!status) return [];
  const [error] = errors ?? [];
  return [
    {
      type: 'status',
      providerMessageId: id,
      status,
      ...(status === 'failed'
        ? { failure: failureOf(error?.code ?? null, error?.error_data?.details ?? error?.title ?? '') }
        : {}),
    },
  ];
}
