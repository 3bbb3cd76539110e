import type { City } from '../contract/city.ts';
import type { MailAccount } from '../contract/email.ts';
import type { Mailboxes } from '../contract/http.ts';
import type { Db } from '../database/database.ts';
import { EMAIL_ACCOUNT } from './mailboxes.ts';

const ASIDES = 50;

/** The city's mailboxes and how they do, and what came in that was no message. */
export async function loadMailboxes(
  db: Db,
  city: Pick<City, 'mailboxes'>,
  accounts: ReadonlyMap<string, MailAccount>,
): Promise<Mailboxes> {
  const [rows, asides] = await Promise.all([
    db.selectFrom('mailbox').selectAll().execute(),
    db
      .selectFrom('raw_input')
      .select(['id', 'error', 'received_at'])
      .where('channel_account_id', '=', EMAIL_ACCOUNT)
      .orderBy('received_at', 'desc')
      .limit(ASIDES)
      .execute(),
  ]);
  return {
    mailboxes: city.mailboxes.map(({ id, address, queue }) => {
      const account = accounts.get(id);
      const row = rows.find((one) => one.id === id);
      const fault = account?.imap ? (row?.fault ?? null) : null;
      return {
        id,
        address,
        queueId: queue,
        reading: account?.imap ? (fault ? 'failing' : 'on') : 'off',
        fault,
        sending: Boolean(account?.smtp),
        lastReceivedAt: row?.last_received_at?.toISOString() ?? null,
      };
    }),
    asides: asides.map((row) => ({ id: row.id, reason: row.error, at: row.received_at.toISOString() })),
  };
}
