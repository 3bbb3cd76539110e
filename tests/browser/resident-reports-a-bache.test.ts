import { afterAll, beforeAll, test } from 'vitest';
import { launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { casesOnScreen } from '../support/cases-on-screen.ts';
import { chatOnScreen } from '../support/chat-on-screen.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let browser: TestBrowser;

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const inTown = { latitude: 19.19, longitude: -96.138 };

beforeAll(async () => {
  centre = await startContactCentre();
  browser = await launchBrowser(centre.url);
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

test('a resident reports a bache with a photo and a pin, gets a folio, follows it, and hears in the chat how it goes on', async () => {
  const page = await browser.newPage({
    viewport: phone,
    hasTouch: true,
    permissions: ['geolocation'],
    geolocation: { ...inTown, accuracy: 300 },
  });
  const chat = chatOnScreen(page);
  await page.goto('/');
  await page.getByRole('link', { name: 'Reportar' }).click();
  await chat.panel.getByRole('button', { name: 'Reportar un bache' }).waitFor();
  await chat.choose('Reportar un bache');

  await chat.panel.getByRole('button', { name: 'Usar mi ubicación' }).click();
  await page.getByRole('button', { name: 'Es aquí' }).click();
  await chat.panel.getByRole('button', { name: 'Elegir foto' }).waitFor();
  await chat.panel
    .locator('.request input[multiple]')
    .setInputFiles({ name: 'bache.png', mimeType: 'image/png', buffer: pixel });
  await until(async () => (await chat.send.getAttribute('aria-disabled')) === 'false', { what: 'the photo' });
  await chat.say('Muy hondo, frente a la escuela');
  await chat.panel.getByRole('button', { name: 'Seguir sin dar mis datos' }).click();
  await chat.panel.getByRole('button', { name: 'Sí, enviar' }).click();
  const card = chat.panel.locator('.folio').last();
  await card.waitFor();

  const folio = (await card.locator('.folio-number > span').innerText()).trim();
  const secret = (await card.locator('.folio-key > span').innerText()).trim();
  const following = await page.context().newPage();
  await following.goto('/folio');
  await following.getByLabel('Folio').fill(folio);
  await following.getByLabel('Clave').fill(secret);
  await following.getByRole('button', { name: 'Ver cómo va' }).click();
  await following.getByRole('heading', { name: folio }).waitFor();
  await following.getByText('frente a la escuela').waitFor();

  const operator = await browser.newPage();
  const desk = consoleOnScreen(operator);
  const cases = casesOnScreen(operator);
  await desk.signIn('elena', '/cases');
  await cases.row(folio).click();
  await cases.panel.getByText('Muy hondo, frente a la escuela').waitFor();
  await cases.panel.getByRole('img', { name: /bache\.png/ }).waitFor();
  await desk.press('m');
  await desk.dialog.getByLabel('En proceso').check();
  await desk.dialog.getByLabel('Algo más que deba saber la persona').fill('La cuadrilla va el jueves.');
  await operator.keyboard.press('Control+Enter');
  await desk.dialog.waitFor({ state: 'detached' });

  await chat.reads('La cuadrilla va el jueves.');
  await chat.panel.locator('.folio').last().getByText('En proceso').waitFor();
  await following.reload();
  await following.locator('[aria-current="step"]').getByText('En proceso').waitFor();
}, 120_000);
