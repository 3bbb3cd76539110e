import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BotService, startBotService } from '../support/bot-service.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let service: BotService;

beforeAll(async () => {
  [centre, service] = await Promise.all([startContactCentre(), startBotService()]);
});
afterAll(async () => {
  await centre.stop();
  await service.stop();
});
beforeEach(() => {
  service.heard.length = 0;
});

const activity = (text: string, more: object = {}) => ({
  type: 'message',
  id: randomUUID(),
  timestamp: '2026-03-02T18:00:00.000Z',
  serviceUrl: service.serviceUrl,
  channelId: 'msteams',
  from: { id: '29:ana', name: 'Ana Ruiz' },
  recipient: { id: '28:linea', name: 'Línea' },
  conversation: { id: `a:${randomUUID()}` },
  locale: 'es-MX',
  text,
  ...more,
});

const post = (body: unknown, headers: Record<string, string> = {}, url = centre.url) =>
  fetch(`${url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('a resident on Teams', () => {
  it('is answered by the same bot, where they wrote', async () => {
    const said = activity('¿cómo pago el predial?');
    expect((await post(said)).status).toBe(200);
    await until(() => service.heard.length > 1, { what: 'the answer' });
    expect(service.heard[0]).toMatchObject({
      conversation: { id: said.conversation.id },
      text: expect.stringContaining('predial'),
    });
    expect(service.heard.at(-1)?.suggestedActions?.actions[0]).toMatchObject({ type: 'imBack' });
  });

  it('gets the answers in the answer, when it waits for them', async () => {
    const response = await post(activity('hola', { deliveryMode: 'expectReplies' }));
    const { activities } = (await response.json()) as { activities: { text: string }[] };
    expect(activities[0]?.text).toContain('asistente virtual');
    expect(service.heard).toEqual([]);
  });

  it('meets an operator of the one queue, and what they write comes back', async () => {
    const ana = await centre.operator('ana');
    await ana.available();
    const said = activity('quiero hablar con una persona');
    await post(said);
    const ticket = await ana.accepts();
    await ana.say(ticket.id, 'Hola, soy Ana. ¿En qué te ayudo?');
    await until(() => service.heard.some(({ text }) => text?.includes('soy Ana')), { what: "the operator's words" });
  });

  it('said twice by a retry of the service is said once', async () => {
    const said = activity('hola');
    await Promise.all([post(said), post(said), post(said)]);
    await post(said);
    await until(() => service.heard.length > 0, { what: 'the answer' });
    const { db } = centre.server.context.database;
    const stored = await db.selectFrom('message').select('id').where('external_id', 'like', `%/${said.id}`).execute();
    expect(stored).toHaveLength(1);
  });

  it('hears of it all the same when the service stumbles', async () => {
    service.trouble.push(502);
    await post(activity('hola'));
    await until(() => service.heard.length > 0, { what: 'the second try', timeout: 30_000 });
  });
});

describe('what is no activity', () => {
  it.each([
    ['no JSON', '{', 400],
    ['nothing in it', {}, 400],
    ['no sender', { ...({ type: 'message' } as object), id: '1', channelId: 'x', conversation: { id: 'y' } }, 400],
  ])('%s is refused in words', async (_, body, status) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
  });

  it('what nobody said is taken and does nothing', async () => {
    expect((await post(activity('', { type: 'typing', text: undefined }))).status).toBe(200);
    expect((await post(activity('', { type: 'conversationUpdate', text: undefined }))).status).toBe(200);
  });
});

describe('without an app id', () => {
  it('nobody but this machine may speak, nor be spoken to', async () => {
    expect((await post(activity('hola'), { 'x-forwarded-for': '203.0.113.9' })).status).toBe(403);
    expect((await post(activity('hola', { serviceUrl: 'https://evil.example.org/' }))).status).toBe(403);
  });
});

describe('with an app id', () => {
  it('whoever cannot prove to be the Bot Service is refused', async () => {
    const published = await startContactCentre({
      settings: { MICROSOFT_APP_ID: '11111111-2222-4333-8444-555555555555', MICROSOFT_APP_PASSWORD: 'a password' },
    });
    try {
      expect((await post(activity('hola'), {}, published.url)).status).toBe(401);
      expect((await post(activity('hola'), { authorization: 'Bearer x.y.z' }, published.url)).status).toBe(401);
    } finally {
      await published.stop();
    }
  });
});
