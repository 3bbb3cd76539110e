import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { chatOnScreen } from '../support/chat-on-screen.ts';
import type { TestDatabase } from '../support/database.ts';
import { connectResident } from '../support/resident-client.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { createDatabase } from '../support/services.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

let database: TestDatabase;
let folder: TemporaryFolder;
let server: ServerProcess;
let browser: TestBrowser;

const env = () => ({
  DATABASE_URL: database.url,
  DATA_DIR: folder.path,
  CHAT_MESSAGES_PER_SECOND: '1000',
  CHAT_MESSAGES_PER_SECOND_PER_ADDRESS: '1000',
});
/** What a browser writes to the console when nobody answers. */
const expectedErrors = [/ERR_CONNECTION_REFUSED/, /ERR_INTERNET_DISCONNECTED/, /WebSocket connection to/];

/** Marks of messages that are not known to be stored. */
const UNSENT = '.mark:is([data-mark="waiting"], [data-mark="sending"])';

beforeAll(async () => {
  database = await createDatabase();
  folder = await temporaryFolder('line');
  server = await startServerProcess({ env: env() });
  browser = await launchBrowser(server.url);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await database?.drop();
  await folder?.remove();
});

test('what is written without a network waits, and goes out once and in order', async () => {
  const page = await browser.newPage({ viewport: phone, hasTouch: true, expectedErrors });
  const chat = chatOnScreen(page);
  // The bot knows an answer to each, and so goes on reading.
  const last = '¿Cómo saco un acta de nacimiento?';
  const questions = ['¿Dónde pago el predial?', '¿A qué hora pasa la basura?', last];
  await page.goto('/');
  await chat.open();
  await chat.say('Hola');
  await chat.reads('soy el asistente');

  await page.context().setOffline(true);
  await chat.banner.getByText('Sin conexión').waitFor();
  for (const question of questions) await chat.say(question);
  expect(await chat.markOf(last)).toBe('Por enviar');

  await page.context().setOffline(false);
  await until(async () => (await chat.markOf(last)) === 'Leído', { what: 'the last one to be read' });
  expect(await chat.banner.count()).toBe(0);
  expect(await saidByResident(chat)).toEqual(['Hola', ...questions]);
  await page.reload();
  await chat.reads(last);
  expect(await saidByResident(chat)).toEqual(['Hola', ...questions]);
});

test('a file chosen before the line stands waits for it, and goes with the message', async () => {
  const page = await browser.newPage({ viewport: phone, hasTouch: true, expectedErrors });
  const line = Promise.withResolvers<void>();
  await page.routeWebSocket(/socket\.io/, async (socket) => {
    await line.promise;
    socket.connectToServer();
  });
  const chat = chatOnScreen(page);
  await page.goto('/');
  await chat.open();
  const tray = chat.panel.getByRole('list', { name: 'Se enviará con tu mensaje' }).getByRole('listitem');
  await chat.panel
    .locator('#files')
    .setInputFiles({ name: 'recibo.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') });
  await tray.filter({ hasText: 'recibo.pdf' }).waitFor();

  line.resolve();
  await until(async () => (await tray.locator('progress').count()) === 0, { what: 'the upload' });
  await chat.say('Este es mi recibo');
  await chat.bubbles
    .filter({ hasText: 'Este es mi recibo' })
    .getByRole('link', { name: /Descargar recibo\.pdf/ })
    .waitFor();
});

test('a server killed in mid-conversation: nothing written is lost or doubled, nor the draft', async () => {
  const page = await browser.newPage({ expectedErrors });
  const chat = chatOnScreen(page);
  await page.goto('/');
  await chat.open();
  await chat.say('antes');
  await chat.reads('antes');
  await chat.reads('soy el asistente');

  // Some of these are stored without an acknowledgement, some are not stored at all.
  const written = Array.from({ length: 6 }, (_, index) => `durante ${index + 1}`);
  for (const text of written.slice(0, 3)) await chat.say(text);
  await server.kill();
  for (const text of written.slice(3)) await chat.say(text);
  await chat.composer.fill('esto lo pienso todavía');
  await chat.banner.waitFor();

  server = await startServerProcess({ env: env(), port: server.port });
  await until(async () => (await chat.panel.locator(UNSENT).count()) === 0, {
    what: 'all to be stored',
    timeout: 30_000,
  });
  expect(await saidByResident(chat)).toEqual(['antes', ...written]);

  await page.reload();
  await chat.reads('durante 6');
  expect(await saidByResident(chat)).toEqual(['antes', ...written]);
  expect(await chat.composer.inputValue()).toBe('esto lo pienso todavía');
});

test('what was not sent yet survives a reload, and another tab sends it', async () => {
  const page = await browser.newPage({ expectedErrors });
  const chat = chatOnScreen(page);
  await page.goto('/');
  await chat.open();
  await chat.say('Hola');
  await chat.reads('soy el asistente');
  await page.context().setOffline(true);
  await chat.banner.waitFor();
  await chat.say('escrito sin red');
  expect(await chat.markOf('escrito sin red')).toBe('Por enviar');
  await page.close();

  await page.context().setOffline(false);
  const [one, two] = await Promise.all([page.context().newPage(), page.context().newPage()]);
  await Promise.all([one.goto('/'), two.goto('/')]);
  for (const tab of [chatOnScreen(one), chatOnScreen(two)]) {
    await tab.open();
    await until(async () => (await tab.markOf('escrito sin red')) === 'Leído', { what: 'the mark in each tab' });
    expect(await saidByResident(tab)).toEqual(['Hola', 'escrito sin red']);
  }
});

test('a long absence and a long history: every message is there, in order', async () => {
  const page = await browser.newPage({ viewport: phone, expectedErrors });
  const chat = chatOnScreen(page);
  await page.goto('/');
  await chat.open();
  await chat.say('Quiero hablar con una persona');
  await chat.reads('Te pasamos con una persona');
  const token = await page.evaluate<string>(
    'JSON.parse(Object.entries(localStorage).find(([key]) => key.endsWith(":token"))[1])',
  );
  await page.context().setOffline(true);
  await chat.banner.waitFor();
  const elsewhere = await connectResident(server.url, { token });
  const texts = Array.from({ length: 130 }, (_, index) => `mensaje ${index + 1}`);
  for (const text of texts) await elsewhere.say(text);
  elsewhere.leave();

  await page.context().setOffline(false);
  await chat.reads('mensaje 130');
  const all = ['Quiero hablar con una persona', ...texts];
  expect(await saidByResident(chat)).toEqual(all);

  await page.reload();
  await chat.reads('mensaje 130');
  expect((await saidByResident(chat)).length).toBeLessThan(all.length);
  const scroller = chat.panel.locator('.scroller');
  const oldest = chat.bubbles.filter({ hasText: (await saidByResident(chat))[0] });
  await scroller.evaluate((element) => element.scrollTo(0, 0));
  const before = await oldest.boundingBox();
  await until(async () => (await saidByResident(chat)).length > 50, { what: 'an earlier page' });
  expect((await oldest.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, -1);

  await until(
    async () => {
      await scroller.evaluate((element) => element.scrollTo(0, 0));
      return (await saidByResident(chat)).length === all.length;
    },
    { what: 'the whole history' },
  );
  expect(await saidByResident(chat)).toEqual(all);
});

function saidByResident(chat: ReturnType<typeof chatOnScreen>): Promise<string[]> {
  return chat.panel.locator('.mine .text').allTextContents();
}
