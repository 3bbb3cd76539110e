import { z } from 'zod';
import type { CityAccount, MessagingAccount, MetaSettings, TwilioSettings } from './contract/messaging.ts';

const perSecond = z.coerce.number().min(0.1).max(1_000);
const id = z.string().regex(/^\d{1,32}$/, 'digits');
const secret = z.string().min(8, 'at least 8 characters');
const voice = z.string().regex(/^(?:(?:Polly|Google)\.[\w-]+|man|woman|alice)$/, 'as Polly.Mia-Neural');
const sid = (kind: string) => z.string().regex(new RegExp(`^${kind}[0-9a-f]{32}$`), `${kind} and 32 digits of 0-9a-f`);

/** What it takes to use the city's accounts on WhatsApp, SMS, Messenger and Instagram. */
export const messagingSettingsSchema = z.object({
  TWILIO_ACCOUNT_SID: sid('AC').optional(),
  TWILIO_AUTH_TOKEN: secret.optional(),
  TWILIO_MESSAGING_SERVICE_SID: sid('MG').optional(),
  TWILIO_API_KEY_SID: sid('SK').optional(),
  TWILIO_API_KEY_SECRET: secret.optional(),
  TWILIO_VOICE: voice.default('Polly.Mia-Neural'),
  TWILIO_VOICE_EN: voice.default('Polly.Joanna-Neural'),
  TWILIO_MESSAGES_PER_SECOND: perSecond.optional(),
  TWILIO_API_URL: z.url({ protocol: /^https?$/ }).default('https://api.twilio.com'),
  WHATSAPP_PHONE_NUMBER_ID: id.optional(),
  WHATSAPP_BUSINESS_ACCOUNT_ID: id.optional(),
  WHATSAPP_ACCESS_TOKEN: secret.optional(),
  WHATSAPP_APP_SECRET: secret.optional(),
  WHATSAPP_VERIFY_TOKEN: secret.optional(),
  WHATSAPP_MESSAGES_PER_SECOND: perSecond.optional(),
  MESSENGER_PAGE_ID: id.optional(),
  MESSENGER_PAGE_ACCESS_TOKEN: secret.optional(),
  MESSENGER_APP_SECRET: secret.optional(),
  MESSENGER_VERIFY_TOKEN: secret.optional(),
  MESSENGER_MESSAGES_PER_SECOND: perSecond.optional(),
  INSTAGRAM_ACCOUNT_ID: id.optional(),
  INSTAGRAM_ACCESS_TOKEN: secret.optional(),
  INSTAGRAM_APP_SECRET: secret.optional(),
  INSTAGRAM_VERIFY_TOKEN: secret.optional(),
  INSTAGRAM_MESSAGES_PER_SECOND: perSecond.optional(),
  META_GRAPH_URL: z.url({ protocol: /^https?$/ }).default('https://graph.facebook.com/v23.0'),
});

type Settings = z.output<typeof messagingSettingsSchema>;
type Key = keyof Settings;
const keys = Object.keys(messagingSettingsSchema.shape) as Key[];

/** The first word of a kind of account's settings, and those without which it cannot be used. */
const kinds = {
  TWILIO: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'],
  WHATSAPP: ['WHATSAPP_PHONE_NUMBER_ID', 'WHATSAPP_ACCESS_TOKEN', 'WHATSAPP_APP_SECRET', 'WHATSAPP_VERIFY_TOKEN'],
  MESSENGER: ['MESSENGER_PAGE_ID', 'MESSENGER_PAGE_ACCESS_TOKEN', 'MESSENGER_APP_SECRET', 'MESSENGER_VERIFY_TOKEN'],
  INSTAGRAM: ['INSTAGRAM_ACCOUNT_ID', 'INSTAGRAM_ACCESS_TOKEN', 'INSTAGRAM_APP_SECRET', 'INSTAGRAM_VERIFY_TOKEN'],
} as const satisfies Record<string, readonly Key[]>;
type Kind = keyof typeof kinds;

/** Whose value cannot serve two accounts: without an account's name they are those of the first of its kind. */
const PERSONAL = /^(?:WHATSAPP_PHONE_NUMBER_ID|MESSENGER_PAGE_ID|MESSENGER_PAGE_ACCESS_TOKEN|INSTAGRAM_ACCOUNT_ID)$/;

/** Messages a second that a provider takes of an account from the first day on, by its published limits. */
const PROVIDERS_LIMIT: Record<Kind, number> = { TWILIO: 10, WHATSAPP: 80, MESSENGER: 300, INSTAGRAM: 300 };

/** Makes up the settings of an account at the emulated providers of this installation. */
export type Simulate = (account: CityAccount) => Promise<MessagingAccount['settings']>;

/**
 * The city's accounts with what it takes to use them. `TWILIO_AUTH_TOKEN` holds for all accounts at Twilio,
 * `TWILIO_SMS_AUTH_TOKEN` for the account `sms` alone; so for every other setting. An account without settings is left
 * out, or simulated: never beside an account of the same channel that is real.
 * @param problems gets a line for each setting that cannot be used
 */
export async function readMessagingAccounts(
  settings: Readonly<Record<string, string>>,
  accounts: readonly CityAccount[],
  problems: string[],
  simulate: Simulate | null,
): Promise<Map<string, MessagingAccount>> {
  problems.push(...unknownAmong(settings, accounts));
  const found = new Map<string, MessagingAccount>();
  for (const account of accounts) {
    const real = realAccount(settings, account, firstOfKind(account, accounts), problems);
    if (real) found.set(account.id, real);
  }
  const realChannels = new Set([...found.values()].map(({ channel }) => channel));
  for (const account of accounts) {
    if (found.has(account.id) || realChannels.has(account.channel) || !simulate) continue;
    const messagesPerSecond = PROVIDERS_LIMIT[kindOf(account)];
    found.set(account.id, { ...account, settings: await simulate(account), messagesPerSecond, simulated: true });
  }
  return found;
}

/** Names of the settings without which an account cannot be used. */
export const missingSettings = (account: CityAccount): string[] => [...kinds[kindOf(account)]];

function realAccount(
  settings: Readonly<Record<string, string>>,
  account: CityAccount,
  isFirst: boolean,
  problems: string[],
): MessagingAccount | null {
  const given = new Map<Key, { name: string; value: string }>();
  for (const key of keys.filter((one) => belongs(one, account))) {
    const name = [named(key, account.id), ...(isFirst || !PERSONAL.test(key) ? [key] : [])].find(
      (one) => settings[one],
    );
    if (name) given.set(key, { name, value: settings[name] ?? '' });
  }
  const needed = kinds[kindOf(account)];
  const missing = needed.filter((key) => !given.has(key));
  if (missing.length > 0) {
    const isMeant = [...given].some(
      ([key, { name }]) => needed.some((one) => one === key) && (isFirst || name !== key),
    );
    if (isMeant) note(problems, ...missing.map((key) => `${isFirst ? key : named(key, account.id)} (missing)`));
    return null;
  }
  const parsed = messagingSettingsSchema.safeParse(
    Object.fromEntries([...given].map(([key, { value }]) => [key, value])),
  );
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `${given.get(path[0] as Key)?.name} (${message})`);
    note(problems, ...lines);
    return null;
  }
  const { data } = parsed;
  const messagesPerSecond = data[`${kindOf(account)}_MESSAGES_PER_SECOND`] ?? PROVIDERS_LIMIT[kindOf(account)];
  return { ...account, settings: settingsOf[kindOf(account)](data), messagesPerSecond, simulated: false };
}

const settingsOf: Record<Kind, (settings: Settings) => TwilioSettings | MetaSettings> = {
  TWILIO: (all) => ({
    provider: 'twilio',
    accountSid: all.TWILIO_ACCOUNT_SID ?? '',
    authToken: all.TWILIO_AUTH_TOKEN ?? '',
    messagingServiceSid: all.TWILIO_MESSAGING_SERVICE_SID ?? null,
    apiKey:
      all.TWILIO_API_KEY_SID && all.TWILIO_API_KEY_SECRET
        ? { sid: all.TWILIO_API_KEY_SID, secret: all.TWILIO_API_KEY_SECRET }
        : null,
    voices: { es: all.TWILIO_VOICE, en: all.TWILIO_VOICE_EN },
    apiUrl: withoutSlash(all.TWILIO_API_URL),
  }),
  WHATSAPP: (all) => ({
    provider: 'meta',
    objectId: all.WHATSAPP_PHONE_NUMBER_ID ?? '',
    businessAccountId: all.WHATSAPP_BUSINESS_ACCOUNT_ID ?? null,
    accessToken: all.WHATSAPP_ACCESS_TOKEN ?? '',
    appSecret: all.WHATSAPP_APP_SECRET ?? '',
    verifyToken: all.WHATSAPP_VERIFY_TOKEN ?? '',
    graphUrl: withoutSlash(all.META_GRAPH_URL),
  }),
  MESSENGER: (all) => ({
    provider: 'meta',
    objectId: all.MESSENGER_PAGE_ID ?? '',
    businessAccountId: null,
    accessToken: all.MESSENGER_PAGE_ACCESS_TOKEN ?? '',
    appSecret: all.MESSENGER_APP_SECRET ?? '',
    verifyToken: all.MESSENGER_VERIFY_TOKEN ?? '',
    graphUrl: withoutSlash(all.META_GRAPH_URL),
  }),
  INSTAGRAM: (all) => ({
    provider: 'meta',
    objectId: all.INSTAGRAM_ACCOUNT_ID ?? '',
    businessAccountId: null,
    accessToken: all.INSTAGRAM_ACCESS_TOKEN ?? '',
    appSecret: all.INSTAGRAM_APP_SECRET ?? '',
    verifyToken: all.INSTAGRAM_VERIFY_TOKEN ?? '',
    graphUrl: withoutSlash(all.META_GRAPH_URL),
  }),
};

function unknownAmong(settings: Readonly<Record<string, string>>, accounts: readonly CityAccount[]): string[] {
  const known = new Set<string>(keys);
  for (const account of accounts) {
    for (const key of keys) if (belongs(key, account)) known.add(named(key, account.id));
  }
  const ids = accounts.map((account) => account.id).join(', ');
  return Object.keys(settings)
    .filter((key) => !known.has(key))
    .map((key) => `${key} (no such setting, or the city has no account of that name: ${ids})`);
}

function kindOf({ provider, channel }: CityAccount): Kind {
  if (provider === 'twilio') return 'TWILIO';
  return channel === 'messenger' ? 'MESSENGER' : channel === 'instagram' ? 'INSTAGRAM' : 'WHATSAPP';
}

const firstOfKind = (account: CityAccount, accounts: readonly CityAccount[]): boolean =>
  accounts.find((one) => kindOf(one) === kindOf(account)) === account;

const belongs = (key: Key, account: CityAccount): boolean =>
  key.startsWith(`${kindOf(account)}_`) || (account.provider === 'meta' && key.startsWith('META_'));

const named = (key: Key, accountId: string): string =>
  key.replace('_', `_${accountId.toUpperCase().replaceAll('-', '_')}_`);

/** Accounts share settings: a bad one is named once. */
const note = (problems: string[], ...lines: string[]): void =>
  void problems.push(...lines.filter((line) => !problems.includes(line)));

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');
