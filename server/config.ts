import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const whole = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);

/** Addresses of RFC 7064 and 7065, with commas between them. */
const iceUrls = (scheme: 'stun' | 'turn') =>
  z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(z.string().regex(new RegExp(`^${scheme}s?:[^/]`), `${scheme}:HOST:PORT, with commas between them`)))
    .default([]);

/** One entry a setting; `.env.example` explains them in the same order. */
export const settingsSchema = z.object({
  PORT: whole(3000, 0, 65_535),
  HOST: z.string().min(1).default('0.0.0.0'),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SECRET: z.string().min(32, 'at least 32 characters').optional(),
  DATA_DIR: z.string().min(1).default('data'),
  CITY: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'a folder name under cities/')
    .default('veracruz'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  TRUST_PROXY: z.stringbool().default(false),
  PRESENCE_LEASE_SECONDS: whole(30, 2, 600),
  REASSIGN_AFTER_SECONDS: whole(120, 1, 3_600),
  DECLINE_COOLDOWN_SECONDS: whole(60, 1, 3_600),
  CHAT_MESSAGES_PER_SECOND: whole(5, 1, 100_000),
  CHAT_MESSAGES_PER_SECOND_PER_ADDRESS: whole(50, 1, 1_000_000),
  CHAT_CONNECTIONS_PER_ADDRESS: whole(200, 1, 1_000_000),
  SAMPLE_PASSWORD: z.string().min(10).optional(),
  MAP_STYLE_URL: z.url({ protocol: /^https?$/ }).optional(),
  MAP_ORIGINS: z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin)))
    .default([]),
  GEOCODER_URL: z.url({ protocol: /^https?$/ }).optional(),
  S3_BUCKET: z.string().min(1).optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_ENDPOINT: z.url().optional(),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  OPEN311_API_KEYS: z
    .string()
    .regex(/^[^,]{16,}(,[^,]{16,})*$/, 'keys of at least 16 characters, with commas between them')
    .optional(),
  OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  WEBHOOKS_TO_PRIVATE_ADDRESSES: z.stringbool().default(false),
  MAIL_INLET_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
  MAIL_CHECK_SENDERS: z.stringbool().default(true),
  MAIL_DNS_SERVERS: z.string().min(1).optional(),
  LLM_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  LLM_API_KEY: z.string().min(1).optional(),
  LLM_MODEL: z.string().min(1).optional(),
  LLM_TIMEOUT_MS: whole(2_500, 100, 20_000),
  SPEECH_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  SPEECH_API_KEY: z.string().min(1).optional(),
  SPEECH_MODEL: z.string().min(1).optional(),
  SPEECH_TIMEOUT_MS: whole(60_000, 1_000, 600_000),
  STUN_URLS: iceUrls('stun'),
  TURN_URLS: iceUrls('turn'),
  TURN_SECRET: z.string().min(8, 'at least 8 characters').optional(),
  TURN_USERNAME: z.string().min(1).optional(),
  TURN_CREDENTIAL: z.string().min(1).optional(),
  SIMULATOR: z.enum(['auto', 'off']).default('auto'),
  MICROSOFT_APP_ID: z.string().min(1).optional(),
  MICROSOFT_APP_PASSWORD: z.string().min(1).optional(),
  MICROSOFT_APP_TYPE: z.enum(['MultiTenant', 'SingleTenant', 'UserAssignedMSI']).default('MultiTenant'),
  MICROSOFT_APP_TENANT_ID: z.string().min(1).optional(),
});

/** The settings, checked once before anything else starts, and where the repository is. */
export interface Config extends Readonly<z.infer<typeof settingsSchema>> {
  readonly root: string;
  /** Everything of `IMAP_*` and `SMTP_*`, for `readMailAccounts`: only the city knows its mailboxes. */
  readonly mail: Readonly<Record<string, string>>;
  /** Everything of `TWILIO_*`, `WHATSAPP_*`, `MESSENGER_*`, `INSTAGRAM_*` and `META_*`, for `readMessagingAccounts`. */
  readonly messaging: Readonly<Record<string, string>>;
}

export class ConfigError extends Error {}

/** The repository's folder: content and built screens lie below it. */
const root = resolve(import.meta.dirname, '..');

/**
 * Reads and checks the settings.
 * @throws ConfigError one line naming every bad key
 */
export function readConfig(env: NodeJS.ProcessEnv = environment()): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = settingsSchema.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`);
    throw new ConfigError(`Settings to correct: ${problems.join(', ')}`);
  }
  if (parsed.data.LLM_BASE_URL && !parsed.data.LLM_MODEL) {
    throw new ConfigError('Settings to correct: LLM_MODEL (which model to ask at LLM_BASE_URL)');
  }
  if (parsed.data.SPEECH_BASE_URL && !parsed.data.SPEECH_MODEL) {
    throw new ConfigError('Settings to correct: SPEECH_MODEL (which model transcribes at SPEECH_BASE_URL)');
  }
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = parsed.data;
  if (OIDC_ISSUER && !(OIDC_CLIENT_ID && OIDC_CLIENT_SECRET)) {
    throw new ConfigError(
      'Settings to correct: OIDC_CLIENT_ID and OIDC_CLIENT_SECRET (how this server is known at OIDC_ISSUER)',
    );
  }
  const { TURN_URLS, TURN_SECRET, TURN_USERNAME, TURN_CREDENTIAL } = parsed.data;
  if (TURN_URLS.length > 0 && !TURN_SECRET && !(TURN_USERNAME && TURN_CREDENTIAL)) {
    throw new ConfigError(
      'Settings to correct: TURN_SECRET, or TURN_USERNAME and TURN_CREDENTIAL (how to sign in at TURN_URLS)',
    );
  }
  const named = (words: RegExp) =>
    Object.freeze(
      Object.fromEntries(Object.entries(given).filter(([key]) => words.test(key))) as Record<string, string>,
    );
  return Object.freeze({
    ...parsed.data,
    DATA_DIR: resolve(root, parsed.data.DATA_DIR),
    root,
    mail: named(/^(?:IMAP|SMTP)_/),
    messaging: named(/^(?:TWILIO|WHATSAPP|MESSENGER|INSTAGRAM|META)_/),
  });
}

/** The process's variables, and those of `.env` that it lacks. */
function environment(): NodeJS.ProcessEnv {
  const file = join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return process.env;
}
