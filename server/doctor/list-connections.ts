import type { Config } from '../config.ts';
import type { City } from '../contract/city.ts';
import type { Connection } from '../contract/connection.ts';
import type { MailAccount } from '../contract/email.ts';
import type { MessagingAccount } from '../contract/messaging.ts';
import type { Db } from '../database/database.ts';
import { loadChannelAccounts } from '../delivery/channel-accounts.ts';
import { missingSettings } from '../messaging-settings.ts';

export interface Installation {
  db: Db;
  config: Config;
  city: City;
  accounts: ReadonlyMap<string, MessagingAccount>;
  mail: ReadonlyMap<string, MailAccount>;
  now: Date;
}

/** Everything the installation is, or could be, connected to. */
export async function listConnections(installation: Installation): Promise<Connection[]> {
  const { db, config, city, accounts, now } = installation;
  const { accounts: fared } = await loadChannelAccounts(db, city, accounts, now);
  const pulses = await lastSeen(db);
  const plain = { address: null, missing: [], lastReceivedAt: null, lastSentAt: null, sendsTo: null };
  const optional = (kind: Connection['kind'], name: string, needed: readonly (keyof Config)[]): Connection => {
    const missing = needed.filter((key) => !config[key]);
    return { ...plain, id: kind, kind, name, state: missing.length > 0 ? 'off' : 'connected', missing };
  };
  return [
    { ...plain, ...pulses('chat'), id: 'chat', kind: 'chat', name: city.contactName, state: 'connected' },
    ...city.mailboxes.map((mailbox) => mailboxConnection(installation, mailbox, pulses('email'))),
    ...fared.map((account): Connection => {
      const { id, channel, name, address, state, lastReceivedAt, lastSentAt } = account;
      const listed = city.accounts.find((one) => one.id === id);
      return {
        id: `account:${id}`,
        kind: channel as Connection['kind'],
        name,
        address,
        state,
        missing: state === 'connected' || !listed ? [] : missingSettings(listed),
        lastReceivedAt: lastReceivedAt ?? null,
        lastSentAt: lastSentAt ?? null,
        sendsTo: state !== 'off' && (channel === 'sms' || channel === 'whatsapp') ? 'phone' : null,
      };
    }),
    {
      ...optional('botframework', 'Bot Framework', ['MICROSOFT_APP_ID', 'MICROSOFT_APP_PASSWORD']),
      ...pulses('botframework'),
    },
    optional('language_model', config.LLM_MODEL ?? '', ['LLM_BASE_URL', 'LLM_MODEL']),
    optional('speech', config.SPEECH_MODEL ?? '', ['SPEECH_BASE_URL', 'SPEECH_MODEL']),
    optional('geocoder', 'Nominatim', ['GEOCODER_URL']),
    optional('map', 'MapLibre', ['MAP_STYLE_URL']),
    ...(await webhooksConnection(db)),
  ];
}

function mailboxConnection(
  { mail }: Installation,
  { id, address, name }: City['mailboxes'][number],
  pulse: Pick<Connection, 'lastReceivedAt' | 'lastSentAt'>,
): Connection {
  const { imap, smtp } = mail.get(id) ?? { imap: null, smtp: null };
  const missing = [
    ...(imap ? [] : ['IMAP_HOST', 'IMAP_USER', 'IMAP_PASSWORD']),
    ...(smtp ? [] : ['SMTP_HOST', 'SMTP_USER', 'SMTP_PASSWORD']),
  ];
  return {
    id: `mailbox:${id}`,
    kind: 'email',
    name,
    address,
    state: imap || smtp ? 'connected' : 'off',
    missing,
    ...pulse,
    sendsTo: smtp ? 'email' : null,
  };
}

/** When an account that is not with a provider last received and sent. */
async function lastSeen(db: Db) {
  const rows = await db
    .selectFrom('channel_account')
    .select(['id', 'last_received_at', 'last_sent_at'])
    .where('channel', 'in', ['chat', 'email', 'botframework'])
    .execute();
  return (id: string): Pick<Connection, 'lastReceivedAt' | 'lastSentAt'> => {
    const row = rows.find((one) => one.id === id);
    return {
      lastReceivedAt: row?.last_received_at?.toISOString() ?? null,
      lastSentAt: row?.last_sent_at?.toISOString() ?? null,
    };
  };
}

/** Other programs that are told what happens, as one: each has its own test among the integrations. */
async function webhooksConnection(db: Db): Promise<Connection[]> {
  const rows = await db.selectFrom('webhook_endpoint').select(['name', 'active']).orderBy('name').execute();
  if (rows.length === 0) return [];
  const last = await db
    .selectFrom('webhook_delivery')
    .select((column) => column.fn.max('finished_at').as('at'))
    .where('state', '=', 'delivered')
    .executeTakeFirst();
  return [
    {
      id: 'webhooks',
      kind: 'webhooks',
      name: rows.map(({ name }) => name).join(', '),
      address: null,
      state: rows.some(({ active }) => active) ? 'connected' : 'off',
      missing: [],
      lastReceivedAt: null,
      lastSentAt: last?.at ? new Date(last.at).toISOString() : null,
      sendsTo: null,
    },
  ];
}
