import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Channel, InboundMessage, OutboundMessage } from '../../server/contract/channel.ts';
import type { Part } from '../../server/contract/message.ts';
import type { ProviderInput } from '../../server/contract/messaging.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import {
  startTwilioServer,
  TWILIO_SID,
  TWILIO_TOKEN,
  type TwilioServer,
  twilioMessage,
} from '../support/twilio-server.ts';

const SERVICE = `MG${'a'.repeat(32)}`;
const WHATSAPP = 'whatsapp-proteccion-civil';

let twilio: TwilioServer;
let centre: ContactCentre;
let whatsapp: Channel<ProviderInput>;
let sms: Channel<ProviderInput>;
beforeAll(async () => {
  twilio = await startTwilioServer();
  centre = await startContactCentre({ settings: twilio.settings });
  whatsapp = centre.server.context.channels.get('whatsapp') as never;
  sms = centre.server.context.channels.get('sms') as never;
});
afterEach(() => {
  twilio.sent.length = 0;
  twilio.trouble.length = 0;
});
afterAll(async () => {
  await centre?.stop();
  await twilio?.stop();
});

const form = (fields: Record<string, string>) =>
  twilioMessage({ From: 'whatsapp:+5212291234567', To: 'whatsapp:+522291000200', MessageSid: 'SM1', ...fields });
async function heard(fields: Record<string, string>): Promise<InboundMessage> {
  const [event] = await whatsapp.decode({ accountId: WHATSAPP, body: form(fields) });
  if (event?.type !== 'message') throw new Error('no message');
  return event;
}

describe('what comes in', () => {
  test('is from one person, however WhatsApp writes their number, and is answered as it writes it', async () => {
    const { from } = await heard({ Body: 'Hola', ProfileName: 'Rosa', WaId: '5212291234567', ExternalUserId: 'MX.17' });
    expect(from).toEqual({
      address: '+522291234567',
      phone: '+522291234567',
      replyTo: 'whatsapp:+5212291234567',
      aliases: ['MX.17'],
      displayName: 'Rosa',
    });
  });

  test('is from somebody even without a phone number', async () => {
    const { from } = await heard({ From: 'whatsapp:MX.1349120865530274', Body: 'Hola' });
    expect(from).toEqual({ address: 'MX.1349120865530274', replyTo: 'whatsapp:MX.1349120865530274' });
  });

  const said: [string, Record<string, string>, Part[]][] = [
    ['a text', { Body: ' Hay un bache ' }, [{ type: 'text', text: 'Hay un bache' }]],
    [
      'a location',
      { MessageType: 'location', Latitude: '19.2005', Longitude: '-96.1389', Label: 'Zócalo', Address: 'Centro' },
      [{ type: 'location', latitude: 19.2005, longitude: -96.1389, label: 'Zócalo, Centro' }],
    ],
    [
      'a button',
      { MessageType: 'button', Body: 'Sí', ButtonText: 'Sí', ButtonPayload: 'yes' },
      [{ type: 'choice', id: 'yes', title: 'Sí' }],
    ],
    [
      'a row of a list',
      { MessageType: 'interactive', Body: 'Bache', ListId: 'bache', ListTitle: 'Bache' },
      [{ type: 'choice', id: 'bache', title: 'Bache' }],
    ],
    [
      'a text after an advertisement',
      { Body: 'Hola', ReferralHeadline: 'Reporta', ReferralBody: 'Aquí', ReferralSourceUrl: 'https://fb.me/1' },
      [
        { type: 'referral', headline: 'Reporta', body: 'Aquí', url: 'https://fb.me/1' },
        { type: 'text', text: 'Hola' },
      ],
    ],
    ['a kind that nobody knows yet', { MessageType: 'poll' }, [{ type: 'unsupported', kind: 'poll' }]],
    ['nothing at all', {}, [{ type: 'unsupported', kind: 'empty' }]],
  ];
  test.each(said)('can be %s', async (_what, fields, parts) => {
    expect((await heard(fields)).parts).toEqual(parts);
  });

  const files: [string, Record<string, string>, object][] = [
    ['a voice note', { MessageType: 'audio', MediaContentType0: 'audio/ogg' }, { name: 'audio.ogg', look: 'voice' }],
    [
      'a sticker',
      { MessageType: 'sticker', MediaContentType0: 'image/webp' },
      { name: 'imagen.webp', look: 'sticker' },
    ],
    ['a photo', { MessageType: 'image', MediaContentType0: 'image/jpeg' }, { name: 'foto.jpg' }],
    ['a card', { MessageType: 'contacts', MediaContentType0: 'text/vcard' }, { name: 'contacto.vcf' }],
  ];
  test.each(files)('can be %s, which is fetched later', async (_what, fields, part) => {
    const { parts, toFetch } = await heard({ NumMedia: '1', MediaUrl0: `${twilio.url}/media/1`, ...fields });
    const mimeType = fields.MediaContentType0;
    const attachmentId = expect.any(String);
    expect(parts).toEqual([{ type: 'media', attachmentId, mimeType, size: 0, arriving: true, ...part }]);
    expect(toFetch).toEqual([
      { attachmentId: Object(parts[0]).attachmentId, source: { url: `${twilio.url}/media/1` } },
    ]);
  });

  test('names what it answers', async () => {
    expect((await heard({ Body: 'Esa', OriginalRepliedMessageSid: 'SM0' })).repliesTo).toBe('SM0');
  });

  test('can be a report, which says in plain words what went wrong', async () => {
    const report = (fields: Record<string, string>) =>
      whatsapp.decode({ accountId: WHATSAPP, body: { AccountSid: TWILIO_SID, MessageSid: 'SM9', ...fields } });
    expect(await report({ MessageStatus: 'queued' })).toEqual([]);
    expect(await report({ MessageStatus: 'read' })).toEqual([
      { type: 'status', providerMessageId: 'SM9', status: 'read' },
    ]);
    expect(await report({ MessageStatus: 'undelivered', ErrorCode: '63016' })).toEqual([
      {
        type: 'status',
        providerMessageId: 'SM9',
        status: 'failed',
        failure: {
          code: '63016',
          permanent: true,
          reason: 'Pasaron más de 24 horas desde el último mensaje de la persona. Envíale una plantilla.',
        },
      },
    ]);
  });
});

describe('what goes out', () => {
  const say = (channel: Channel<ProviderInput>, accountId: string, parts: Part[], to = 'whatsapp:+5212291234567') =>
    channel.send({
      accountId,
      to,
      message: { id: randomUUID(), parts } as OutboundMessage['message'],
      idempotencyKey: randomUUID(),
      locale: 'es',
    });
  const photo: Part = {
    type: 'media',
    attachmentId: '0197f0f0-0000-7000-8000-000000000001',
    name: 'foto.jpg',
    mimeType: 'image/jpeg',
    size: 9,
  };

  test('goes from the account to the address as it came, and is reported on to this server', async () => {
    expect(await say(whatsapp, WHATSAPP, [{ type: 'text', text: 'Ya vamos' }])).toMatchObject({ outcome: 'accepted' });
    expect(twilio.sent).toMatchObject([
      {
        text: 'Ya vamos',
        form: {
          From: 'whatsapp:+522291000200',
          To: 'whatsapp:+5212291234567',
          StatusCallback: `${centre.server.url}/webhooks/twilio/status#rc=5&rp=5xx,ct,rt`,
        },
      },
    ]);
  });

  test('is a file by a link that the provider can open, with the words beside it', async () => {
    await say(whatsapp, WHATSAPP, [{ type: 'text', text: 'Así quedó' }, photo]);
    const [sent] = twilio.sent;
    expect(sent?.text).toBe('Así quedó');
    expect(sent?.mediaUrls).toHaveLength(1);
    expect(sent?.mediaUrls[0]).toContain(centre.server.url);
  });

  test('is a place on the map', async () => {
    await say(whatsapp, WHATSAPP, [
      { type: 'location', latitude: 19.2, longitude: -96.13, label: 'Palacio Municipal' },
    ]);
    expect(twilio.sent).toMatchObject([
      { text: 'Palacio Municipal', place: { latitude: 19.2, longitude: -96.13, label: 'Palacio Municipal' } },
    ]);
  });

  const template = (templateId: string): Part => ({
    type: 'template',
    templateId,
    variables: ['Rosa', 'la fuga'],
    text: 'Hola',
  });

  test('is a template by Twilio’s id of it, with its variables', async () => {
    expect(await say(whatsapp, WHATSAPP, [template('retomar')])).toMatchObject({ outcome: 'accepted' });
    expect(twilio.sent.map(({ text }) => text)).toEqual([expect.stringMatching(/^Hola, Rosa\. .* sobre la fuga\./)]);
  });

  test('is no template that Twilio does not have: that is said here', async () => {
    expect(await say(whatsapp, WHATSAPP, [template('de-otra-ciudad')])).toMatchObject({
      outcome: 'rejected',
      providerCode: 'no_content_sid',
      reason: expect.stringContaining('ContentSid'),
    });
    expect(twilio.sent).toEqual([]);
  });

  test('by SMS is words alone: a file is a link', async () => {
    await say(sms, 'sms', [{ type: 'text', text: 'Así quedó' }, photo], '+522291234567');
    const [sent] = twilio.sent;
    expect(sent?.mediaUrls).toEqual([]);
    expect(sent?.text).toMatch(/^Así quedó\n\nfoto\.jpg\nhttp:\/\/localhost:\d+\/\S+$/);
    expect(sent?.form).toMatchObject({ From: '+522291000300', To: '+522291234567' });
  });

  test('names the Messaging Service where the account has one', async () => {
    const account = centre.server.context.accounts.get('sms');
    const settings = account?.settings as { messagingServiceSid: string | null };
    settings.messagingServiceSid = SERVICE;
    const result = await say(sms, 'sms', [{ type: 'text', text: 'Hola' }], '+522291234567');
    settings.messagingServiceSid = null;
    expect(result).toMatchObject({ outcome: 'rejected', providerCode: '21701' });
  });

  test('waits as long as Twilio asks for, and comes again when Twilio is down', async () => {
    const words: Part[] = [{ type: 'text', text: 'Hola' }];
    twilio.trouble.push({ status: 429, code: 20429, retryAfter: 7 });
    expect(await say(whatsapp, WHATSAPP, words)).toEqual({ outcome: 'throttled', retryAfterSeconds: 7 });
    twilio.trouble.push({ status: 400, code: 63018 });
    expect(await say(whatsapp, WHATSAPP, words)).toEqual({ outcome: 'throttled', retryAfterSeconds: 60 });
    twilio.trouble.push({ status: 503, code: 20503 });
    await expect(say(whatsapp, WHATSAPP, words)).rejects.toThrow();
    twilio.trouble.push('broken line');
    const error = await say(whatsapp, WHATSAPP, words).catch((reason: Error) => reason);
    expect(error).toBeInstanceOf(Error);
    // Whoever logs it must not log the password.
    expect(JSON.stringify({ ...Object(error), text: String(error) })).not.toContain(TWILIO_TOKEN);
  });

  test('of an account that is not connected says so', async () => {
    expect(await say(whatsapp, 'whatsapp', [{ type: 'text', text: 'Hola' }])).toMatchObject({
      outcome: 'rejected',
      providerCode: 'account_off',
    });
  });
});

describe('a file at Twilio', () => {
  const file = Buffer.from('GIF89a…');
  const fetchFile = (url = `${twilio.url}/media/1`) => whatsapp.fetchMedia?.(WHATSAPP, { url });

  test('is fetched with the password, from where Twilio leads', async () => {
    twilio.answers.set('/media/1', (_request, response) => response.writeHead(307, { location: '/store/1' }).end());
    twilio.answers.set('/store/1', (_request, response) =>
      response.writeHead(200, { 'content-disposition': 'inline; filename="bache.gif"' }).end(file),
    );
    expect(await fetchFile()).toEqual({ outcome: 'fetched', bytes: file, name: 'bache.gif' });
  });

  test('is gone when Twilio has it no more', async () => {
    twilio.answers.set('/media/1', (_request, response) => response.writeHead(404).end());
    expect(await fetchFile()).toEqual({ outcome: 'gone', reason: 'gone' });
  });

  test('is not taken in when it is too large, said or unsaid', async () => {
    twilio.answers.set('/media/1', (_request, response) =>
      response.writeHead(200, { 'content-length': String(30 * 1_048_576) }).end(file),
    );
    expect(await fetchFile()).toEqual({ outcome: 'gone', reason: 'too_large' });
    twilio.answers.set('/media/1', (_request, response) => response.writeHead(200).end(Buffer.alloc(21 * 1_048_576)));
    expect(await fetchFile()).toEqual({ outcome: 'gone', reason: 'too_large' });
  });

  test('is fetched from nowhere else, wherever it leads', async () => {
    await expect(fetchFile('http://127.0.0.1:1/etc/passwd')).rejects.toThrow('elsewhere');
    twilio.answers.set('/media/1', (_request, response) =>
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
    );
    await expect(fetchFile()).rejects.toThrow('elsewhere');
    twilio.answers.set('/media/1', (_request, response) => response.writeHead(302, { location: '/media/1' }).end());
    await expect(fetchFile()).rejects.toThrow('one place to another');
  });

  test('is asked for again when Twilio is down', async () => {
    twilio.answers.set('/media/1', (_request, response) => response.writeHead(503).end());
    await expect(fetchFile()).rejects.toThrow('503');
  });
});
