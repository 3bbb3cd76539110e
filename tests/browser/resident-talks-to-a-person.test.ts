import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeChatLink } from '../../server/calls/chat-link.ts';
import { api } from '../../server/contract/routes.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { aCaller } from '../support/caller.ts';
import { chatOnScreen } from '../support/chat-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

/** A picture of one pixel. */
const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const pdf = Buffer.from('%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n');

let centre: ContactCentre;
let browser: TestBrowser;
let ana: OperatorClient;

beforeAll(async () => {
  centre = await startContactCentre();
  ana = await centre.operator('ana');
  browser = await launchBrowser(centre.url);
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

test('from the privacy notice to the rating', async () => {
  const page = await browser.newPage({ viewport: phone, hasTouch: true, reducedMotion: 'reduce' });
  const chat = chatOnScreen(page);
  await page.goto('/');
  await chat.open();

  await chat.panel.getByRole('button', { name: 'Ver completo' }).click();
  await chat.panel.getByText('Tus derechos').waitFor();
  await chat.panel.getByRole('button', { name: 'Volver' }).click();
  expect(await chat.panel.getByLabel('¿Cómo te llamas?').count()).toBe(0);
  await chat.panel.getByRole('button', { name: 'Acepto' }).click();
  await chat.panel.getByLabel('¿Cómo te llamas?').fill('Rosa López');
  await chat.panel.getByRole('button', { name: 'Continuar' }).click();
  await chat.panel.getByLabel('¿Cómo te llamas?').waitFor({ state: 'detached' });

  await chat.say('Quiero hablar con una persona');
  await chat.reads('Te pasamos con una persona');
  await chat.place.getByText('Sigues tú').waitFor();

  await ana.available();
  const ticket = await ana.accepts();
  expect(ticket.citizen.name).toBe('Rosa López');
  await chat.reads('Ana te atiende a partir de ahora');
  await chat.panel.getByText('Te atiende Ana', { exact: true }).waitFor();
  expect(await chat.place.count()).toBe(0);

  await ana.watch(ticket.id);
  await chat.composer.pressSequentially('No ha pas');
  await until(() => ana.heard('citizen.typing').some(({ typing }) => typing), { what: 'Rosa typing' });
  ana.socket.emit('typing', { ticketId: ticket.id, typing: true });
  await chat.panel.getByText('Te escribe Ana').waitFor();
  const answer = await ana.say(ticket.id, 'Hola Rosa, ¿en qué calle?');
  await chat.reads('¿en qué calle?');
  await chat.panel.getByText('Te escribe Ana').waitFor({ state: 'detached' });
  await until(() => ana.heard('cursors').some(({ cursors }) => cursors.citizenRead >= answer.seq), {
    what: 'Rosa’s read mark',
  });
  await expectNoAxeViolations(page);

  await chat.say('En la calle Arista');
  await until(async () => (await chat.markOf('Arista')) !== 'Leído', { what: 'a mark short of read' });
  const { messages } = await ana.open(ticket.id);
  await ana.call(api.markRead, { params: { id: ticket.id }, body: { seq: messages.at(-1)?.seq ?? 0 } });
  await until(async () => (await chat.markOf('Arista')) === 'Leído', { what: 'Ana’s read mark' });

  await ana.close(ticket.id);
  await chat.reads('La conversación se cerró');
  await chat.panel.getByText('¿Cómo te atendimos?').waitFor();
  await expectNoAxeViolations(page);
  await chat.panel.getByRole('radio', { name: '4 de 5' }).check();
  await chat.panel.getByLabel('¿Quieres contarnos algo más?').fill('Muy amable');
  await chat.panel.getByRole('button', { name: 'Enviar calificación' }).click();
  await chat.panel.getByText('Gracias por tu opinión').waitFor();
  expect((await ana.open(ticket.id)).ticket.rating).toBe(4);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    chat.panel.getByRole('link', { name: 'Descargar' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toContain('En la calle Arista');

  await chat.panel.getByRole('button', { name: 'Volver a escribir' }).click();
  await chat.say('Otra cosa');
  await chat.reads('Otra cosa');
  await chat.panel.getByText('Esta conversación terminó').waitFor({ state: 'detached' });
});

test('photos and documents by picker, paste and drop, and a place', async () => {
  const page = await browser.newPage({
    permissions: ['geolocation'],
    geolocation: { latitude: 19.1738, longitude: -96.1342 },
    expectedErrors: [/415/],
  });
  const chat = chatOnScreen(page);
  const tray = chat.panel.getByRole('list', { name: 'Se enviará con tu mensaje' }).getByRole('listitem');
  await page.goto('/');
  await chat.open();
  await chat.panel.getByText('¿En qué te ayudamos?').waitFor();

  await chat.panel.locator('#files').setInputFiles({ name: 'recibo.pdf', mimeType: 'application/pdf', buffer: pdf });
  await tray.filter({ hasText: 'recibo.pdf' }).waitFor();
  await chat.drop('bache.png', 'image/png', photo);
  await tray.filter({ hasText: 'bache.png' }).waitFor();
  await chat.paste('bache.png', 'image/png', photo);
  await until(async () => (await tray.filter({ hasText: 'bache.png' }).count()) === 2, { what: 'the pasted picture' });
  await tray.filter({ hasText: 'bache.png' }).last().getByRole('button', { name: 'Quitar bache.png' }).click();

  await chat.panel
    .locator('#files')
    .setInputFiles({ name: 'dibujo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg onload="alert(1)"/>') });
  await tray.filter({ hasText: 'no se puede recibir' }).waitFor();
  await tray.getByRole('button', { name: 'Quitar dibujo.svg' }).click();

  await chat.panel.getByRole('button', { name: 'Compartir mi ubicación' }).click();
  await tray.filter({ hasText: '19.17380, -96.13420' }).waitFor();
  await until(async () => (await tray.locator('progress').count()) === 0, { what: 'the uploads' });
  await chat.say('Aquí está la foto');

  const bubble = chat.bubbles.filter({ hasText: 'Aquí está la foto' });
  await bubble.getByRole('img', { name: 'Foto: bache.png' }).waitFor();
  await until(
    () => bubble.getByRole('img', { name: 'Foto: bache.png' }).evaluate((image) => image.naturalWidth === 1),
    { what: 'the picture itself' },
  );
  await bubble.getByRole('button', { name: /19\.17380, -96\.13420/ }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    bubble.getByRole('link', { name: /Descargar recibo\.pdf/ }).click(),
  ]);
  expect(await readFile(await download.path())).toEqual(pdf);
  expect(await tray.count()).toBe(0);
});

test('an attached file waits with the draft over a reload', async () => {
  const page = await browser.newPage();
  const chat = chatOnScreen(page);
  await page.goto('/');
  await chat.open();
  await chat.panel.getByText('¿En qué te ayudamos?').waitFor();
  await chat.composer.fill('Un momento, voy a');
  await chat.panel.locator('#files').setInputFiles({ name: 'recibo.pdf', mimeType: 'application/pdf', buffer: pdf });
  await chat.panel.getByRole('button', { name: 'Quitar recibo.pdf' }).waitFor();
  await until(async () => (await chat.panel.locator('progress').count()) === 0, { what: 'the upload' });

  await page.reload();
  await chat.panel.getByRole('button', { name: 'Quitar recibo.pdf' }).waitFor();
  expect(await chat.composer.inputValue()).toBe('Un momento, voy a');
  await chat.send.click();
  await chat.bubbles.getByRole('link', { name: /Descargar recibo\.pdf/ }).waitFor();
});

test('a closed chat counts what came, and opening it reads it', async () => {
  const page = await browser.newPage();
  const chat = chatOnScreen(page);
  await page.goto('/');
  await chat.open();
  await chat.say('Quiero hablar con una persona');
  await ana.available();
  const ticket = await ana.accepts();
  await chat.reads('Ana te atiende');
  await page.keyboard.press('Escape');

  await ana.say(ticket.id, 'Hola');
  await ana.say(ticket.id, '¿Sigue ahí?');
  await chat.launcher.and(page.getByRole('button', { name: /2 sin leer/ })).waitFor();
  await until(async () => /^\(2\) /.test(await page.title()), { what: 'the count in the title' });
  await chat.launcher.click();
  await chat.reads('¿Sigue ahí?');
  await until(async () => !/^\(/.test(await page.title()), { what: 'the title as it was' });
  await ana.close(ticket.id);
});

test('the resident ends the conversation, and may forget it on this device', async () => {
  const page = await browser.newPage();
  const chat = chatOnScreen(page);
  await page.goto('/');
  await chat.open();
  await chat.say('Hola');
  await chat.reads('soy el asistente');

  await chat.menu('Terminar la conversación');
  await chat.panel.getByRole('alertdialog').getByRole('button', { name: 'Cancelar' }).click();
  expect(await chat.panel.getByText('Terminaste la conversación').count()).toBe(0);
  await chat.menu('Terminar la conversación');
  await chat.panel.getByRole('button', { name: 'Sí, terminar' }).click();
  await chat.reads('Terminaste la conversación');

  await chat.menu('Borrar de este equipo');
  await chat.panel.getByRole('button', { name: 'Sí, borrar' }).click();
  await chat.panel.getByText('¿En qué te ayudamos?').waitFor();
  await page.reload();
  await chat.panel.getByText('¿En qué te ayudamos?').waitFor();
  expect(await chat.bubbles.count()).toBe(0);
});

test('the link of a call opens its chat in one browser, which is asked where it has a conversation already', async () => {
  const { unitOfWork, visitorTokens } = centre.server.context;
  const { callId } = await aCaller(centre);
  const visitor = visitorTokens.issue();
  const link = `/#seguir=${await unitOfWork((unit) => makeChatLink(unit, callId, visitor.address))}`;

  const page = await browser.newPage({ viewport: phone, hasTouch: true, reducedMotion: 'reduce' });
  const chat = chatOnScreen(page);
  await page.goto('/');
  await chat.open();
  await chat.say('Hay un árbol caído');
  await chat.reads('Hay un árbol caído');
  await page.goto('about:blank');
  await page.goto(link);
  const question = chat.panel.getByRole('alertdialog', { name: '¿Abrir la conversación de tu llamada?' });
  await question.waitFor();
  await expectNoAxeViolations(page);
  expect(page.url()).not.toContain('seguir');
  // Nothing is taken from whoever says no.
  await question.getByRole('button', { name: 'Quedarme en esta' }).click();
  await chat.reads('Hay un árbol caído');

  await page.goto('about:blank');
  await page.goto(link);
  await question.getByRole('button', { name: 'Abrir la de mi llamada' }).click();
  await question.waitFor({ state: 'detached' });
  await until(async () => (await chat.bubbles.count()) === 0, { what: 'the other conversation to be gone' });
  expect(await page.evaluate('JSON.stringify(localStorage)')).toContain(visitor.address);

  const expectedErrors = [/410 \(Gone\)/];
  const other = await browser.newPage({ viewport: phone, hasTouch: true, reducedMotion: 'reduce', expectedErrors });
  await other.goto(link);
  const used = chatOnScreen(other).panel.getByRole('alertdialog');
  await used.getByText('Esta liga ya se usó').waitFor();
  await used.getByRole('button', { name: 'Entendido' }).click();
  expect(await other.evaluate('JSON.stringify(localStorage)')).not.toContain(visitor.address);
});
