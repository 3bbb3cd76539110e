import type { EmailAddress } from '../../../server/contract/email.ts';
import type { EmailPart, Message } from '../../../server/contract/message.ts';

/** The envelope of a message that came or left by mail; null on every other channel. */
export function envelopeOf(message: Message): EmailPart | null {
  return message.parts.find((part) => part.type === 'email') ?? null;
}

/** What stands in a mail before its subject to say that it answers or forwards another. */
const PREFIX = /^\s*(?:(?:re|rv|fw|fwd|aw|sv|tr|wg|enc|res|ref)\s*(?:\[\d+\])?\s*[:：]\s*)+/i;
const TAG = /\[#\d+\]/g;

/** The subject without `Re:`, our number and the like: what a thread is about. */
export function bareSubject(subject: string): string {
  return subject.replace(TAG, '').replace(PREFIX, '').replace(/\s+/g, ' ').trim().toLowerCase();
}

/** How somebody is called in a line of names. */
export const nameOf = ({ name, address }: EmailAddress): string => name || address;

/** `Ana Ruiz <ana@example.org>`, or the address alone. */
export const addressLine = ({ name, address }: EmailAddress): string =>
  name && address ? `${name} <${address}>` : name || address;

/**
 * What a whole text has behind or around the part of it that is shown: its tail where it only goes on, otherwise the
 * whole, because the rest stands between the lines.
 */
export function restOf(whole: string, shown: string): { text: string; tail: boolean } {
  const [all, part] = [whole.trim(), shown.trim()];
  return all.startsWith(part) ? { text: all.slice(part.length).trim(), tail: true } : { text: all, tail: false };
}
