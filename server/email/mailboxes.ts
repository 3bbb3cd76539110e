import { randomBytes } from 'node:crypto';
import type { City, CityMailbox } from '../contract/city.ts';
import type { EmailPart } from '../contract/message.ts';

/** The account that all mailboxes share: a mail sent to two of our addresses is one mail. */
export const EMAIL_ACCOUNT = 'email';

/** The mailbox by that id; the first one for what a mailbox left behind that the city has no more. */
export function mailboxOf(city: Pick<City, 'mailboxes' | 'contactName'>, id: string | undefined): CityMailbox {
  const mailbox = city.mailboxes.find((one) => one.id === id) ?? city.mailboxes[0];
  if (!mailbox) throw new Error('The city has no mailbox');
  return mailbox;
}

/** The subject of whatever we send about a contact: its number leads answers back whose headers were lost. */
export function answerSubject(subject: string, ticketNumber: number): string {
  const tag = `[#${ticketNumber}]`;
  const bare = subject
    .replaceAll(/\[#\d{1,12}\]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return bare ? `${bare} ${tag}` : tag;
}

/** The envelope of a mail of ours. */
export function envelopeOf(
  { address, name }: CityMailbox,
  to: Pick<EmailPart, 'subject' | 'to' | 'cc' | 'bcc'>,
): EmailPart {
  return {
    type: 'email',
    from: { address, name },
    ...to,
    html: false,
    more: false,
    sender: 'verified',
    automatic: null,
  };
}

/** How a mail of ours is known: its Message-ID, and the secret that stands after the plus of our address. */
export function letterIds(
  messageId: string,
  mailbox: CityMailbox,
): { internetMessageId: string; token: string | null } {
  const domain = mailbox.address.split('@')[1] ?? 'localhost';
  return {
    internetMessageId: `${messageId}@${domain}`,
    token: mailbox.plusAddressing ? randomBytes(12).toString('hex') : null,
  };
}
