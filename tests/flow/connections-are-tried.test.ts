import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let model: Server;
let centre: ContactCentre;
let fernando: OperatorClient;

beforeAll(async () => {
  model = createServer((_request, response) => response.end('{"data":[{"id":"otro"}]}')).listen(0, '127.0.0.1');
  await new Promise((resolve) => model.once('listening', resolve));
  const { port } = model.address() as AddressInfo;
  centre = await startContactCentre({
    settings: { LLM_BASE_URL: `http://127.0.0.1:${port}/v1`, LLM_MODEL: 'qwen3' },
  });
  fernando = await centre.operator('fernando');
});
afterAll(async () => {
  await centre?.stop();
  model?.close();
});

const looksAt = (id: string) => fernando.call(api.testConnection, { params: { id } });

test('everything that is, or could be, connected is listed with the names of what is missing', async () => {
  const connections = await fernando.call(api.listConnections);
  const of = (kind: string) => connections.find((connection) => connection.kind === kind);
  expect(of('chat')).toMatchObject({ id: 'chat', state: 'connected', missing: [] });
  expect(of('sms')).toMatchObject({
    state: 'simulated',
    missing: ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'],
    sendsTo: 'phone',
  });
  expect(of('email')).toMatchObject({ state: 'off', missing: expect.arrayContaining(['IMAP_HOST', 'SMTP_HOST']) });
  expect(of('language_model')).toMatchObject({ state: 'connected', name: 'qwen3' });
  expect(of('geocoder')).toMatchObject({ state: 'off', missing: ['GEOCODER_URL'] });
});

test('a look says step by step what is well, what is not, and what to do; the log keeps who looked', async () => {
  const { findings } = await looksAt('language_model');
  expect(findings).toMatchObject([
    { verdict: 'good', what: expect.stringContaining('El modelo de lenguaje contesta en') },
    { verdict: 'bad', what: 'No tiene el modelo «qwen3».', remedy: expect.stringContaining('LLM_MODEL') },
  ]);
  const [mailbox] = centre.server.context.city.mailboxes;
  const mail = await looksAt(`mailbox:${mailbox?.id}`);
  expect(mail.findings.every(({ verdict, remedy }) => verdict !== 'good' && remedy)).toBe(true);
  const { entries } = await fernando.call(api.listAudit);
  expect(entries.find(({ action }) => action === 'connection.tested')).toMatchObject({
    actor: { name: 'Fernando Sosa' },
  });
});

test('a test message really leaves, and its way is told until it has arrived', async () => {
  const sms = centre.server.context.city.accounts.find(({ channel }) => channel === 'sms');
  const params = { id: `account:${sms?.id}` };
  const sent = await fernando.call(api.sendTestMessage, { params, body: { to: '+52 229 555 0101' } });
  expect(sent).toMatchObject({ id: expect.any(String), steps: [{ step: 'taken' }] });
  const messageId = sent.id ?? '';
  await until(
    async () => {
      const { steps } = await fernando.call(api.followTestMessage, { params: { ...params, messageId } });
      return steps.some(({ step }) => step === 'delivered');
    },
    { what: 'the provider to report that it has arrived' },
  );
  const refused = await fernando.refused(api.sendTestMessage, { params, body: { to: 'no es un número' } });
  expect(refused.code).toBe('invalid_input');
});

test('only who keeps the channels may, and only what there is', async () => {
  const ana = await centre.operator('ana');
  expect(await ana.refused(api.testConnection, { params: { id: 'chat' } })).toMatchObject({ status: 403 });
  expect(await fernando.refused(api.testConnection, { params: { id: 'account:no-hay' } })).toMatchObject({
    status: 404,
  });
  expect(await fernando.refused(api.sendTestMessage, { params: { id: 'chat' }, body: { to: 'a@b.mx' } })).toMatchObject(
    {
      status: 404,
    },
  );
});
