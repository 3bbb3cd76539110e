import type { ImapSettings, MailAccount, SmtpSettings } from '../../server/contract/email.ts';
import type { Finding } from '../../server/contract/messaging.ts';
import { faultWords } from './imap/fault-words.ts';
import type { MailboxAccount } from './imap/mailbox.ts';
import { createConnection, openMailbox } from './imap/open-mailbox.ts';
import { authOf } from './oauth/auth-of.ts';
import { tryToSignIn } from './smtp/smtp-sender.ts';

/** Whether a mailbox can be read and its mail can leave, by signing in at both of its servers. */
export function checkMailbox(id: string, { imap, smtp }: MailAccount): Promise<Finding[]> {
  return Promise.all([imap ? checkImap(id, imap) : noImap, smtp ? checkSmtp(smtp) : noSmtp]);
}

async function checkImap(id: string, { user, credentials, ...settings }: ImapSettings): Promise<Finding> {
  const account: MailboxAccount = { id, ...settings, auth: authOf(user, credentials) };
  const connection = await createConnection(account).catch((error: Error) => error);
  if (connection instanceof Error) return refused(faultWords(connection, account));
  // A broken line is told by the call, too; without a listener it would end the process.
  connection.on('error', () => undefined);
  try {
    await openMailbox(connection, account);
    return { verdict: 'good', what: `El buzón de ${user} se puede leer (${account.host}, ${account.folder}).` };
  } catch (error) {
    return refused(faultWords(error, account));
  } finally {
    connection.close();
  }
}

async function checkSmtp({ auth, ...server }: SmtpSettings): Promise<Finding> {
  try {
    await tryToSignIn({ ...server, auth: auth && authOf(auth.user, auth.credentials) });
    return { verdict: 'good', what: `El servidor de salida ${server.host} acepta el correo.` };
  } catch (error) {
    return {
      verdict: 'bad',
      what: `El servidor de salida ${server.host}:${server.port} no aceptó la conexión (${(error as Error).message}).`,
      remedy: 'Revisa SMTP_HOST, SMTP_PORT, SMTP_SECURE, SMTP_USER y SMTP_PASSWORD: docs/e-mail.md.',
    };
  }
}

const refused = (what: string): Finding => ({
  verdict: 'bad',
  what,
  remedy: 'Revisa IMAP_HOST, IMAP_PORT, IMAP_USER, IMAP_PASSWORD e IMAP_FOLDER: docs/e-mail.md.',
});
const noImap: Finding = {
  verdict: 'unknown',
  what: 'No se lee: no tiene IMAP_HOST e IMAP_USER.',
  remedy: 'Ponlos en .env, o recibe su correo por MAIL_INLET_TOKEN: docs/e-mail.md.',
};
const noSmtp: Finding = {
  verdict: 'unknown',
  what: 'Las respuestas no pueden salir: no tiene SMTP_HOST.',
  remedy: 'Ponlo en .env: docs/e-mail.md.',
};
