import type { MailCredentials } from '../../../server/contract/email.ts';

/** How one signs in with such credentials, at IMAP as at SMTP. */
export function authOf(user: string, credentials: MailCredentials): { user: string; pass: string } {
  if (!('password' in credentials)) throw new Error('OAuth2 is not there yet');
  return { user, pass: credentials.password };
}
