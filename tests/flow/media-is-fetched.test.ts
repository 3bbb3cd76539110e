import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Bot } from '../../server/contract/bot.ts';
import type { Receipt } from '../../server/contract/channel.ts';
import { limits } from '../../server/contract/limits.ts';
import type { MediaPart, Part } from '../../server/contract/message.ts';
import { startReconciler } from '../../server/jobs/reconciler.ts';
import { fetchFile } from '../../server/media/fetch-file.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { type FileProvider, type Serving, startFileProvider } from '../support/file-provider.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { samples } from '../support/sample-files.ts';
import { until } from '../support/until.ts';

/** Passes everybody on, so that people see what came. */
const usher: Bot = {
  turn: async () => ({ replies: [], state: { version: 1, data: {} }, handOff: { summary: '', reason: 'asked' } }),
};

/** What the provider says of a file when it tells of the message. */
type Said = Partial<Pick<MediaPart, 'name' | 'mimeType' | 'look'>>;

interface Sent extends Receipt {
  attachmentId: string;
  path: string;
  /** The file's part as it stands. */
  part(): Promise<MediaPart>;
}

const somebody = (): string => `+5222900${String(Math.random()).slice(2, 7)}`;

describe.each(['PostgreSQL', 'Redis'])('a file that a message points to, jobs on %s', (backend) => {
  let centre: ContactCentre;
  let provider: FileProvider;
  let ana: OperatorClient;
  let redis: TestRedis | null;

  beforeAll(async () => {
    redis = backend === 'Redis' ? await startRedis() : null;
    const settings = { PRESENCE_LEASE_SECONDS: 600, ...(redis ? { REDIS_URL: redis.url } : {}) };
    centre = await startContactCentre({ bot: usher, settings });
    provider = await startFileProvider(centre);
    ana = await centre.operator('ana');
  });
  afterAll(async () => {
    await provider?.stop();
    await centre?.stop();
    await redis?.stop();
  });

  let release = () => {};
  afterEach(() => release());

  /** A resident sends a file; the message only points to it. */
  async function sends(serving: Serving, said: Said = {}, address = somebody()): Promise<Sent> {
    const attachmentId = randomUUID();
    const path = `/${attachmentId}`;
    const event = {
      type: 'message',
      externalId: `wamid.${attachmentId}`,
      from: { address },
      parts: [{ type: 'media', attachmentId, name: '', mimeType: 'image/jpeg', size: 0, arriving: true, ...said }],
      toFetch: [{ attachmentId, source: provider.put(path, serving) }],
    };
    const [receipt] = (await provider.channel.deliver([event])) as [Receipt];
    const part = async () => {
      const { parts } = await message(receipt.messageId);
      return parts.find((one: Part) => one.type === 'media') as MediaPart;
    };
    return { ...receipt, attachmentId, path, part };
  }

  const message = (id: string) =>
    centre.server.context.database.db.selectFrom('message').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

  const becomes = (sent: Sent, expected: Partial<MediaPart>) =>
    until(
      async () => {
        const part = await sent.part();
        expect(part).toMatchObject(expected);
        expect(part.arriving).toBeUndefined();
        return part;
      },
      { what: `the file to be ${JSON.stringify(expected)}` },
    );

  const steps = () => centre.server.context.database.db.selectFrom('media_fetch').selectAll().execute();
  const download = (id: string) => fetch(`${centre.url}/api/v1/files/${id}`, { headers: { cookie: ana.cookie } });

  test('the message is there at once; the file follows into its place, and whoever watches sees it come', async () => {
    const address = somebody();
    const hello = {
      type: 'message',
      externalId: randomUUID(),
      from: { address },
      parts: [{ type: 'text', text: 'Hola' }],
    };
    const [{ ticketId }] = (await provider.channel.deliver([hello])) as [Receipt];
    await ana.ticketBecomes(ticketId ?? '', { state: 'waiting' });
    await ana.watch(ticketId ?? '');

    release = provider.hold();
    const sent = await sends(samples.jpeg, { mimeType: 'image/jpeg' }, address);
    const shown = () =>
      ana.heard('message').flatMap(({ message }) => (message.id === sent.messageId ? message.parts : []));
    await until(() => shown().length === 1);
    expect(shown()).toMatchObject([{ arriving: true, mimeType: 'image/jpeg', name: '' }]);
    const early = await download(sent.attachmentId);
    expect(early.status).toBe(409);
    expect(early.headers.get('retry-after')).toBe('5');
    expect(await early.json()).toMatchObject({ error: { code: 'file_arriving' } });

    release();
    await becomes(sent, { mimeType: 'image/jpeg', size: samples.jpeg.length, name: 'foto.jpg' });
    await until(() => shown().length === 2);
    expect(shown()[1]).not.toHaveProperty('arriving');
    const { ticket } = await ana.open(ticketId ?? '');
    expect(ticket.lastMessage?.preview).toBe('📎 foto.jpg');
    const file = await download(sent.attachmentId);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await file.arrayBuffer())).toEqual(samples.jpeg);
    expect(provider.asked(sent.path)).toBe(1);
    expect(await steps()).toEqual([]);
  });

  test('somebody who may not read the message is not told that its file is on its way', async () => {
    release = provider.hold();
    const sent = await sends(samples.jpeg);
    const { status } = await fetch(`${centre.url}/api/v1/files/${sent.attachmentId}`);
    expect(status).toBe(404);
    const carmen = await centre.operator('carmen');
    const answer = await fetch(`${centre.url}/api/v1/files/${sent.attachmentId}`, {
      headers: { cookie: carmen.cookie },
    });
    expect(answer.status).toBe(404);
  });

  describe('is shown as what it is', () => {
    test.each<[string, Uint8Array, Said, Partial<MediaPart>]>([
      [
        'a voice note',
        samples.ogg,
        { mimeType: 'audio/ogg; codecs=opus', look: 'voice' },
        { name: 'nota de voz.ogg', mimeType: 'audio/ogg', look: 'voice' },
      ],
      [
        'a sticker',
        samples.webp,
        { mimeType: 'image/webp', look: 'sticker' },
        { name: 'sticker.webp', mimeType: 'image/webp', look: 'sticker' },
      ],
      [
        'a paper with its name',
        samples.pdf,
        { name: 'Recibo de agua.pdf', mimeType: 'application/pdf' },
        { name: 'Recibo de agua.pdf', mimeType: 'application/pdf' },
      ],
      [
        'a voice note in the container of films',
        samples.m4a,
        { name: 'audioclip-17.mp4', mimeType: 'video/mp4', look: 'voice' },
        { name: 'audioclip-17.mp4', mimeType: 'audio/mp4', look: 'voice' },
      ],
      [
        'a recording of a browser',
        samples.weba,
        { mimeType: 'audio/webm' },
        { name: 'audio.webm', mimeType: 'audio/webm' },
      ],
      ['a film', samples.mp4, { mimeType: 'video/mp4' }, { name: 'video.mp4', mimeType: 'video/mp4' }],
      [
        'a photo of another kind than it says',
        samples.png,
        { name: 'foto.jpg', mimeType: 'image/jpeg' },
        { name: 'foto.png', mimeType: 'image/png' },
      ],
      [
        'a paper that calls itself a photo',
        samples.pdf,
        { name: 'foto.jpg', mimeType: 'image/jpeg' },
        { name: 'foto.jpg.pdf', mimeType: 'application/pdf' },
      ],
      [
        'a name that leads out of its folder',
        samples.pdf,
        { name: '../../etc/passwd.pdf', mimeType: 'application/pdf' },
        { name: 'passwd.pdf' },
      ],
    ])('%s', async (_what, bytes, said, expected) => {
      const sent = await sends(bytes, said);
      expect(await becomes(sent, { ...expected, size: bytes.length })).not.toHaveProperty('lost');
    });

    test('a photo that calls itself a voice note is no voice note', async () => {
      const sent = await sends(samples.jpeg, { mimeType: 'audio/ogg', look: 'voice' });
      expect(await becomes(sent, { mimeType: 'image/jpeg', name: 'foto.jpg' })).not.toHaveProperty('look');
    });
  });

  describe('is lost, and says why', () => {
    test.each<[string, Serving, MediaPart['lost']]>([
      ['what the provider has no more', 'gone', 'gone'],
      ['a program', samples.exe, 'refused'],
      ['a web page', samples.html, 'refused'],
      ['nothing at all', new Uint8Array(), 'refused'],
      ['a file beyond the limit', Buffer.concat([samples.png, Buffer.alloc(limits.fileBytes)]), 'too_large'],
    ])('%s', async (_what, serving, lost) => {
      const sent = await sends(serving);
      await becomes(sent, { lost });
      expect((await download(sent.attachmentId)).status).toBe(404);
      const stored = centre.server.context.database.db.selectFrom('attachment').where('id', '=', sent.attachmentId);
      expect(await stored.selectAll().execute()).toEqual([]);
    });

    test('a file without an end, of which little more than the limit is read', async () => {
      const sent = await sends('endless');
      await becomes(sent, { lost: 'too_large' });
      expect(provider.sent(sent.path)).toBeLessThan(2 * limits.fileBytes);
    });
  });

  describe('when the provider is out of order', () => {
    /** Lets time pass until the file is tried again. */
    async function triesAgain(sent: Sent): Promise<void> {
      const before = provider.asked(sent.path);
      const reconciler = startReconciler(centre.server.context);
      try {
        await until(async () => {
          centre.clock.advance(60);
          await reconciler.reconcile();
          return provider.asked(sent.path) > before || (await sent.part()).lost;
        });
      } finally {
        await reconciler.stop();
      }
    }

    test('is tried again until it comes', async () => {
      const sent = await sends('broken');
      await until(() => provider.asked(sent.path) === 1);
      expect(await sent.part()).toMatchObject({ arriving: true });
      provider.put(sent.path, 'cut');
      await triesAgain(sent);
      provider.put(sent.path, samples.png);
      await triesAgain(sent);
      await becomes(sent, { mimeType: 'image/png' });
    });

    test('is given up after six tries', async () => {
      const sent = await sends('broken');
      await until(() => provider.asked(sent.path) === 1);
      for (let tries = 2; tries <= 6; tries += 1) await triesAgain(sent);
      await becomes(sent, { lost: 'unreachable' });
      expect(provider.asked(sent.path)).toBe(6);
      expect(await steps()).toEqual([]);
    });
  });

  test('the same job many times at once fetches once', async () => {
    release = provider.hold();
    const sent = await sends(samples.png);
    const jobs = Array.from({ length: 10 }, () => fetchFile(centre.server.context, sent.attachmentId));
    await until(() => provider.asked(sent.path) === 1);
    release();
    await Promise.all(jobs);
    await becomes(sent, { mimeType: 'image/png' });
    await fetchFile(centre.server.context, sent.attachmentId);
    expect(provider.asked(sent.path)).toBe(1);
  });

  test('a server that freezes while it stores a file leaves nothing half, and another goes on', async () => {
    const { database, files } = centre.server.context;
    const put = files.put;
    // The row is written, the bytes are not.
    const frozen = Promise.withResolvers<void>();
    const thaws = Promise.withResolvers<void>();
    files.put = () => {
      frozen.resolve();
      return thaws.promise;
    };
    release = thaws.resolve;
    const sent = await sends(samples.png, { name: 'banqueta.png' });
    await frozen.promise;
    files.put = put;
    expect(await sent.part()).toMatchObject({ arriving: true });
    expect((await download(sent.attachmentId)).status).toBe(409);

    const reconciler = startReconciler(centre.server.context);
    await reconciler.reconcile();
    expect(provider.asked(sent.path)).toBe(1);
    centre.clock.advance(200);
    await reconciler.reconcile();
    await becomes(sent, { mimeType: 'image/png', name: 'banqueta.png' });
    await reconciler.stop();
    const stored = () => database.db.selectFrom('attachment').selectAll().where('id', '=', sent.attachmentId).execute();
    expect(await stored()).toMatchObject([{ conversation_id: sent.conversationId, owner: 'account:whatsapp' }]);
    expect(Buffer.from(await (await download(sent.attachmentId)).arrayBuffer())).toEqual(samples.png);

    const before = [await message(sent.messageId), await stored()];
    thaws.resolve();
    await until(async () => (await centre.server.context.jobs.queues.get('media')?.getActiveCount()) === 0);
    expect([await message(sent.messageId), await stored()]).toEqual(before);
  });

  test('a webhook that comes twice leads to one file', async () => {
    const attachmentId = randomUUID();
    const source = provider.put('/twice', samples.png);
    const event = (id: string) => ({
      type: 'message',
      externalId: 'wamid.twice',
      from: { address: '+522290000001' },
      parts: [{ type: 'media', attachmentId: id, name: '', mimeType: 'image/png', size: 0, arriving: true }],
      toFetch: [{ attachmentId: id, source }],
    });
    // Each decoding gives the file another id.
    const receipts = await Promise.all([attachmentId, randomUUID()].map((id) => provider.channel.deliver([event(id)])));
    expect(new Set(receipts.flat().map(({ messageId }) => messageId)).size).toBe(1);
    const { messageId } = receipts.flat()[0] as Receipt;
    await until(async () => (await message(messageId)).parts.every((part) => part.type === 'media' && !part.arriving));
    expect(provider.asked('/twice')).toBe(1);
  });
});
