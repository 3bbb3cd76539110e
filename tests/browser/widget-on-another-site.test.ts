import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Bot } from '../../server/contract/bot.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { chatOnScreen } from '../support/chat-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let browser: TestBrowser;
let site: Server;

/** Wants to know where, whatever is said. */
const bot: Bot = {
  turn: async () => ({
    replies: [
      [
        { type: 'text', text: 'Hola, soy el asistente virtual de Veracruz. ¿Dónde está?' },
        { type: 'request', wants: 'place' },
      ],
    ],
    state: { version: 1, data: {} },
  }),
};

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

beforeAll(async () => {
  centre = await startContactCentre({ bot });
  const page = `<!doctype html><html lang="es"><title>Otro sitio</title><h1>Otro sitio del municipio</h1>
    <script src="${centre.url}/widget.js" defer></script></html>`;
  site = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(page));
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
  browser = await launchBrowser(centre.url);
});

afterAll(async () => {
  await browser?.close();
  site?.close();
  await centre?.stop();
});

test('on a site of another origin one line is enough: chat, photo, map and all, after a reload too', async () => {
  // A context of the browser itself: the watch of `newPage` forbids what is the point here, a second origin.
  const context = await browser.browser.newContext({ locale: 'es-MX' });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  const address = `http://localhost:${(site.address() as AddressInfo).port}/`;
  await page.goto(address);

  const chat = chatOnScreen(page);
  await chat.open();
  await chat.say('Hola');
  await chat.reads('soy el asistente virtual de Veracruz');
  const tray = chat.panel.getByRole('list', { name: 'Se enviará con tu mensaje' });
  await chat.drop('bache.png', 'image/png', pixel);
  await tray.getByText('bache.png').waitFor();
  await until(async () => (await tray.locator('progress').count()) === 0, { what: 'the upload' });
  await chat.say('Este es el bache');
  await chat.reads('Este es el bache');
  await chat.panel.getByRole('img', { name: /bache\.png/ }).waitFor();

  await chat.panel.getByRole('button', { name: 'Poner en el mapa' }).click();
  const sheet = page.getByRole('dialog', { name: '¿Dónde es?' });
  await sheet.locator('.map-pin').waitFor();
  await sheet.getByRole('button', { name: 'Acercar aquí' }).click();
  await sheet.getByRole('button', { name: 'Es aquí' }).click();
  await chat.panel.locator('.place-picture img').waitFor();

  await page.reload();
  await chat.reads('Este es el bache');
  expect(errors.filter((error) => !error.includes('favicon'))).toEqual([]);
});
