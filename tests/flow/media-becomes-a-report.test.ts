import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Part } from '../../server/contract/message.ts';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { type FileProvider, startFileProvider } from '../support/file-provider.ts';
import { samples } from '../support/sample-files.ts';
import { type SpeechServer, startSpeechServer } from '../support/speech-server.ts';
import { until } from '../support/until.ts';

let speech: SpeechServer;
let centre: ContactCentre;
let provider: FileProvider;

beforeAll(async () => {
  speech = await startSpeechServer();
  centre = await startContactCentre({ settings: { SPEECH_BASE_URL: speech.baseUrl, SPEECH_MODEL: 'whisper-1' } });
  await centre.server.context.bot.prepare?.(centre.server.context.desk);
  provider = await startFileProvider(centre);
}, 300_000);
afterAll(async () => {
  await provider?.stop();
  await centre?.stop();
  await speech?.stop();
});

/** Somebody who writes by WhatsApp; each word of theirs waits for what the bot says to it. */
function resident() {
  const address = `+5222912${String(Math.random()).slice(2, 7)}`;
  const answers = () => provider.channel.sent.filter(({ to }) => to === address);
  const wordsOf = (parts: readonly Part[]) => parts.map((part) => ('text' in part ? part.text : '')).join(' ');
  async function sends(part: object, toFetch: object[] = []): Promise<string> {
    const before = answers().length;
    const event = { type: 'message', externalId: `wamid.${randomUUID()}`, from: { address }, parts: [part], toFetch };
    await provider.channel.deliver([event]);
    await until(() => answers().length > before, { what: 'the bot', timeout: 30_000 });
    return answers()
      .slice(before)
      .map(({ message }) => wordsOf(message.parts))
      .join('\n');
  }
  return {
    says: (text: string) => sends({ type: 'text', text }),
    puts: (latitude: number, longitude: number) => sends({ type: 'location', latitude, longitude }),
    async gives(bytes: Uint8Array, said: { mimeType: string; look?: 'voice' }) {
      const attachmentId = randomUUID();
      const source = provider.put(`/${attachmentId}`, bytes);
      const part = { type: 'media', attachmentId, name: '', size: 0, arriving: true, ...said };
      return { attachmentId, answer: await sends(part, [{ attachmentId, source }]) };
    },
  };
}

const photo = { mimeType: 'image/jpeg' };
const voice = { mimeType: 'audio/ogg', look: 'voice' } as const;

/** The case of a folio, as its department finds it. */
async function filedAs(answer: string) {
  const folio = /VER-\d{4}-\d{6}/.exec(answer)?.[0];
  const { db } = centre.server.context.database;
  const { id } = await db
    .selectFrom('service_case')
    .select('id')
    .where('folio', '=', folio ?? '')
    .executeTakeFirstOrThrow();
  const hugo = await centre.operator('hugo');
  return { hugo, found: await hugo.call(api.openCase, { params: { id } }) };
}

test('a photo without words, then a voice note: a report with its photo, which the department sees', async () => {
  speech.says = 'es un bache en hidalgo y madero';
  const lupe = resident();
  const { attachmentId, answer } = await lupe.gives(samples.jpeg, photo);
  expect(answer).toContain('Recibí lo que mandaste');
  expect((await lupe.gives(samples.ogg, voice)).answer).toContain('Fotos: 1');
  const { hugo, found } = await filedAs(await lupe.says('sí, envíalo'));
  expect(found).toMatchObject({ serviceId: 'bache', description: 'es un bache en hidalgo y madero', photos: 1 });
  expect(found.attachments).toMatchObject([{ id: attachmentId, mimeType: 'image/jpeg', name: 'foto.jpg' }]);
  const file = await fetch(`${centre.url}/api/v1/files/${attachmentId}`, { headers: { cookie: hugo.cookie } });
  expect(Buffer.from(await file.arrayBuffer())).toEqual(samples.jpeg);
});

test('a location without words is where the report is', async () => {
  const lupe = resident();
  expect(await lupe.puts(19.2006, -96.137)).toContain('Recibí tu ubicación');
  expect(await lupe.says('hay un bache')).toContain('foto');
  const { attachmentId, answer } = await lupe.gives(samples.png, photo);
  expect(answer).toContain('Fotos: 1');
  const { found } = await filedAs(await lupe.says('sí'));
  expect(found).toMatchObject({ photos: 1, place: { point: { latitude: 19.2006, longitude: -96.137 } } });
  expect(found.attachments).toMatchObject([{ id: attachmentId, mimeType: 'image/png' }]);
});

test('danger in a voice note is answered as danger', async () => {
  speech.says = 'auxilio, se está quemando la casa de mi vecina';
  expect((await resident().gives(samples.ogg, voice)).answer).toContain('911');
});

test('a voice note that nobody could write down leads to a person', async () => {
  speech.says = '';
  const lupe = resident();
  expect((await lupe.gives(samples.ogg, voice)).answer).toContain('no puedo escuchar audios');
  expect((await lupe.gives(samples.ogg, voice)).answer).toContain('una persona');
});
