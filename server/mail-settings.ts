import { z } from 'zod';
import type { ImapSettings, MailAccount, SmtpSettings } from './contract/email.ts';

const port = z.coerce.number().int().min(1).max(65_535);
const folder = z.string().min(1).max(200);

/** How a mailbox is read, and how its mail leaves. A refresh token makes it OAuth2, a password a plain sign-in. */
export const mailSettingsSchema = z.object({
  IMAP_HOST: z.string().min(1).optional(),
  IMAP_PORT: port.optional(),
  IMAP_SECURE: z.stringbool().default(true),
  IMAP_TLS_REJECT_UNAUTHORIZED: z.stringbool().default(true),
  IMAP_USER: z.string().min(1).optional(),
  IMAP_PASSWORD: z.string().min(1).optional(),
  IMAP_FOLDER: folder.default('INBOX'),
  IMAP_MOVE_TO: folder.optional(),
  IMAP_AUTHSERV_ID: z.string().min(1).optional(),
  IMAP_OAUTH_TOKEN_URL: z.url().optional(),
  IMAP_OAUTH_CLIENT_ID: z.string().min(1).optional(),
  IMAP_OAUTH_CLIENT_SECRET: z.string().min(1).optional(),
  IMAP_OAUTH_REFRESH_TOKEN: z.string().min(1).optional(),
  IMAP_OAUTH_SCOPE: z.string().min(1).optional(),
  SMTP_HOST: z.string().min(1).optional(),
  SMTP_PORT: port.optional(),
  SMTP_SECURE: z.stringbool().default(false),
  SMTP_TLS_REJECT_UNAUTHORIZED: z.stringbool().default(true),
  SMTP_USER: z.string().min(1).optional(),
  SMTP_PASSWORD: z.string().min(1).optional(),
  SMTP_OAUTH_TOKEN_URL: z.url().optional(),
  SMTP_OAUTH_CLIENT_ID: z.string().min(1).optional(),
  SMTP_OAUTH_CLIENT_SECRET: z.string().min(1).optional(),
  SMTP_OAUTH_REFRESH_TOKEN: z.string().min(1).optional(),
  SMTP_OAUTH_SCOPE: z.string().min(1).optional(),
});

type Settings = z.output<typeof mailSettingsSchema>;

/** Whose value cannot serve two mailboxes: without a mailbox's name they are those of the first one. */
const PERSONAL = /^IMAP_(?:USER|PASSWORD|OAUTH_REFRESH_TOKEN)$/;
const NAMED = /^(IMAP|SMTP)_/;

/**
 * The accounts of the city's mailboxes. `IMAP_HOST` holds for all of them, `IMAP_TRANSPARENCIA_HOST` for the mailbox
 * `transparencia` alone; so for every other setting.
 * @param problems gets a line for each setting that cannot be used
 */
export function readMailAccounts(
  settings: Readonly<Record<string, string>>,
  mailboxIds: readonly string[],
  problems: string[],
): Map<string, MailAccount> {
  const known = new Set(Object.keys(mailSettingsSchema.shape));
  const names = new Map(mailboxIds.map((id) => [id.toUpperCase().replaceAll('-', '_'), id]));
  for (const key of Object.keys(settings)) {
    if (known.has(key)) continue;
    const [, kind, name] = /^(IMAP|SMTP)_([A-Z0-9_]+)$/.exec(key) ?? [];
    const of = [...names.keys()].find(
      (one) => name?.startsWith(`${one}_`) && known.has(`${kind}_${name.slice(one.length + 1)}`),
    );
    if (!of)
      problems.push(`${key} (no such setting, or the city has no mailbox of that name: ${mailboxIds.join(', ')})`);
  }

  return new Map(
    mailboxIds.map((id, index) => {
      const prefix = id.toUpperCase().replaceAll('-', '_');
      const own = Object.fromEntries(
        [...known].flatMap((key) => {
          const named = settings[key.replace(NAMED, `$1_${prefix}_`)];
          const shared = index > 0 && PERSONAL.test(key) ? undefined : settings[key];
          const value = named ?? shared;
          return value ? [[key, value]] : [];
        }),
      );
      const parsed = mailSettingsSchema.safeParse(own);
      if (!parsed.success) {
        problems.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')} of ${id} (${issue.message})`));
        return [id, { imap: null, smtp: null }];
      }
      return [id, { imap: imapOf(parsed.data, id, problems), smtp: smtpOf(parsed.data, id, problems) }];
    }),
  );
}

function imapOf(settings: Settings, id: string, problems: string[]): ImapSettings | null {
  const { IMAP_HOST: host, IMAP_USER: user } = settings;
  if (!host || !user) return null;
  const credentials = credentialsOf(settings, 'IMAP');
  if (!credentials) {
    problems.push(`IMAP_PASSWORD of ${id} (or IMAP_OAUTH_TOKEN_URL, _CLIENT_ID and _REFRESH_TOKEN)`);
    return null;
  }
  return {
    host,
    port: settings.IMAP_PORT ?? (settings.IMAP_SECURE ? 993 : 143),
    secure: settings.IMAP_SECURE,
    verifyTls: settings.IMAP_TLS_REJECT_UNAUTHORIZED,
    user,
    credentials,
    folder: settings.IMAP_FOLDER,
    moveTo: settings.IMAP_MOVE_TO ?? null,
    authservId: settings.IMAP_AUTHSERV_ID ?? null,
  };
}

function smtpOf(settings: Settings, id: string, problems: string[]): SmtpSettings | null {
  const { SMTP_HOST: host, SMTP_USER: user } = settings;
  if (!host) return null;
  const credentials = user ? credentialsOf(settings, 'SMTP') : null;
  if (user && !credentials) {
    problems.push(`SMTP_PASSWORD of ${id} (or SMTP_OAUTH_TOKEN_URL, _CLIENT_ID and _REFRESH_TOKEN)`);
    return null;
  }
  return {
    host,
    port: settings.SMTP_PORT ?? (settings.SMTP_SECURE ? 465 : 587),
    secure: settings.SMTP_SECURE,
    verifyTls: settings.SMTP_TLS_REJECT_UNAUTHORIZED,
    auth: user && credentials ? { user, credentials } : null,
  };
}

function credentialsOf(settings: Settings, kind: 'IMAP' | 'SMTP'): ImapSettings['credentials'] | null {
  const tokenUrl = settings[`${kind}_OAUTH_TOKEN_URL`];
  const clientId = settings[`${kind}_OAUTH_CLIENT_ID`];
  if (tokenUrl && clientId) {
    return {
      tokenUrl,
      clientId,
      clientSecret: settings[`${kind}_OAUTH_CLIENT_SECRET`] ?? null,
      refreshToken: settings[`${kind}_OAUTH_REFRESH_TOKEN`] ?? null,
      scope: settings[`${kind}_OAUTH_SCOPE`] ?? null,
    };
  }
  const password = settings[`${kind}_PASSWORD`];
  return password ? { password } : null;
}
