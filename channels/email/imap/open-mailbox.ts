import { ImapFlow } from 'imapflow';
import type { MailboxAccount } from './mailbox.ts';

/** How long the server may take to be there. */
const CONNECT_MS = 30_000;

/** A connection that has yet to be opened with `openMailbox`; closing it ends whatever is under way. */
export async function createConnection({ host, port, secure, verifyTls, auth }: MailboxAccount): Promise<ImapFlow> {
  const { user } = auth;
  return new ImapFlow({
    host,
    port,
    secure,
    auth: 'tokens' in auth ? { user, accessToken: await auth.tokens.get() } : { user, pass: auth.pass },
    tls: { rejectUnauthorized: verifyTls },
    connectionTimeout: CONNECT_MS,
    logger: false,
    disableAutoIdle: true,
  });
}

/** Signs in and selects the folder. @returns its UIDVALIDITY */
export async function openMailbox(connection: ImapFlow, { auth, folder }: MailboxAccount): Promise<string> {
  try {
    await connection.connect();
  } catch (error) {
    // It may have been withdrawn before its time.
    if ((error as { authenticationFailed?: boolean }).authenticationFailed && 'tokens' in auth) auth.tokens.drop();
    throw error;
  }
  const { uidValidity } = await connection.mailboxOpen(folder);
  return String(uidValidity);
}
