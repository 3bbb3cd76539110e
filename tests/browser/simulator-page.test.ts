import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let chromium: TestBrowser;

beforeAll(async () => {
  centre = await startContactCentre();
  chromium = await launchBrowser(centre.url);
});
afterAll(async () => {
  await chromium.close();
  await centre.stop();
});

async function open(page: Page): Promise<void> {
  await page.goto('/simulator');
  await page.getByRole('log').waitFor();
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Mensaje' }).fill(text);
  await page.keyboard.press('Enter');
}

async function call(page: Page): Promise<void> {
  // Of another test, whose page is gone; its telephone is not.
  centre.server.simulator?.phone('ana', 'voz').currentCall()?.hangUp();
  await page.getByRole('region', { name: 'Línea' }).getByRole('button', { name: 'Llamar' }).click();
}
const fromCity = (page: Page) => page.getByRole('article', { name: 'La ciudad' });
const mine = (page: Page) => page.getByRole('article', { name: 'Tú' });

test('a newcomer writes, taps what the bot offers, and sees what travels over the network', async () => {
  const page = await chromium.newPage();
  await open(page);
  await write(page, 'Quiero reportar un bache');
  await fromCity(page).first().waitFor();
  await until(() => mine(page).first().getByText('entregado').or(mine(page).first().getByText('leído')).count(), {
    what: 'the tick that it arrived',
  });
  await page.getByRole('button', { name: 'Adjuntar' }).click();
  await page.getByRole('button', { name: 'Foto de ejemplo' }).click();
  await mine(page).nth(1).getByRole('img').waitFor();
  await page.getByRole('button', { name: 'Adjuntar' }).click();
  await page.getByRole('button', { name: 'Ubicación' }).click();
  await page.locator('.attach button').nth(1).click();
  await page.getByRole('button', { name: 'Sí, enviar' }).click();
  await fromCity(page)
    .getByText(/VER-\d{4}-\d+/)
    .first()
    .waitFor();
  expect(await page.locator('.exchange').count()).toBeGreaterThan(5);
  await page.locator('.exchange summary').first().click();
  await expectNoAxeViolations(page);
});

test('a newcomer calls the line, hears it, speaks by writing and presses keys', async () => {
  const page = await chromium.newPage();
  await open(page);
  await page.getByRole('navigation', { name: 'Canales' }).getByRole('button', { name: 'Llamar' }).click();
  await call(page);
  await fromCity(page).first().waitFor();
  const telephone = centre.server.simulator?.phone('ana', 'voz');
  await until(() => telephone?.currentCall()?.isListening(), { what: 'the question', timeout: 60_000 });
  const heard = await fromCity(page).count();
  await page.getByRole('textbox', { name: 'Lo que dices' }).fill('Quiero reportar un bache');
  await page.keyboard.press('Enter');
  await mine(page).getByText('Quiero reportar un bache').waitFor();
  await until(async () => (await fromCity(page).count()) > heard, { what: 'an answer', timeout: 60_000 });
  await page.getByRole('button', { name: 'Teclado' }).click();
  await page.getByRole('group', { name: 'Teclado' }).getByRole('button', { name: '0' }).click();
  await page
    .getByText('Marcaste 0')
    .or(mine(page).getByText('0', { exact: true }))
    .first()
    .waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Colgar' }).click();
  await page.getByRole('heading', { name: 'Llamadas anteriores' }).waitFor();
});

test('a voice note is a real one, and arrives', async () => {
  const page = await chromium.newPage();
  await open(page);
  await page.getByRole('button', { name: /^José/ }).click();
  await page.getByRole('button', { name: 'Adjuntar' }).click();
  await page.getByRole('button', { name: 'Nota de voz de ejemplo' }).click();
  await page.locator('audio').waitFor();
  const duration = () => page.evaluate<number>("document.querySelector('audio').duration || 0");
  const seconds = await until(duration, { what: 'its length' });
  expect(seconds).toBeGreaterThan(2);
});

test.each(['light', 'dark'] as const)(
  'every channel fits a telephone in the %s',
  async (colorScheme) => {
    const page = await chromium.newPage({ viewport: phone, colorScheme });
    await open(page);
    const channels = page.getByRole('navigation', { name: 'Canales' }).getByRole('button');
    for (const channel of await channels.all()) {
      await channel.click();
      if ((await channel.textContent())?.trim() === 'Llamar') await call(page);
      else await write(page, 'Hola');
    }
    for (const channel of await channels.all()) {
      await channel.click();
      await fromCity(page).first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await expectNoAxeViolations(page);
    }
  },
  120_000,
);

test('a telephone that is off gets nothing; a failure is told; a stranger can be added', async () => {
  const page = await chromium.newPage();
  await open(page);
  await page.getByText('Otra persona').click();
  await page.getByRole('textbox', { name: 'Nombre' }).fill('Marta Cruz');
  await page.getByRole('textbox', { name: 'Teléfono' }).fill('+52 229 555 0101');
  await page.getByRole('button', { name: 'Agregar' }).click();
  await page.getByRole('button', { name: /^M Marta|Marta Cruz/, pressed: true }).waitFor();
  await page.getByRole('checkbox', { name: 'El teléfono está apagado' }).check();
  await write(page, 'Hola');
  await fromCity(page).first().getByText('enviado', { exact: true }).waitFor();
  await page.getByRole('checkbox', { name: 'El teléfono está apagado' }).uncheck();
  await fromCity(page).first().getByText('leído').waitFor();
  await page.getByRole('combobox', { name: 'El próximo mensaje de la ciudad' }).selectOption('unreachable');
  await write(page, '¿A qué hora pasa la basura?');
  await page
    .getByText(/131026/)
    .first()
    .waitFor();
});

test('the resident page leads there, in both languages', async () => {
  const page = await chromium.newPage({ locale: 'en-GB' });
  await page.goto('/');
  await page.getByRole('link', { name: /simulated telephones/ }).click();
  await page.getByRole('heading', { name: 'Telephone simulator' }).waitFor();
  await page.getByRole('link', { name: 'Español' }).click();
  await page.getByRole('heading', { name: 'Simulador de teléfonos' }).waitFor();
});
