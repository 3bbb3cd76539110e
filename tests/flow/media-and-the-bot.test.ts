import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTranscriber } from '../../bots/speech/open-ai-speech.ts';
import type { Bot, BotTurn } from '../../server/contract/bot.ts';
import { caseDraftSchema } from '../../server/contract/case.ts';
import type { Receipt } from '../../server/contract/channel.ts';
import type { MediaPart, Part } from '../../server/contract/message.ts';
import { api } from '../../server/contract/routes.ts';
import { aCase } from '../support/case-desk.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { type FileProvider, type Serving, startFileProvider } from '../support/file-provider.ts';
import { samples } from '../support/sample-files.ts';
import { type SpeechServer, startSpeechServer } from '../support/speech-server.ts';
import { until } from '../support/until.ts';

let speech: SpeechServer;
let centre: ContactCentre;
let provider: FileProvider;

/** Says nothing, and remembers what it was told. */
const turns: BotTurn[] = [];
const listener: Bot = {
  async turn(turn) {
    turns.push(turn);
    return { replies: [], state: { version: 1, data: {} } };
  },
};

beforeAll(async () => {
  speech = await startSpeechServer();
  centre = await startContactCentre({
    bot: listener,
    settings: { SPEECH_BASE_URL: speech.baseUrl, SPEECH_MODEL: 'whisper-1', SPEECH_TIMEOUT_MS: 2_000 },
  });
  provider = await startFileProvider(centre);
});
afterAll(async () => {
  await provider?.stop();
  await centre?.stop();
  await speech?.stop();
});

let release = () => {};
beforeEach(() => {
  turns.length = 0;
  speech.heard.length = 0;
  speech.mood = 'well';
});
afterEach(() => release());

interface Writer {
  says(text: string): Promise<Receipt>;
  sends(serving: Serving, said: Partial<MediaPart>): Promise<Receipt & { attachmentId: string }>;
  /** What the bot was told, a turn a list. */
  heard(): Part[][];
}

/** Somebody who writes by WhatsApp. */
function writer(): Writer {
  const address = `+5222911${String(Math.random()).slice(2, 7)}`;
  let conversationId = '';
  async function deliver(parts: object[], more: object = {}): Promise<Receipt> {
    const event = { type: 'message', externalId: `wamid.${randomUUID()}`, from: { address }, parts, ...more };
    const [receipt] = (await provider.channel.deliver([event])) as [Receipt];
    conversationId = receipt.conversationId;
    return receipt;
  }
  return {
    says: (text) => deliver([{ type: 'text', text }]),
    async sends(serving, said) {
      const attachmentId = randomUUID();
      const source = provider.put(`/${attachmentId}`, serving);
      const part = { type: 'media', attachmentId, name: '', mimeType: 'image/jpeg', size: 0, arriving: true, ...said };
      return { ...(await deliver([part], { toFetch: [{ attachmentId, source }] })), attachmentId };
    },
    heard: () =>
      turns
        .filter((turn) => turn.conversationId === conversationId)
        .map((turn) => turn.messages.flatMap((message) => message.parts)),
  };
}

const voice = { mimeType: 'audio/ogg', look: 'voice' } as const;
const partOf = async (messageId: string): Promise<MediaPart> => {
  const { db } = centre.server.context.database;
  const { parts } = await db
    .selectFrom('message')
    .select('parts')
    .where('id', '=', messageId)
    .executeTakeFirstOrThrow();
  return parts.find((part: Part) => part.type === 'media') as MediaPart;
};

describe('a file in a burst', () => {
  test('is there when the bot looks at the burst, and the burst is one turn', async () => {
    const lupe = writer();
    release = provider.hold();
    await lupe.sends(samples.jpeg, {});
    await lupe.says('es en la esquina de mi casa');
    release();
    await until(() => lupe.heard().length > 0);
    expect(lupe.heard()).toMatchObject([
      [{ type: 'media', mimeType: 'image/jpeg', size: samples.jpeg.length }, { type: 'text' }],
    ]);
    expect(lupe.heard()[0]?.[0]).not.toHaveProperty('arriving');
  });

  test('that does not come holds the bot up for a quarter of a minute, no longer', async () => {
    const lupe = writer();
    release = provider.hold();
    await lupe.sends(samples.jpeg, {});
    const { ticketId } = await lupe.says('¿me leen?');
    const { db } = centre.server.context.database;
    const ticket = await db.selectFrom('ticket').selectAll().where('id', '=', ticketId).executeTakeFirstOrThrow();
    expect(ticket.bot_waits_until?.getTime()).toBeGreaterThan(centre.clock.now().getTime() + 10_000);
    expect(lupe.heard()).toEqual([]);
    centre.clock.advance(20);
    await until(() => lupe.heard().length > 0);
    expect(lupe.heard()).toMatchObject([[{ type: 'media', arriving: true }, { type: 'text' }]]);
  });

  test('that was lost is told to the bot as lost, at once', async () => {
    const lupe = writer();
    await lupe.sends('gone', {});
    await until(() => lupe.heard().length > 0);
    expect(lupe.heard()).toMatchObject([[{ type: 'media', lost: 'gone' }]]);
  });
});

describe('a case', () => {
  const openedFrom = async (contact: Receipt, attachmentIds: string[]) => {
    const asker = { conversationId: contact.conversationId, ticketId: contact.ticketId ?? '' };
    const { cases } = centre.server.context.desk;
    const draft = caseDraftSchema.parse(aCase({ attachmentIds }));
    const opened = await cases.open(asker, randomUUID(), draft, { triage: false }, 'es');
    if (!opened.ok) throw new Error(opened.problem);
    return opened.case;
  };
  const photosOf = async (caseId: string) => {
    const { db } = centre.server.context.database;
    const files = await db.selectFrom('case_attachment').selectAll().where('case_id', '=', caseId).execute();
    const row = await db.selectFrom('service_case').select('photos').where('id', '=', caseId).executeTakeFirstOrThrow();
    expect(row.photos).toBe(files.length);
    return files.map((file) => file.attachment_id);
  };

  test('has the photos that came before it, and those that come after', async () => {
    const lupe = writer();
    const first = await lupe.sends(samples.jpeg, {});
    await until(async () => !(await partOf(first.messageId)).arriving);
    release = provider.hold();
    const late = await lupe.sends(samples.png, {});
    const { id, folio } = await openedFrom(late, [first.attachmentId, late.attachmentId]);
    expect(await photosOf(id)).toEqual([first.attachmentId]);
    release();
    await until(async () => (await photosOf(id)).length === 2);
    expect((await photosOf(id)).toSorted()).toEqual([first.attachmentId, late.attachmentId].toSorted());
    const elena = await centre.operator('elena');
    const detail = await elena.call(api.openCase, { params: { id } });
    expect(detail).toMatchObject({ folio, photos: 2 });
    expect(detail.events.map(({ type }) => type)).toContain('photo_added');
  });

  test('is opened without a photo that was lost', async () => {
    const lupe = writer();
    const lost = await lupe.sends('gone', {});
    await until(async () => (await partOf(lost.messageId)).lost);
    const { id } = await openedFrom(lost, [lost.attachmentId]);
    expect(await photosOf(id)).toEqual([]);
  });

  test('takes no file of another conversation', async () => {
    const theirs = await writer().sends(samples.jpeg, {});
    await until(async () => !(await partOf(theirs.messageId)).arriving);
    const own = await writer().says('hola');
    const { id } = await openedFrom(own, [theirs.attachmentId]);
    expect(await photosOf(id)).toEqual([]);
  });
});

describe('a voice note', () => {
  test('is written down before the bot hears it, in the language of its conversation', async () => {
    speech.says = ' Hay un bache en Hidalgo\u0000 y Madero \n';
    const lupe = writer();
    const sent = await lupe.sends(samples.ogg, voice);
    await until(() => lupe.heard().length > 0);
    expect(lupe.heard()).toMatchObject([
      [{ type: 'media', look: 'voice', transcript: 'Hay un bache en Hidalgo y Madero' }],
    ]);
    expect(speech.heard).toMatchObject([{ model: 'whisper-1', language: 'es', name: 'audio.ogg', type: 'audio/ogg' }]);
    expect(speech.heard[0]?.bytes).toEqual(samples.ogg);
    const { db } = centre.server.context.database;
    const { last_preview: preview } = await db
      .selectFrom('ticket')
      .select('last_preview')
      .where('id', '=', sent.ticketId)
      .executeTakeFirstOrThrow();
    expect(preview).toBe('🎤 Hay un bache en Hidalgo y Madero');
    expect(centre.logs()).not.toContain('Hidalgo');
  });

  test('of hours is kept to what can be stored', async () => {
    speech.says = 'palabra '.repeat(20_000);
    const { messageId } = await writer().sends(samples.ogg, voice);
    const { transcript } = await until(async () => {
      const part = await partOf(messageId);
      return part.transcript ? part : null;
    });
    expect(transcript?.length).toBeLessThanOrEqual(20_000);
  });

  test.each(['broken', 'garbage', 'never', 'cut'] as const)(
    'reaches the bot without its words when the speech server is %s',
    async (mood) => {
      speech.mood = mood;
      const lupe = writer();
      const { messageId } = await lupe.sends(samples.ogg, voice);
      await until(() => lupe.heard().length > 0);
      expect(lupe.heard()).toMatchObject([[{ type: 'media', look: 'voice' }]]);
      expect(speech.heard).not.toEqual([]);
      expect(await partOf(messageId)).not.toHaveProperty('transcript');
      const left = centre.server.context.database.db.selectFrom('media_fetch').where('message_id', '=', messageId);
      expect(await left.selectAll().execute()).toEqual([]);
    },
  );

  test('costs nobody their time while the speech server is dead', async () => {
    let now = 0;
    const settings = { baseUrl: speech.baseUrl, model: 'whisper-1', timeoutMs: 2_000 };
    const failures: unknown[] = [];
    const { transcribe } = createTranscriber(
      settings,
      (error) => failures.push(error),
      () => now,
    );
    const recording = { bytes: samples.ogg, name: 'nota de voz.ogg', mimeType: 'audio/ogg' };
    speech.mood = 'broken';
    for (let attempt = 0; attempt < 3; attempt += 1) expect(await transcribe(recording, 'es')).toBeNull();
    expect(failures).toHaveLength(3);
    const asked = speech.heard.length;
    speech.mood = 'well';
    speech.says = 'Se fue la luz';
    expect(await transcribe(recording, 'es')).toBeNull();
    expect(speech.heard).toHaveLength(asked);
    now = 61_000;
    expect(await transcribe(recording, 'en')).toBe('Se fue la luz');
    expect(speech.heard.at(-1)?.language).toBe('en');
  });

  test('is all that speech servers are asked about', async () => {
    const lupe = writer();
    await lupe.sends(samples.mp4, { mimeType: 'video/mp4' });
    await until(() => lupe.heard().length > 0);
    expect(speech.heard).toEqual([]);
  });
});
