import type { MailCredentials } from '../../../server/contract/email.ts';
import { type AccessTokens, createAccessTokens } from './access-token.ts';

export type MailAuth = { user: string; pass: string } | { user: string; tokens: AccessTokens };

/** How one signs in with such credentials, at IMAP as at SMTP. */
export function authOf(user: string, credentials: MailCredentials): MailAuth {
  if ('password' in credentials) return { user, pass: credentials.password };
  return { user, tokens: createAccessTokens(credentials) };
}
