import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runDoctor } from '../../server/doctor.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { startRedis } from '../support/redis.ts';
import { startTwilioServer, TWILIO_SID, type TwilioServer } from '../support/twilio-server.ts';

const SMS = '+522291000300';
const WHATSAPP = '+522291000200';
const VOICE = '+522291000400';

let twilio: TwilioServer;
let centre: ContactCentre;
/** An address of this machine that is not its loopback, as far as a name can tell. */
let publicUrl: string;
beforeAll(async () => {
  twilio = await startTwilioServer();
  centre = await startContactCentre({ settings: { ...twilio.settings, HOST: '0.0.0.0' } });
  publicUrl = centre.url.replace('127.0.0.1', '0.0.0.0');
});
afterAll(async () => {
  await centre?.stop();
  await twilio?.stop();
});

async function doctor(env: Record<string, string>): Promise<{ code: number; text: string }> {
  let text = '';
  const code = await runDoctor(env, (part) => {
    text += part;
  });
  return { code, text };
}

/** Twilio's account as its console would have it. */
function set(path: string, body: unknown, status = 200): void {
  twilio.answers.set(path, (_request, response: ServerResponse) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
  );
}
const account = `/2010-04-01/Accounts/${TWILIO_SID}`;
const ours = () => `${publicUrl}/webhooks/twilio/messages#rc=5&rp=5xx,ct,rt`;
const number = (differs: object = {}) => ({
  phone_number: SMS,
  capabilities: { sms: true },
  sms_url: ours(),
  sms_method: 'POST',
  sms_application_sid: '',
  ...differs,
});
const sender = (differs: object = {}) => ({
  sid: 'XE1',
  sender_id: `whatsapp:${WHATSAPP}`,
  status: 'ONLINE',
  webhook: { callback_url: ours(), callback_method: 'POST' },
  ...differs,
});
function setUp({ numbers = [number()], senders = [sender()] }: { numbers?: object[]; senders?: object[] } = {}): void {
  set(`${account}.json`, { sid: TWILIO_SID, friendly_name: 'Veracruz', status: 'active', type: 'Full' });
  set(`${account}/IncomingPhoneNumbers.json`, { incoming_phone_numbers: numbers });
  set('/v2/Channels/Senders', { senders, meta: { key: 'senders' } });
}

test('a newcomer without settings hears what is simulated, and that nothing is amiss', async () => {
  const { code, text } = await doctor({ HOST: '127.0.0.1' });
  expect(code).toBe(0);
  expect(text).toContain('? No está conectada: aquí la representa el simulador, en /simulator.');
  expect(text).not.toContain('✗');
});

test('a setting that cannot be used is named', async () => {
  const misspelt = await doctor({ TWILIO_ACOUNT_SID: TWILIO_SID });
  expect(misspelt).toMatchObject({ code: 1, text: expect.stringContaining('✗ TWILIO_ACOUNT_SID') });
  const wrong = await doctor({ PORT: 'eighty' });
  expect(wrong).toMatchObject({ code: 1, text: expect.stringContaining('✗ Hay ajustes por corregir: PORT') });
});

test('a database and a Redis that nobody reaches are named, with what to look at', async () => {
  const { code, text } = await doctor({
    DATABASE_URL: 'postgres://linea:secreta@127.0.0.1:1/linea',
    REDIS_URL: 'redis://127.0.0.1:1',
  });
  expect(code).toBe(1);
  expect(text).toContain('✗ No se puede entrar a la base de datos (ECONNREFUSED).');
  expect(text).toContain('✗ No se puede entrar a Redis (ECONNREFUSED).');
  expect(text).not.toContain('secreta');
});

test('what stands is told, too', async () => {
  const redis = await startRedis();
  const { text } = await doctor({ DATABASE_URL: centre.databaseUrl, REDIS_URL: redis.url });
  await redis.stop();
  expect(text).toMatch(/✓ PostgreSQL \d+\S* responde\.\n {2}✓ El esquema está al día\./);
  expect(text).toContain('✓ Redis responde.');
});

test('an account that Twilio knows is good when its number brings what it gets to this server', async () => {
  setUp();
  const { code, text } = await doctor({ ...twilio.settings, PUBLIC_URL: publicUrl });
  expect(text).toContain('✓ El servidor responde en esa dirección.');
  expect(text).toContain('✓ La puerta /webhooks/twilio/messages está abierta.');
  expect(text).toContain('✓ Twilio reconoce la cuenta «Veracruz».');
  expect(text).toContain(`✓ El número ${SMS} es de la cuenta y envía SMS.`);
  expect(text).toContain(`✓ WhatsApp tiene dado de alta el número ${WHATSAPP}.`);
  expect(text.split(`✓ Lo que llega se trae a ${publicUrl}/webhooks/twilio/messages.`)).toHaveLength(3);
  // All that is left: Meta's part of the sample city, and a certificate.
  expect(code).toBe(1);
  expect(text).toContain('✗ PUBLIC_URL no es https');
});

test('each thing that is missing at Twilio is told with the screen where it is mended', async () => {
  setUp({ numbers: [], senders: [sender({ status: 'OFFLINE' })] });
  const missing = await doctor({ ...twilio.settings, PUBLIC_URL: publicUrl });
  expect(missing.text).toContain(`✗ El número ${SMS} no es de esta cuenta de Twilio.`);
  expect(missing.text).toContain('Phone Numbers › Buy a number');
  expect(missing.text).toContain('no en línea (OFFLINE)');

  setUp({ numbers: [number({ sms_url: 'https://demo.twilio.com/welcome/sms/reply' })], senders: [] });
  const elsewhere = await doctor({ ...twilio.settings, PUBLIC_URL: publicUrl });
  expect(elsewhere.text).toContain(
    '✗ Lo que llega va a https://demo.twilio.com/welcome/sms/reply, no a este servidor.',
  );
  expect(elsewhere.text).toContain(`pon ${ours()} con HTTP POST`);
  expect(elsewhere.text).toContain('no está dado de alta en WhatsApp con esta cuenta de Twilio');
});

test('a telephone number is good when it asks this server, and a TwiML Bin answers while that is stopped', async () => {
  const path = (door: string) => `${publicUrl}/webhooks/twilio/voice${door}`;
  const line = (differs: object = {}) =>
    number({
      phone_number: VOICE,
      capabilities: { sms: false, voice: true },
      voice_url: `${path('')}#rc=5&rp=5xx,ct,rt`,
      voice_method: 'POST',
      voice_fallback_url: 'https://handler.twilio.com/twiml/EH00000000000000000000000000000000',
      status_callback: path('/status'),
      status_callback_method: 'POST',
      ...differs,
    });
  setUp({ numbers: [line()] });
  const good = await doctor({ ...twilio.settings, PUBLIC_URL: publicUrl });
  expect(good.text).toContain('✓ La puerta /webhooks/twilio/voice está abierta.');
  expect(good.text).toContain(`✓ El número ${VOICE} es de la cuenta y recibe llamadas.`);
  expect(good.text).toContain(`✓ Las llamadas llegan a ${path('')}.`);
  expect(good.text).toContain('✓ Si este servidor está detenido, contesta un TwiML Bin.');
  expect(good.text).toContain(`✓ El fin de cada llamada se avisa a ${path('/status')}.`);
  expect(good.text).toContain('✗ No hay clave de API: sin ella nadie puede contestar llamadas en la consola.');

  setUp({ numbers: [line({ voice_url: '', voice_fallback_url: '', status_callback: '' })] });
  const key = { TWILIO_API_KEY_SID: `SK${'a'.repeat(32)}`, TWILIO_API_KEY_SECRET: 'not-the-secret' };
  const unset = await doctor({ ...twilio.settings, ...key, PUBLIC_URL: publicUrl });
  expect(unset.text).toContain('✗ Las llamadas no van a ningún lado.');
  expect(unset.text).toContain(`A call comes in, pon Webhook, ${path('')}#rc=5&rp=5xx,ct,rt y HTTP POST.`);
  expect(unset.text).toContain('✗ Si este servidor no contesta, las llamadas se cortan.');
  expect(unset.text).toContain('✗ De que alguien cuelga nos enteramos tarde');
  expect(unset.text).toContain(`✗ Twilio no acepta la clave de API SK${'a'.repeat(32)} con ese secreto.`);
  expect(unset.text).not.toContain('not-the-secret');
});

test('a wrong password is told as such, and its secret is not', async () => {
  const settings = { ...twilio.settings, TWILIO_AUTH_TOKEN: 'not-the-token-of-it' };
  const { code, text } = await doctor({ ...settings, PUBLIC_URL: publicUrl });
  expect(code).toBe(1);
  expect(text).toContain(`✗ Twilio no acepta el Account SID ${TWILIO_SID} con ese Auth Token.`);
  expect(text).not.toContain('not-the-token-of-it');
});

test('a public address that leads nowhere is told before any account is blamed', async () => {
  setUp();
  const { code, text } = await doctor({ ...twilio.settings, PUBLIC_URL: 'https://0.0.0.0:59999' });
  expect(code).toBe(1);
  expect(text).toContain('✗ Desde aquí no se llega al servidor por esa dirección (ECONNREFUSED).');
});
