import type { InboundMessage } from '../../server/contract/channel.ts';
import { limits } from '../../server/contract/limits.ts';
import { phoneOf } from '../../server/contract/phone.ts';
import type { MetaContact, MetaMessage } from './meta-payload.ts';

type Identity = InboundMessage['from'];

/** A person's id for one business, where WhatsApp shows no number: `MX.1349120865530274`, `MX.ENT.1181579921288684`. */
const BUSINESS_SCOPED = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;
export const isBusinessScoped = (id: string): boolean => BUSINESS_SCOPED.test(id);

/**
 * Who wrote. The number leads where WhatsApp shows it; the other ids of the person lead to the same conversation, so
 * that it goes on when the number is hidden one day.
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 * @throws Error where nothing says who it was
 */
export function identityOf(message: MetaMessage, contact: MetaContact | undefined): Identity {
  const numbers = [message.from, contact?.wa_id].filter((id) => id !== null && id !== undefined);
  const scoped = [message.from_user_id, contact?.user_id, message.from_parent_user_id, contact?.parent_user_id];
  const phone = numbers.map(phoneOf).find((number) => number !== null) ?? null;
  const ids = [...numbers.map((id) => phoneOf(id) ?? id), ...scoped].filter((id) => id !== null && id !== undefined);
  const address = phone ?? ids[0];
  if (!address) throw new Error('WhatsApp does not say who wrote');
  const aliases = [...new Set(ids)].filter((id) => id !== address);
  const name = displayName(contact);
  return {
    address,
    replyTo: numbers[0] ?? address,
    ...(aliases.length > 0 ? { aliases } : {}),
    ...(phone ? { phone } : {}),
    ...(name ? { displayName: name } : {}),
  };
}

function displayName(contact: MetaContact | undefined): string {
  const username = contact?.profile?.username ?? contact?.username;
  const name = contact?.profile?.name?.trim() || (username ? `@${username.replace(/^@/, '')}` : '');
  return name.slice(0, limits.nameLength);
}

/** The same person by a new number or id. Who it was stays the address. */
export function movedIdentity(message: MetaMessage, to: { number?: string | null; userId?: string | null }): Identity {
  const before = identityOf(message, undefined);
  const phone = to.number ? phoneOf(to.number) : null;
  const ids = [...(before.aliases ?? []), ...(phone ? [phone] : []), ...(to.userId ? [to.userId] : [])];
  const aliases = [...new Set(ids)].filter((id) => id !== before.address);
  return {
    address: before.address,
    replyTo: to.number ?? (message.from ? before.replyTo : (to.userId ?? before.replyTo)),
    ...(aliases.length > 0 ? { aliases } : {}),
    ...(phone ? { phone } : {}),
  };
}
