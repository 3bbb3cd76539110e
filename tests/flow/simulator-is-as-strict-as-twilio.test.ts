import twilio from 'twilio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TwilioSettings } from '../../server/contract/messaging.ts';
import {
  accounts,
  CONTENT_SID,
  type SimulatedProvider,
  startSimulatedProvider,
} from '../support/simulated-provider.ts';
import { until } from '../support/until.ts';

let stage: SimulatedProvider;
let settings: TwilioSettings;
let client: twilio.Twilio;

beforeAll(async () => {
  stage = await startSimulatedProvider();
  settings = stage.simulator.settingsFor(accounts.sms) as TwilioSettings;
  client = officialClient(settings.authToken);
});
afterAll(() => stage.close());

/** The official SDK, which asks the emulation where it would ask Twilio. */
function officialClient(token: string): twilio.Twilio {
  const inner = new twilio.RequestClient({ timeout: 5_000 });
  return twilio(settings.accountSid, token, {
    httpClient: {
      request: (options) =>
        inner.request({ ...options, uri: options.uri.replace('https://api.twilio.com', settings.apiUrl) }),
    } as twilio.RequestClient,
  });
}

const ana = '+522291234567';
const fromSms = accounts.sms.address;
const toWhatsApp = { to: `whatsapp:${ana}`, from: `whatsapp:${accounts.civil.address}` };

test('takes a short message as the official SDK sends it, and answers as Twilio does', async () => {
  const message = await client.messages.create({ to: ana, from: fromSms, body: 'Tu folio es VER-1 ✅' });
  expect(message).toMatchObject({
    status: 'queued',
    direction: 'outbound-api',
    to: ana,
    numSegments: '1',
    errorCode: null,
  });
  expect(message.sid).toMatch(/^SM[0-9a-f]{32}$/);
  expect(message.dateCreated).toBeInstanceOf(Date);
  expect((await client.messages(message.sid).fetch()).body).toBe('Tu folio es VER-1 ✅');
});

test.each([
  ['no recipient', { to: '', from: fromSms, body: 'hola' }, 21604],
  ['a recipient that is no number', { to: '2291234567', from: fromSms, body: 'hola' }, 21211],
  ['a sender that is no number', { to: ana, from: '229', body: 'hola' }, 21212],
  ["somebody else's number", { to: ana, from: '+522299999999', body: 'hola' }, 21606],
  ["somebody else's WhatsApp", { to: `whatsapp:${ana}`, from: 'whatsapp:+522299999999', body: 'hola' }, 63007],
  ['no sender', { to: ana, body: 'hola' }, 21603],
  ['WhatsApp to a short message', { ...toWhatsApp, to: ana, body: 'hola' }, 21910],
  ['itself', { to: fromSms, from: fromSms, body: 'hola' }, 21266],
  ['nothing to say', { to: ana, from: fromSms }, 21619],
  ['too much to say', { to: ana, from: fromSms, body: 'a'.repeat(1_601) }, 21617],
  ['media that is no address', { to: ana, from: fromSms, mediaUrl: ['foto.jpg'] }, 21620],
  ['two files at once on WhatsApp', { ...toWhatsApp, mediaUrl: ['https://a.mx/1', 'https://a.mx/2'] }, 21623],
  ['reports to nowhere', { to: ana, from: fromSms, body: 'hola', statusCallback: 'aquí' }, 21609],
  ['a template that is not', { ...toWhatsApp, contentSid: `HX${'0'.repeat(32)}` }, 21655],
  ['variables that are no JSON', { ...toWhatsApp, contentSid: CONTENT_SID, contentVariables: '1=a' }, 21656],
  ['too few variables', { ...toWhatsApp, contentSid: CONTENT_SID, contentVariables: '{"1":"VER-1"}' }, 21656],
  [
    'too many variables',
    { ...toWhatsApp, contentSid: CONTENT_SID, contentVariables: '{"1":"a","2":"b","3":"c"}' },
    21656,
  ],
  ['an unknown service', { to: ana, messagingServiceSid: `MG${'0'.repeat(32)}`, body: 'hola' }, 21701],
])('refuses %s', async (_what, given, code) => {
  await expect(client.messages.create(given as never)).rejects.toMatchObject({ code, status: 400 });
});

test('refuses a field that Twilio does not know, a wrong token, and a path without an account of ours', async () => {
  const call = (path: string, token = settings.authToken, body = 'To=%2B1') =>
    fetch(`${settings.apiUrl}/2010-04-01/Accounts/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${settings.accountSid}:${token}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body,
    });
  const own = `${settings.accountSid}/Messages.json`;
  expect(await (await call(own, settings.authToken, 'Text=hola')).json()).toMatchObject({ code: 20001, status: 400 });
  const wrong = await call(own, 'wrong');
  expect(wrong.status).toBe(401);
  expect(await wrong.json()).toMatchObject({ code: 20003, more_info: 'https://www.twilio.com/docs/errors/20003' });
  expect((await call(`AC${'0'.repeat(32)}/Messages.json`)).status).toBe(404);
  await expect(officialClient('wrong').messages.create({ to: ana, from: fromSms, body: 'x' })).rejects.toMatchObject({
    code: 20003,
  });
});

test('says afterwards that the window is closed, unless it is a template', async () => {
  const said = await client.messages.create({ ...toWhatsApp, body: 'Hola de nuevo' });
  const filled = await client.messages.create({
    ...toWhatsApp,
    contentSid: CONTENT_SID,
    contentVariables: JSON.stringify({ 1: 'VER-1', 2: 'resuelto' }),
  });
  await stage.pass(1);
  expect(await client.messages(said.sid).fetch()).toMatchObject({ status: 'failed', errorCode: 63016 });
  expect(await client.messages(filled.sid).fetch()).toMatchObject({
    status: 'delivered',
    body: 'Tu reporte VER-1 está resuelto.',
  });

  stage.simulator.phone('ana', 'whatsapp-civil').text('Hola');
  const answer = await client.messages.create({ ...toWhatsApp, body: 'Hola, Ana' });
  await stage.pass(1);
  expect((await client.messages(answer.sid).fetch()).status).toBe('delivered');
});

test('honours STOP for short messages', async () => {
  const phone = stage.simulator.phone('jose', 'sms');
  phone.text('Stop');
  const send = () => client.messages.create({ to: '+522299876543', from: fromSms, body: 'Aviso' });
  await expect(send()).rejects.toMatchObject({ code: 21610 });
  phone.text('START');
  await expect(send()).resolves.toMatchObject({ status: 'queued' });
});

test('fetches media from the city, and refuses what telephones cannot show', async () => {
  stage.city.files.set('/foto', { mimeType: 'image/png', bytes: Buffer.from('png') });
  stage.city.files.set('/mal', { mimeType: 'application/x-msdownload', bytes: Buffer.from('exe') });
  await stage.pass(1);
  stage.simulator.phone('ana', 'whatsapp-civil').text('Hola');
  const send = (path: string) =>
    client.messages.create({ ...toWhatsApp, body: 'Mira', mediaUrl: [`${stage.city.url}${path}`] });
  const [good, bad, gone] = await Promise.all([send('/foto'), send('/mal'), send('/nada')]);
  await until(() => stage.timers.waiting().length >= 3, { what: 'three messages that are on their way' });
  await stage.pass(1);
  const media = await client.messages(good.sid).media.list();
  expect(media).toHaveLength(1);
  expect(media[0]?.contentType).toBe('image/png');
  expect(await client.messages(bad.sid).fetch()).toMatchObject({ status: 'failed', errorCode: 12300 });
  expect(await client.messages(gone.sid).fetch()).toMatchObject({ status: 'failed', errorCode: 11200 });
});

test('knows its own numbers', async () => {
  const numbers = await client.incomingPhoneNumbers.list({ phoneNumber: fromSms });
  expect(numbers[0]).toMatchObject({ phoneNumber: fromSms, smsUrl: `${stage.city.url}/webhooks/twilio/messages` });
  expect((await client.api.v2010.accounts(settings.accountSid).fetch()).status).toBe('active');
});
