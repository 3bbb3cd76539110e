import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WebhookEvent } from '../../server/contract/administration.ts';
import { api } from '../../server/contract/routes.ts';
import { post } from '../../server/webhooks-out/post.ts';
import { isPrivateAddress } from '../../server/webhooks-out/private-address.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';
import { openWebhookInbox, type WebhookInbox } from '../support/webhook-inbox.ts';

let centre: ContactCentre;
let admin: OperatorClient;
let inbox: WebhookInbox;

beforeAll(async () => {
  centre = await startContactCentre({ settings: { WEBHOOKS_TO_PRIVATE_ADDRESSES: 'true' } });
  admin = await centre.operator('fernando');
});
afterAll(() => centre?.stop());

beforeEach(async () => {
  inbox = await openWebhookInbox();
  return async () => {
    for (const { id } of await admin.call(api.listWebhooks)) await admin.call(api.deleteWebhook, { params: { id } });
    await inbox.close();
  };
});

interface Received {
  id: string;
  type: string;
  data: Record<string, unknown>;
}
const received = (): Received[] => inbox.received.map(({ body }) => JSON.parse(body));
const subscribe = (events: WebhookEvent[]) =>
  admin.call(api.createWebhook, { body: { name: 'Tablero', url: `${inbox.url}/in`, events } });
const deliveries = (id: string) => admin.call(api.listDeliveries, { params: { id } });

describe('another program', () => {
  test('is told what happens by ids and states, signed, and never what people wrote', async () => {
    const { id } = await subscribe(['contact.opened', 'contact.closed', 'message.received', 'message.sent']);
    const { secret } = await admin.call(api.webhookSecret, { params: { id } });
    const resident = await centre.resident();
    await resident.say('Me llamo Clementina Arrubarrena');
    await resident.ask('end');
    await until(() => received().some(({ type }) => type === 'contact.closed'), { what: 'the end' });

    expect(new Set(received().map(({ type }) => type))).toContain('contact.opened');
    expect(received().find(({ type }) => type === 'message.received')?.data).toMatchObject({
      channel: 'chat',
      author: 'citizen',
      seq: 1,
    });
    expect(JSON.stringify(inbox.received)).not.toContain('Clementina');
    for (const { headers, body } of inbox.received) {
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
      const signature = createHmac('sha256', key).update(signed).digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${signature}`);
    }
    await until(async () => (await deliveries(id)).every(({ state }) => state === 'delivered'), { what: 'all told' });
  });

  test('is told again when it was away, with the same id, and once more when somebody asks', async () => {
    const { id } = await subscribe(['message.received']);
    inbox.answers.push(500, 500, 500, 500);
    const resident = await centre.resident();
    await resident.say('Hola');
    const [failed] = await until(
      async () => {
        const all = await deliveries(id);
        return all[0]?.status === 500 ? all : null;
      },
      { what: 'the refusal' },
    );
    expect(failed).toMatchObject({ state: 'waiting', fault: null });
    inbox.answers.length = 0;
    centre.clock.advance(700);
    await until(async () => (await deliveries(id))[0]?.state === 'delivered', { what: 'a later attempt' });
    const before = inbox.received.length;
    expect(new Set(received().map((one) => one.id))).toEqual(new Set([failed?.id]));

    expect(await admin.call(api.replayDeliveries, { params: { id }, body: { deliveryId: failed?.id ?? '' } })).toEqual({
      count: 1,
    });
    await until(() => inbox.received.length > before, { what: 'the replay' });
    expect(received().at(-1)?.id).toBe(failed?.id);
  });

  test('is told no more after days without an arrival; what failed can be sent when it is back', async () => {
    const { id } = await subscribe(['message.received']);
    const refusals = Array.from({ length: 40 }, () => 503);
    inbox.answers.push(...refusals);
    const resident = await centre.resident();
    await resident.say('Uno');
    const state = async () => (await admin.call(api.listWebhooks)).find((one) => one.id === id);
    let attempts = 1;
    for (; (await state())?.active; attempts += 1) {
      const wanted = attempts;
      // An attempt is counted as it sets out: the one before may have been the last, and its answer on the way.
      const isOver = async () => !(await state())?.active;
      const isMade = async () => ((await deliveries(id))[0]?.attempts ?? 0) >= wanted;
      await until(async () => (await isMade()) || (await isOver()), { what: `attempt ${wanted}` });
      await until(async () => (await deliveries(id))[0]?.status === 503, { what: 'its answer' });
      centre.clock.advance(86_401);
    }
    expect(await state()).toMatchObject({ active: false, stoppedBy: 'failures' });
    expect((await admin.call(api.listAudit)).entries[0]).toMatchObject({ action: 'webhook.stopped', target: id });

    inbox.answers.length = 0;
    const before = await state();
    await admin.call(api.saveWebhook, {
      params: { id },
      body: { name: 'Tablero', url: before?.url ?? '', events: ['message.received'], active: true },
    });
    const [given] = await deliveries(id);
    await admin.call(api.replayDeliveries, { params: { id }, body: { deliveryId: given?.id ?? '' } });
    await until(async () => (await deliveries(id))[0]?.state === 'delivered', { what: 'the arrival' });
    expect(await state()).toMatchObject({ active: true, stoppedBy: null, failingSince: null });
  });

  test('is told nothing of what is protected, nor of what became so meanwhile', async () => {
    const { id } = await subscribe(['contact.opened', 'message.received']);
    inbox.answers.push(...Array.from({ length: 20 }, () => 500));
    const resident = await centre.resident();
    const { ticketId } = await resident.say('Hola');
    await until(async () => (await deliveries(id)).filter(({ status }) => status === 500).length === 2, {
      what: 'both refusals',
    });
    const { db } = centre.server.context.database;
    await db.updateTable('ticket').set({ protected: true }).where('id', '=', ticketId).execute();
    centre.clock.advance(700);
    await until(async () => (await deliveries(id)).every(({ state }) => state === 'withheld'), { what: 'withheld' });
    await resident.say('Sigo aquí');
    expect(await deliveries(id)).toHaveLength(2);
  });
});

describe('an address of this machine or of a private network', () => {
  test.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.20.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '0.0.0.0',
    '::1',
    '::ffff:127.0.0.1',
    'fd00::1',
    'fe80::1',
    'localhost',
  ])('%s is none of the internet', (address) => expect(isPrivateAddress(address)).toBe(true));
  test.each(['1.1.1.1', '172.32.0.1', '2606:4700:4700::1111'])('%s is', (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );

  test('is not told anything, by number or by name', async () => {
    const url = new URL(inbox.url);
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433']) {
      const told = await post(`http://${host}:${url.port}/`, '{}', {}, { mayBePrivate: false });
      expect(told, host).toEqual({ fault: 'private_address' });
    }
    expect(inbox.received).toEqual([]);
  });
});
