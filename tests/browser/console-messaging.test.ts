import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { InboundMessage } from '../../server/contract/channel.ts';
import type { Part } from '../../server/contract/message.ts';
import { api } from '../../server/contract/routes.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { startCaseCentre } from '../support/case-desk.ts';
import { type ConsoleOnScreen, consoleOnScreen } from '../support/console-on-screen.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import { aNumber, does, says } from '../support/memory-person.ts';
import { type Network, plugNetwork } from '../support/network-people.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { recording } from '../support/recording.ts';
import { type SpeechServer, startSpeechServer } from '../support/speech-server.ts';
import { until } from '../support/until.ts';

const HOUR = 3_600_000;
/** What is left of the 24 hours when the server closes the window, so that nothing is refused on its way. */
const MARGIN = 120_000;

let speech: SpeechServer;
let centre: ContactCentre;
let browser: TestBrowser;
let whatsApp: Network;
let ana: OperatorClient;
/** Files at the provider, by name: a promise while it is still looking for them. */
const files = new Map<string, Promise<Buffer | null>>();

beforeAll(async () => {
  speech = await startSpeechServer();
  speech.says = 'Hay una fuga en la esquina y ya tiene tres días.';
  centre = await startCaseCentre({ settings: { SPEECH_BASE_URL: speech.baseUrl, SPEECH_MODEL: 'whisper-1' } });
  whatsApp = await plugNetwork(centre, 'whatsapp');
  Object.assign(whatsApp.channel, {
    async fetchMedia(_account: string, source: Record<string, unknown>) {
      const bytes = await files.get(String(source.name));
      return bytes ? { outcome: 'fetched', bytes } : { outcome: 'gone', reason: 'gone' };
    },
  });
  browser = await launchBrowser(centre.url);
  ana = await centre.operator('ana');
});
afterAll(async () => {
  await browser?.close();
  await centre?.stop();
  await speech?.stop();
});

/** Somebody on WhatsApp whose contact Ana has, as they first wrote. */
async function aContact(more: Partial<InboundMessage> = {}) {
  const from = aNumber();
  const first = await whatsApp.writes(from, 'Buenas tardes', { from: { address: from, displayName: 'Rosa' }, ...more });
  const id = first.ticketId ?? '';
  await ana.call(api.takeTicket, { params: { id } });
  onTestFinished(async () => void (await ana.close(id)));
  const sends = (parts: Part[], rest: Partial<InboundMessage> = {}) => whatsApp.writes(from, '', { parts, ...rest });
  return { from, ticketId: id, sends };
}

/** A file on its way; `comes` is called with it, or with null where the provider has it no more. */
function aFile(part: Partial<Extract<Part, { type: 'media' }>>) {
  const { promise, resolve } = Promise.withResolvers<Buffer | null>();
  const attachmentId = randomUUID();
  files.set(attachmentId, promise);
  const media: Part = {
    type: 'media',
    attachmentId,
    name: '',
    mimeType: 'image/png',
    size: 0,
    arriving: true,
    ...part,
  };
  return { media, toFetch: [{ attachmentId, source: { name: attachmentId } }], comes: resolve };
}

async function opens(page: Page, ticketId: string): Promise<ConsoleOnScreen> {
  const desk = consoleOnScreen(page);
  await desk.signIn('ana', `/tickets/${ticketId}?view=mine`);
  await desk.reads('Buenas tardes');
  return desk;
}

test('a voice note is on its way, is heard at the speed one likes, alone, and can be read', async () => {
  const { ticketId, sends } = await aContact();
  const page = await browser.newPage();
  const desk = await opens(page, ticketId);
  const first = aFile({ look: 'voice', mimeType: 'audio/wav' });
  await sends([first.media], { toFetch: first.toFetch });
  await desk.reads('Recibiendo la nota de voz…');
  first.comes(recording(40));
  await desk.reads('Transcripción automática');
  await desk.reads('Hay una fuga en la esquina y ya tiene tres días.');
  const second = aFile({ look: 'voice', mimeType: 'audio/wav' });
  second.comes(recording(20));
  await sends([second.media], { toFetch: second.toFetch });

  const notes = desk.timeline.getByRole('group', { name: 'Nota de voz' });
  await notes.nth(1).getByText('0:20').waitFor();
  await notes.nth(0).getByRole('button', { name: 'Reproducir' }).click();
  await notes.nth(0).getByRole('button', { name: 'Pausar' }).waitFor();
  await notes.nth(1).getByRole('button', { name: 'Reproducir' }).click();
  await notes.nth(0).getByRole('button', { name: 'Reproducir' }).waitFor();
  await notes.nth(1).getByRole('button', { name: 'Pausar' }).click();

  const place = notes.nth(0).getByRole('slider', { name: 'Posición' });
  await place.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await until(async () => /^0:1\d de 0:40$/.test((await place.getAttribute('aria-valuetext')) ?? ''), {
    what: 'the note to be ten seconds further',
  });
  await page.keyboard.press('Space');
  await notes.nth(0).getByRole('button', { name: 'Pausar' }).waitFor();
  await page.keyboard.press('Space');

  const speed = (value: string) => desk.timeline.getByRole('button', { name: `Velocidad: ${value}×. Cambiar` });
  await speed('1').first().click();
  await speed('1.5').first().click();
  expect(await speed('2').count()).toBe(2);
  await page.reload();
  await speed('2').first().waitFor();
});

test('a photo takes its room before it comes; one that is gone says why', async () => {
  const { ticketId, sends } = await aContact();
  const page = await browser.newPage();
  const desk = await opens(page, ticketId);
  const lost = aFile({ mimeType: 'image/jpeg' });
  await sends([lost.media], { toFetch: lost.toFetch });
  const room = desk.timeline.getByText('Recibiendo la foto…');
  await room.waitFor();
  lost.comes(null);
  await desk.reads('No se recibió la foto');
  await desk.reads('El proveedor ya no lo tenía. Pídele que lo mande otra vez.');
});

test('what was answered, edited, taken back, shared and advertised is shown as it was meant', async () => {
  const greeting = `wamid.${randomUUID()}`;
  const { ticketId, from, sends } = await aContact({ externalId: greeting });
  const page = await browser.newPage();
  const desk = await opens(page, ticketId);
  const said = async (words: string, more: Partial<InboundMessage> = {}) => {
    const message = says(from, words, more);
    await whatsApp.writes(from, words, message);
    return message.externalId;
  };
  await sends([
    { type: 'referral', headline: 'Reporta fugas', body: '', url: 'https://example.org/anuncio' },
    { type: 'text', text: 'Vi su anuncio' },
  ]);
  await desk.reads('Llegó por un anuncio:');
  await sends([{ type: 'contact', name: 'Don Chucho', phones: ['+522299876543'], emails: ['chucho@example.org'] }]);
  await desk.timeline.getByRole('button', { name: 'Copiar +52 229 987 6543' }).waitFor();
  expect(await desk.timeline.getByRole('link', { name: 'chucho@example.org' }).getAttribute('href')).toBe(
    'mailto:chucho@example.org',
  );
  await sends([{ type: 'unsupported', kind: 'poll' }]);
  await desk.reads('Mensaje no compatible');
  await desk.reads('Mandó una encuesta. Quedó guardado como llegó.');

  const edited = await said('Es en Paso');
  await whatsApp.does(does(edited, { kind: 'edited', text: 'Es en Paso y Troncoso' }));
  await desk.reads('Es en Paso y Troncoso');
  await desk.timeline.getByRole('button', { name: 'editado' }).click();
  await desk.timeline.getByRole('group', { name: 'Antes decía' }).getByText('Es en Paso', { exact: true }).waitFor();

  const deleted = await said('Mi vecino tiene la llave');
  await desk.reads('Mi vecino tiene la llave');
  await whatsApp.does(does(deleted, { kind: 'deleted' }));
  await desk.reads('La persona eliminó este mensaje');
  await desk.timeline.getByText('Mi vecino tiene la llave').waitFor({ state: 'detached' });
  await desk.timeline.getByRole('button', { name: 'Ver lo que decía', exact: true }).click();
  await desk.reads('Mi vecino tiene la llave');

  await said('Por eso les escribo', { repliesTo: greeting });
  await desk.timeline.getByRole('button', { name: /^Responde a: Buenas tardes/ }).click();
  await until(() => page.evaluate('document.activeElement.dataset.seq === "1"'), { what: 'the way to that message' });

  await desk.say('Gracias, Rosa');
  const sent = await until(
    () => whatsApp.channel.sent.find(({ message }) => wordsOf(message.parts) === 'Gracias, Rosa'),
    {
      what: 'the answer to leave',
    },
  );
  await whatsApp.reports({ providerMessageId: `memory-${sent.idempotencyKey}`, status: 'read' });
  await desk.timeline.getByText('Leído').last().waitFor();
});

const wordsOf = (parts: readonly Part[]) => parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join();

describe('the window', () => {
  /** How long ago somebody wrote whose window closes in so many seconds. */
  const closingIn = (seconds: number) => new Date(Date.now() - 24 * HOUR + MARGIN + seconds * 1_000).toISOString();

  test('closes while Ana is writing: a template goes instead, and her words are still there when it opens', async () => {
    const { ticketId, from } = await aContact({ sentAt: closingIn(25) });
    const page = await browser.newPage();
    const desk = await opens(page, ticketId);
    await desk.conversation.getByText('se cierra en menos de un minuto').first().waitFor();
    await desk.conversation.getByText('Sale de +52 229 100 0100').waitFor();
    await desk.reply.fill('Ya tenemos fecha para');
    const composer = desk.conversation.getByText('Pasaron 24 horas desde su último mensaje');
    await composer.waitFor({ timeout: 40_000 });
    await desk.conversation.getByText('«Ya tenemos fecha para»').waitFor();
    await desk.conversation.getByRole('radio', { name: /^Retomar la conversación/ }).check();
    await desk.conversation.getByLabel('Cómo se llama').fill('Rosa');
    const send = desk.conversation.getByRole('button', { name: 'Enviar una plantilla' });
    expect(await send.isDisabled()).toBe(true);
    await desk.conversation.getByLabel('De qué se trata').fill('la luminaria');
    await desk.conversation.getByText('la luminaria', { exact: true }).waitFor();
    await page.keyboard.press('Control+Enter');
    await desk.reads('Plantilla · Retomar la conversación');
    await desk.reads(/^Hola, Rosa\. Te escribimos/);
    await whatsApp.writes(from, 'Sí, dígame');
    await until(async () => (await desk.reply.inputValue()) === 'Ya tenemos fecha para', { what: 'the draft' });
    await desk.conversation
      .getByText(/quedan 23 h de ventana/)
      .first()
      .waitFor();
  });

  test('a failure says what happened and what to do', async () => {
    const { ticketId } = await aContact();
    const page = await browser.newPage();
    const desk = await opens(page, ticketId);
    const refuse = (providerCode: string, reason: string) =>
      whatsApp.channel.answerWith({ outcome: 'rejected', permanent: true, reason, providerCode });
    refuse('131026', 'Ese número no tiene WhatsApp.');
    await desk.say('¿Sigue ahí?');
    const failed = desk.timeline.locator('[data-status=failed]');
    await failed.getByText('No llegó. Ese número no tiene WhatsApp.').waitFor();
    await failed.getByRole('button', { name: 'Reintentar' }).click();
    await failed.waitFor({ state: 'detached' });
    refuse('window_closed', 'Pasaron más de 24 horas.');
    await desk.say('Otra cosa');
    await failed.getByRole('button', { name: 'Enviar una plantilla' }).click();
    await desk.conversation.getByText('Una plantilla sale tal como está aprobada').waitFor();
    await desk.conversation.getByRole('button', { name: 'Escribir con mis palabras' }).click();
    await desk.reply.waitFor();
  });

  test('whoever asked for no notices is marked, and may be answered', async () => {
    const { ticketId, from } = await aContact();
    await whatsApp.writes(from, 'ALTO');
    const page = await browser.newPage();
    const desk = await opens(page, ticketId);
    await desk.conversation.getByText(/^Pidió no recibir avisos el .*; puedes responderle\.$/).waitFor();
    await desk.citizen.getByText('Sin avisos desde el').waitFor();
    await desk.reply.waitFor();
  });
});

describe.for(['light', 'dark'] as const)('axe finds nothing in the %s theme', (colorScheme) => {
  test('in a conversation by WhatsApp, its templates and the accounts', { timeout: 120_000 }, async () => {
    const { ticketId, sends, from } = await aContact({ sentAt: new Date(Date.now() - 25 * HOUR).toISOString() });
    const page = await browser.newPage({ reducedMotion: 'reduce', colorScheme });
    const desk = await opens(page, ticketId);
    await desk.conversation.getByText('Pasaron 24 horas desde su último mensaje').waitFor();
    await desk.conversation.getByText('Así lo leerá').waitFor();
    await expectNoAxeViolations(page);
    await ana.call(api.sendMessage, {
      params: { id: ticketId },
      body: { clientId: randomUUID(), template: { id: 'retomar', variables: ['Rosa', 'la luminaria'] } },
    });
    await desk.reads('Plantilla · Retomar la conversación');
    await sends([{ type: 'location', latitude: 19.19, longitude: -96.138, label: 'Mercado Hidalgo' }]);
    await desk.reads('Mercado Hidalgo');
    const note = aFile({ look: 'voice', mimeType: 'audio/wav' });
    note.comes(recording(12));
    const photo = aFile({});
    await sends([note.media, photo.media], { toFetch: [...note.toFetch, ...photo.toFetch] });
    await sends([{ type: 'contact', name: 'Don Chucho', phones: ['+522299876543'], emails: [] }]);
    await sends([{ type: 'unsupported', kind: 'poll' }]);
    const said = says(from, 'Es en Paso', { externalId: randomUUID() });
    await whatsApp.writes(from, 'Es en Paso', said);
    await whatsApp.does(
      does(said.externalId, { kind: 'reaction', emoji: '❤️' }),
      does(said.externalId, { kind: 'deleted' }),
    );
    await desk.reads('La persona eliminó este mensaje');
    await desk.timeline.getByRole('slider').waitFor();
    await expectNoAxeViolations(page);
    photo.comes(null);
    await consoleOnScreen(page).signIn('elena', '/settings/channels');
    await page.getByRole('heading', { name: 'Canales' }).waitFor();
    await page.getByRole('listitem').filter({ hasText: '+52 229 100 0100' }).waitFor();
    await expectNoAxeViolations(page);
  });
});
