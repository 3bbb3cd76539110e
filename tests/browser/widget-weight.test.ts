import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Bot } from '../../server/contract/bot.ts';
import { launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { chatOnScreen } from '../support/chat-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';

const LIMIT = 45_000;

let centre: ContactCentre;
let browser: TestBrowser;

const bot: Bot = {
  turn: async ({ messages }) => ({
    replies: [
      JSON.stringify(messages).includes('bache')
        ? [
            { type: 'text', text: '¿Dónde está?' },
            { type: 'request', wants: 'place' },
          ]
        : [{ type: 'text', text: 'Hola' }],
    ],
    state: { version: 1, data: {} },
  }),
};

beforeAll(async () => {
  centre = await startContactCentre({ bot });
  browser = await launchBrowser(centre.url);
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

test('a first conversation needs one script of at most 45 kB; the rest comes when it is needed, the map last', async () => {
  const page = await browser.newPage({ viewport: phone, hasTouch: true });
  const chat = chatOnScreen(page);
  const scripts: string[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(new URL(response.url()).pathname);
  });
  await page.goto('/');
  await chat.open();
  await chat.say('Buenas tardes');
  await chat.reads('Hola');
  expect(scripts).toEqual(['/widget.js']);
  const script = await (await fetch(`${centre.url}/widget.js`)).text();
  expect(gzipSync(script).byteLength).toBeLessThanOrEqual(LIMIT);

  await chat.say('Hay un bache');
  await chat.panel.getByRole('button', { name: 'Poner en el mapa' }).waitFor();
  expect(scripts).toContain('/widget/more.js');
  expect(scripts).not.toContain('/map/city-map.js');
});
