import type { CityAccount, MetaSettings, TwilioSettings } from '../../server/contract/messaging.ts';

export interface OpenedAccount {
  account: CityAccount;
  settings: TwilioSettings | MetaSettings;
}

/** The settings of a server that uses these accounts, as lines for `.env`. */
export function settingLines(opened: readonly OpenedAccount[]): string[] {
  const lines = opened.flatMap(({ account, settings }) =>
    settings.provider === 'twilio' ? twilioLines(settings) : metaLines(account, settings),
  );
  return [...new Set(lines)];
}

/** One account with Twilio for all numbers. */
function twilioLines({ accountSid, authToken, apiUrl }: TwilioSettings): string[] {
  return [`TWILIO_ACCOUNT_SID=${accountSid}`, `TWILIO_AUTH_TOKEN=${authToken}`, `TWILIO_API_URL=${apiUrl}`];
}

function metaLines({ channel, id }: CityAccount, settings: MetaSettings): string[] {
  const { objectId, businessAccountId, accessToken, appSecret, verifyToken, graphUrl } = settings;
  const named = channel === id ? '' : `${id.toUpperCase().replaceAll('-', '_')}_`;
  const name = (first: string, rest: string) => `${first}_${named}${rest}`;
  const secrets = (first: string) => [
    `${name(first, 'APP_SECRET')}=${appSecret}`,
    `${name(first, 'VERIFY_TOKEN')}=${verifyToken}`,
    `META_GRAPH_URL=${graphUrl}`,
  ];
  if (channel === 'whatsapp') {
    return [
      `${name('WHATSAPP', 'PHONE_NUMBER_ID')}=${objectId}`,
      `${name('WHATSAPP', 'BUSINESS_ACCOUNT_ID')}=${businessAccountId}`,
      `${name('WHATSAPP', 'ACCESS_TOKEN')}=${accessToken}`,
      ...secrets('WHATSAPP'),
    ];
  }
  if (channel === 'messenger') {
    return [
      `${name('MESSENGER', 'PAGE_ID')}=${objectId}`,
      `${name('MESSENGER', 'PAGE_ACCESS_TOKEN')}=${accessToken}`,
      ...secrets('MESSENGER'),
    ];
  }
  return [
    `${name('INSTAGRAM', 'ACCOUNT_ID')}=${objectId}`,
    `${name('INSTAGRAM', 'ACCESS_TOKEN')}=${accessToken}`,
    ...secrets('INSTAGRAM'),
  ];
}
