import type { EmailHost, MailAccount } from '../../../server/contract/email.ts';
import { authOf } from '../oauth/auth-of.ts';
import type { MailboxReader, RawMail, ReaderParts } from './mailbox.ts';
import { createMailboxReader } from './mailbox-reader.ts';

/** Starts a reader for every mailbox that has an account. */
export function readMailboxes(
  accounts: ReadonlyMap<string, MailAccount>,
  host: EmailHost,
  log: ReaderParts['log'],
  receive: (mail: RawMail) => Promise<unknown>,
): MailboxReader[] {
  return [...accounts].flatMap(([id, { imap }]) => {
    if (!imap) return [];
    const { user, credentials, authservId: _, ...account } = imap;
    const reader = createMailboxReader(
      { ...account, id, auth: authOf(user, credentials) },
      {
        cursors: { load: host.loadCursor, save: host.saveCursor },
        hold: () => host.holdMailbox(id),
        report: (fault) => host.reportMailbox(id, fault),
        receive,
        log,
      },
    );
    reader.start();
    return [reader];
  });
}
