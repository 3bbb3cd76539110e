import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { type ConsoleOnScreen, consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { until } from '../support/until.ts';

const DAY = 24 * 3_600;
const photo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let centre: ContactCentre;
let browser: TestBrowser;

beforeAll(async () => {
  centre = await startContactCentre();
  browser = await launchBrowser(centre.url);
});
afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

/** A resident's telephone on the page `/simulator`. */
function telephone(page: Page) {
  const log = page.getByRole('log');
  return {
    bubbles: log.getByRole('article', { name: 'La ciudad' }),
    reads: (words: string | RegExp): Promise<void> =>
      log.getByRole('article', { name: 'La ciudad' }).filter({ hasText: words }).last().waitFor(),
    async says(words: string) {
      await page.getByRole('textbox', { name: 'Mensaje' }).fill(words);
      await page.keyboard.press('Enter');
    },
    /** Something of the clip's menu, by the ways there. */
    async attaches(...names: string[]) {
      await page.getByRole('button', { name: 'Adjuntar' }).click();
      for (const name of names) await page.locator('.attach').getByRole('button', { name }).click();
    },
    async taps(name: string | RegExp) {
      await log.getByRole('button', { name }).last().click();
    },
    trouble: page.getByLabel('El próximo mensaje de la ciudad'),
  };
}

/** The newest of the city's messages on the operator's screen, by how it stands. */
const standing = (desk: ConsoleOnScreen, words: string): Locator =>
  desk.timeline.getByRole('article').filter({ hasText: words }).last();

test('a resident writes as to a cousin, the bot opens a case, a person answers, the window closes and opens', {
  timeout: 240_000,
}, async () => {
  const page = await browser.newPage({ viewport: { width: 1_280, height: 900 } });
  const phone = telephone(page);
  await page.goto('/simulator');
  await phone.attaches('Cinco mensajes seguidos');
  await phone.reads('¿Dónde está?');
  expect(await phone.bubbles.count()).toBe(1);
  await phone.attaches('Foto de ejemplo');
  await until(async () => (await phone.bubbles.count()) === 2, { what: 'the bot to ask again where' });
  await phone.attaches('Ubicación');
  await page.locator('.attach').getByRole('button').nth(1).click();
  await phone.reads('¿Lo envío?');
  await phone.taps('Sí, enviar');
  await phone.reads(/VER-\d{4}-\d{6}/);
  await phone.says('quiero hablar con una persona');

  const screen = await browser.newPage();
  const desk = consoleOnScreen(screen);
  await desk.signIn('ana');
  await desk.goAvailable();
  await desk.acceptOffer();
  await desk.reads('hay un bache');
  await screen
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'croquis.png', mimeType: 'image/png', buffer: photo });
  await screen.getByRole('button', { name: 'Quitar croquis.png' }).waitFor();
  await desk.say('Este es el tramo que se va a reparar');
  await phone.reads('Este es el tramo que se va a reparar');
  await page.getByRole('log').getByRole('img').last().waitFor();
  await standing(desk, 'Este es el tramo').getByText('Leído').waitFor();

  await desk.press('e');
  await desk.dialog.getByLabel('Resuelto').check();
  await desk.dialog.getByRole('button', { name: 'Cerrar contacto' }).click();
  await desk.conversation.getByRole('button', { name: 'Reabrir' }).first().waitFor();

  centre.clock.advance(DAY + 3_600);
  await screen.reload();
  await desk.conversation.getByRole('button', { name: 'Reabrir' }).first().click();
  await desk.conversation.getByText('Pasaron 24 horas desde su último mensaje').waitFor();
  await desk.conversation.getByRole('radio', { name: /^Retomar la conversación/ }).check();
  await desk.conversation.getByLabel('Cómo se llama').fill('Ana');
  await desk.conversation.getByLabel('De qué se trata').fill('el bache');
  await desk.conversation.getByRole('button', { name: 'Enviar una plantilla' }).click();
  await phone.reads(/^Plantilla\s*Hola, Ana/);
  await standing(desk, 'Hola, Ana').getByText('Leído').waitFor();

  await phone.says('Sí, aquí sigo');
  await desk.reads('Sí, aquí sigo');
  await phone.trouble.selectOption('va a un teléfono fuera de alcance');
  await desk.say('Mañana pasa la cuadrilla');
  const failed = standing(desk, 'Mañana pasa la cuadrilla');
  await failed.getByText('No llegó').waitFor();
  await failed.getByRole('button', { name: 'Reintentar' }).click();
  await phone.reads('Mañana pasa la cuadrilla');
  await until(async () => (await failed.getByText('Leído').count()) > 0, { what: 'the second try to be read' });
});
