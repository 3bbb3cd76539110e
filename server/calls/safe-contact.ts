import type { SafeContact } from '../contract/case.ts';
import type { Db } from '../database/database.ts';
import { mayCallBack } from './caller/caller-script.ts';

/**
 * How whoever called in a protected matter may be reached, as they said on the line; messages are not left, because
 * none of them was asked for that. Null where nobody asked them.
 */
export async function saidSafeContact(db: Db, ticketId: string): Promise<SafeContact | null> {
  const calls = await db
    .selectFrom('call')
    .select(['script', 'from_address'])
    .where('ticket_id', '=', ticketId)
    .where('direction', '=', 'in')
    .orderBy('started_at', 'desc')
    .execute();
  const asked = calls.find((call) => mayCallBack(call) !== null);
  if (!asked) return null;
  const phone = mayCallBack(asked) ? asked.from_address : null;
  return { channel: phone ? 'phone' : 'none', address: phone, hours: null, name: null, voicemail: false };
}

/**
 * What a case says of its citizen once they have answered on the line. What somebody found out that is safer than a
 * telephone stays, and so do hours and name with the same number; a number that they called unsafe does not.
 * @returns null where nothing changes
 */
export function withAnswer(known: SafeContact | null, phone: string, mayCall: boolean): SafeContact | null {
  const isThatPhone = known?.channel === 'phone' && known.address === phone;
  if (mayCall) {
    if (known && known.channel !== 'none') return null;
    return { hours: null, name: null, ...known, channel: 'phone', address: phone, voicemail: false };
  }
  if (known && !isThatPhone) return null;
  return { hours: null, name: null, ...known, channel: 'none', address: null, voicemail: false };
}
