import { expect, test } from 'vitest';
import type { CityAccount, TwilioSettings } from '../../server/contract/messaging.ts';
import { readMessagingAccounts } from '../../server/messaging-settings.ts';

const account = (id: string, channel: CityAccount['channel'], provider: CityAccount['provider']): CityAccount => ({
  id,
  channel,
  provider,
  name: id,
  address: '+522291000100',
});
const accounts = [
  account('whatsapp', 'whatsapp', 'meta'),
  account('proteccion-civil', 'whatsapp', 'twilio'),
  account('transito', 'whatsapp', 'meta'),
  account('sms', 'sms', 'twilio'),
  account('messenger', 'messenger', 'meta'),
];
const twilio = { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'a-token-of-twilio' };
const whatsapp = {
  WHATSAPP_PHONE_NUMBER_ID: '1001',
  WHATSAPP_ACCESS_TOKEN: 'an-access-token',
  WHATSAPP_APP_SECRET: 'an-app-secret',
  WHATSAPP_VERIFY_TOKEN: 'a-verify-token',
};

async function read(settings: Record<string, string>, simulated: string[] = []) {
  const problems: string[] = [];
  const simulate = async ({ id }: CityAccount): Promise<TwilioSettings> => {
    simulated.push(id);
    return {
      provider: 'twilio',
      accountSid: '',
      authToken: '',
      messagingServiceSid: null,
      apiKey: null,
      voices: { es: '', en: '' },
      apiUrl: '',
    };
  };
  return { found: await readMessagingAccounts(settings, accounts, problems, simulate), problems, simulated };
}

test('settings without a name are those of all accounts of their kind', async () => {
  const { found, problems } = await read({ ...twilio, TWILIO_MESSAGES_PER_SECOND: '3' });
  expect(problems).toEqual([]);
  const real = [...found.values()].filter(({ simulated }) => !simulated);
  expect(real.map(({ id }) => id)).toEqual(['proteccion-civil', 'sms']);
  expect(real[1]).toMatchObject({
    messagesPerSecond: 3,
    settings: { provider: 'twilio', authToken: 'a-token-of-twilio', apiUrl: 'https://api.twilio.com' },
  });
});

test('a name makes a setting that of one account', async () => {
  const { found, problems } = await read({
    ...whatsapp,
    WHATSAPP_TRANSITO_PHONE_NUMBER_ID: '1002',
    META_TRANSITO_GRAPH_URL: 'http://127.0.0.1:9/v23.0/',
  });
  expect(problems).toEqual([]);
  expect(found.get('whatsapp')?.settings).toMatchObject({
    objectId: '1001',
    graphUrl: 'https://graph.facebook.com/v23.0',
  });
  expect(found.get('transito')?.settings).toMatchObject({ objectId: '1002', graphUrl: 'http://127.0.0.1:9/v23.0' });
});

test('what serves one account alone is that of the first', async () => {
  const { found, problems } = await read(whatsapp);
  expect(problems).toEqual([]);
  expect(found.has('transito')).toBe(false);
});

test('every setting that cannot be used is named, once', async () => {
  const { problems } = await read({
    TWILIO_ACCOUNT_SID: 'mine',
    TWILIO_AUTH_TOKEN: 'a-token-of-twilio',
    WHATSAPP_PHONE_NUMBER_ID: '1001',
    WHATSAPP_SMS_PHONE_NUMBER_ID: '1001',
    WHATSAPP_TRANSITO_PHONE_NUMBER_ID: '1002',
    WHATSAPP_ACCESS_TOKEN: 'an-access-token',
    WHATSAPP_APP_SECRET: 'an-app-secret',
    TWILIO_MELODY: 'on',
  });
  expect(problems.map((line) => line.split(' ')[0])).toEqual([
    'WHATSAPP_SMS_PHONE_NUMBER_ID',
    'TWILIO_MELODY',
    'WHATSAPP_VERIFY_TOKEN',
    'TWILIO_ACCOUNT_SID',
    'WHATSAPP_TRANSITO_VERIFY_TOKEN',
  ]);
});

test('a channel plays its provider only while none of its accounts is real', async () => {
  const { found, simulated } = await read(whatsapp);
  expect(simulated).toEqual(['sms', 'messenger']);
  expect(found.get('sms')?.simulated).toBe(true);
  expect(found.has('proteccion-civil')).toBe(false);
});
