import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMessengerChannel } from '../../channels/messenger/messenger-channel.ts';
import { createWhatsAppChannel } from '../../channels/whatsapp/whatsapp-channel.ts';
import type { Channel, SendResult } from '../../server/contract/channel.ts';
import { limits } from '../../server/contract/limits.ts';
import type { MediaPart, Message, Part } from '../../server/contract/message.ts';
import { type MessagingHost, type ProviderInput, templateSchema } from '../../server/contract/messaging.ts';
import { META_TOKEN, type MetaServer, type MetaTrouble, startMetaServer } from '../support/meta-server.ts';
import { metaAccount } from '../support/meta-webhook.ts';

const names = ['whatsapp', 'messenger', 'instagram'] as const;
type Name = (typeof names)[number];
const FILE = 'b3e6a1f0-0000-4000-8000-000000000001';

let meta: MetaServer;
let channels: Record<Name, Channel<ProviderInput>>;

const template = templateSchema.parse({
  id: 'seguimiento',
  title: { es: 'Seguimiento', en: 'Follow-up' },
  name: 'seguimiento_reporte',
  language: 'es_MX',
  category: 'UTILITY',
  body: 'Tu reporte {{1}} está {{2}}.',
  variables: [],
});
const host: MessagingHost = {
  readFile: async () => new Uint8Array(Buffer.from('los bytes')),
  publicFileUrl: (id, reader = 'provider') => `https://linea.example.org/public/${reader}/${id}`,
  statusUrl: (url) => url,
  template: (id) => (id === template.id ? template : undefined),
  sentBefore: async () => [],
};

beforeAll(async () => {
  meta = await startMetaServer();
  const { graphUrl } = meta;
  const accounts = new Map(
    names.map((name) => [name as string, metaAccount(name, { graphUrl, accessToken: META_TOKEN })]),
  );
  channels = {
    whatsapp: createWhatsAppChannel(host, accounts),
    messenger: createMessengerChannel('messenger', host, accounts),
    instagram: createMessengerChannel('instagram', host, accounts),
  };
});
beforeEach(() => {
  meta.sent.length = 0;
  meta.uploads.length = 0;
  meta.answers.clear();
});
afterAll(() => meta?.stop());

function send(name: Name, parts: Part[], to = '5212291234567'): Promise<SendResult> {
  const message = { id: 'm', parts } as Message;
  return channels[name].send({ accountId: name, to, message, idempotencyKey: 'm/0', locale: 'es' });
}
/** What Meta was asked for it, having taken it. */
async function asked(name: Name, parts: Part[], to?: string): Promise<unknown> {
  expect(await send(name, parts, to)).toMatchObject({ outcome: 'accepted', providerMessageId: expect.any(String) });
  return meta.sent.at(-1)?.body;
}
const words = (text: string): Part => ({ type: 'text', text });
const choices = (...titles: string[]): Part => ({
  type: 'choices',
  options: titles.map((title, index) => ({ id: `o${index}`, title })),
});
const file = (mimeType: string, name: string, size = 9): MediaPart => ({
  type: 'media',
  attachmentId: FILE,
  name,
  mimeType,
  size,
});

describe('WhatsApp is given', () => {
  test('words, with a preview where there is a link', async () => {
    expect(await asked('whatsapp', [words('Ya va en camino')])).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '5212291234567',
      type: 'text',
      text: { body: 'Ya va en camino', preview_url: false },
    });
    expect(await asked('whatsapp', [words('Míralo en https://example.org/f')])).toMatchObject({
      text: { preview_url: true },
    });
  });

  test('the id of people without a number as what it is', async () => {
    const body = await asked('whatsapp', [words('Hola')], 'MX.1349120865530274');
    expect(body).toMatchObject({ recipient: 'MX.1349120865530274' });
    expect(body).not.toHaveProperty('to');
  });

  test('up to three short choices as buttons', async () => {
    expect(await asked('whatsapp', [words('¿Ya quedó?'), choices('Sí', 'No')])).toMatchObject({
      interactive: {
        type: 'button',
        action: { buttons: [{ reply: { id: 'o0', title: 'Sí' } }, { reply: { title: 'No' } }] },
      },
    });
  });

  test('more or longer choices as a list, each title whole', async () => {
    const long = 'Reportar una luminaria que no enciende';
    expect(await asked('whatsapp', [words('¿Qué pasó?'), choices('Bache', long)])).toMatchObject({
      interactive: {
        type: 'list',
        action: { sections: [{ rows: [{ title: 'Bache' }, { title: 'Reportar una luminaria…', description: long }] }] },
      },
    });
    const ten = Array.from({ length: 10 }, (_, index) => `Opción ${index}`);
    expect(await asked('whatsapp', [words('¿Cuál?'), choices(...ten)])).toMatchObject({
      interactive: { type: 'list' },
    });
    expect(await asked('whatsapp', [words('¿Cuál?'), choices('Igual', 'Igual')])).toMatchObject({
      interactive: { type: 'list' },
    });
  });

  test('a place', async () => {
    const place: Part = { type: 'location', latitude: 19.2, longitude: -96.1, label: 'Zócalo' };
    expect(await asked('whatsapp', [place])).toMatchObject({
      location: { latitude: 19.2, longitude: -96.1, name: 'Zócalo' },
    });
  });

  test.for([
    ['image/png', 'foto.png', 'image', { id: '1001' }],
    ['audio/ogg', 'nota.ogg', 'audio', { id: '1001' }],
    ['video/mp4', 'calle.mp4', 'video', { id: '1001' }],
    ['application/pdf', 'Recibo.pdf', 'document', { id: '1001', filename: 'Recibo.pdf' }],
  ] as const)('a file of %s, uploaded first', async ([mimeType, name, type, content]) => {
    expect(await asked('whatsapp', [file(mimeType, name)])).toMatchObject({ type, [type]: content });
    const form = meta.uploads[0]?.toString();
    expect(form).toContain(`filename="${name}"`);
    expect(form).toContain('los bytes');
  });

  test.for([
    ['what it does not know', file('application/vnd.dwg', 'plano.dwg')],
    ['what is too large for it', file('image/jpeg', 'plano.jpg', 6 * 1024 * 1024)],
  ] as const)('a link to %s', async ([, part]) => {
    expect(await asked('whatsapp', [part])).toMatchObject({
      text: { body: `${part.name}\nhttps://linea.example.org/public/person/${FILE}`, preview_url: true },
    });
    expect(meta.uploads).toEqual([]);
  });

  test('a template with its variables, fit for Meta', async () => {
    const part: Part = { type: 'template', templateId: 'seguimiento', variables: ['VER-1', 'en\n\tobra'], text: 'Tu…' };
    expect(await asked('whatsapp', [part])).toMatchObject({
      template: {
        name: 'seguimiento_reporte',
        language: { code: 'es_MX' },
        components: [
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'VER-1' },
              { type: 'text', text: 'en obra' },
            ],
          },
        ],
      },
    });
  });

  test('no template that the city has no more', async () => {
    const part: Part = { type: 'template', templateId: 'vieja', variables: [], text: 'Tu…' };
    expect(await send('whatsapp', [part])).toMatchObject({ outcome: 'rejected', providerCode: 'template_unknown' });
  });
});

describe('Messenger and Instagram are given', () => {
  test('words as an answer', async () => {
    expect(await asked('messenger', [words('Ya va')], '24')).toEqual({
      recipient: { id: '24' },
      messaging_type: 'RESPONSE',
      message: { text: 'Ya va' },
    });
    expect(await asked('instagram', [words('Ya va')], '17')).toEqual({
      recipient: { id: '17' },
      message: { text: 'Ya va' },
    });
  });

  test('choices as quick answers', async () => {
    expect(await asked('messenger', [words('¿Ya quedó?'), choices('Sí', 'No')], '24')).toMatchObject({
      message: {
        text: '¿Ya quedó?',
        quick_replies: [{ content_type: 'text', title: 'Sí', payload: 'o0' }, { title: 'No' }],
      },
    });
  });

  test('choices that are too long to touch whole, above as well', async () => {
    const long = 'Reportar una luminaria que no enciende';
    expect(await asked('instagram', [words('¿Qué pasó?'), choices('Bache', long)], '17')).toMatchObject({
      message: {
        text: `¿Qué pasó?\n\n1. Bache\n2. ${long}`,
        quick_replies: [{ title: 'Bache' }, { title: 'Reportar una lumina…', payload: 'o1' }],
      },
    });
  });

  test('files by a link for Meta, and by a link for the person where the app does not show them', async () => {
    const url = `https://linea.example.org/public/provider/${FILE}`;
    expect(await asked('messenger', [file('image/png', 'foto.png')], '24')).toMatchObject({
      message: { attachment: { type: 'image', payload: { url } } },
    });
    const sheet = file('application/vnd.ms-excel', 'obras.xls');
    expect(await asked('messenger', [sheet], '24')).toMatchObject({
      message: { attachment: { type: 'file', payload: { url } } },
    });
    expect(await asked('instagram', [sheet], '17')).toEqual({
      recipient: { id: '17' },
      message: { text: `obras.xls\nhttps://linea.example.org/public/person/${FILE}` },
    });
  });
});

describe('what Meta answers', () => {
  const after = (trouble: MetaTrouble, name: Name = 'whatsapp') => {
    meta.trouble.push(trouble);
    return send(name, [words('Hola')]);
  };

  test.for([4, 80_007, 130_429, 131_056])('with %d is a pause', async (code) => {
    const result = await after({ status: 400, code });
    expect(result).toMatchObject({ outcome: 'throttled', retryAfterSeconds: expect.any(Number) });
  });

  test('with 429 is a pause as long as it asks for', async () => {
    expect(await after({ status: 429, retryAfter: 30 })).toEqual({
      outcome: 'throttled',
      retryAfterSeconds: 30,
    });
  });

  test.for<MetaTrouble>([
    { status: 500, code: 1 },
    { status: 503, code: 2 },
    { status: 500, code: 131_000 },
    { status: 502 },
    'broken line',
  ])('with %j is worth another try', async (trouble) => {
    await expect(after(trouble)).rejects.toThrow();
  });

  test.for([
    [{ status: 400, code: 131_047 }, '131047', /24 horas.*plantilla/],
    [{ status: 400, code: 131_026 }, '131026', /no usa WhatsApp/],
    [{ status: 401, code: 190, subcode: 463 }, '190/463', /clave de acceso/],
    [{ status: 404, code: 132_001 }, '132001', /plantilla no existe/],
    [{ status: 500, code: 131_053 }, '131053', /otro formato/],
    [{ status: 400, code: 10, subcode: 2_018_278 }, '10/2018278', /24 horas.*Espera/],
    [{ status: 400, code: 551, subcode: 1_545_041 }, '551/1545041', /bloqueó/],
    [{ status: 403, code: 10 }, '10', /falta un permiso/],
    [{ status: 400, code: 424_242, message: 'Moons' }, '424242', /^Meta no entregó el mensaje \(424242: Moons\)/],
  ] as const)('with %j is a refusal in plain words', async ([trouble, providerCode, reason]) => {
    expect(await after(trouble)).toMatchObject({
      outcome: 'rejected',
      providerCode,
      reason: expect.stringMatching(reason),
    });
  });
});

describe('a file of WhatsApp', () => {
  const bytes = Buffer.from('una foto');
  const sha256 = createHash('sha256').update(bytes).digest('base64');
  const offer = (described: object, serve: (response: ServerResponse) => void = (response) => response.end(bytes)) => {
    meta.answers.set(
      '/55',
      (_, response) => void response.end(JSON.stringify({ url: `${meta.url}/file`, ...described })),
    );
    meta.answers.set('/file', (request, response) => {
      if (request.headers.authorization !== `Bearer ${META_TOKEN}`) response.statusCode = 401;
      serve(response);
    });
  };
  const fetched = (source: Record<string, unknown>) =>
    channels.whatsapp.fetchMedia?.('whatsapp', { id: '55', ...source });

  test('is fetched with the token, and is the one that was announced', async () => {
    offer({ mime_type: 'image/jpeg', file_size: bytes.length, id: '55' });
    expect(await fetched({ sha256 })).toEqual({ outcome: 'fetched', bytes });
    expect(await fetched({ sha256: Buffer.from(sha256, 'base64').toString('hex') })).toMatchObject({
      outcome: 'fetched',
    });
    await expect(fetched({ sha256: 'other' })).rejects.toThrow();
  });

  test('that is too large is left there, whatever it says of itself', async () => {
    offer({ file_size: limits.fileBytes + 1 });
    expect(await fetched({})).toEqual({ outcome: 'gone', reason: 'too_large' });
    offer({ file_size: 1 }, (response) => response.end(Buffer.alloc(limits.fileBytes + 1)));
    expect(await fetched({})).toEqual({ outcome: 'gone', reason: 'too_large' });
  });

  test('that is gone is gone', async () => {
    expect(await fetched({ id: '56' })).toEqual({ outcome: 'gone', reason: 'gone' });
    offer({}, (response) => response.writeHead(404).end());
    expect(await fetched({})).toEqual({ outcome: 'gone', reason: 'gone' });
  });

  test('is asked for again when the service is down', async () => {
    offer({}, (response) => response.writeHead(503).end());
    await expect(fetched({})).rejects.toThrow();
  });

  test('is fetched from Meta alone: the token goes nowhere else', async () => {
    offer({ url: 'http://169.254.169.254/latest/meta-data' });
    expect(await fetched({})).toEqual({ outcome: 'gone', reason: 'gone' });
    expect(await channels.messenger.fetchMedia?.('messenger', { url: 'https://fbcdn.net.example.org/x' })).toEqual({
      outcome: 'gone',
      reason: 'gone',
    });
  });
});
