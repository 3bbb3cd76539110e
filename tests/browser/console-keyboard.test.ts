import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { until } from '../support/until.ts';
import { waitingResident } from '../support/waiting-resident.ts';

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

test('a whole contact without the mouse', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  const rosa = await waitingResident(centre, 'Rosa Teclas');
  await desk.signIn('ana');
  await desk.press('g', 'w');
  await desk.rows.filter({ hasText: 'Rosa Teclas' }).waitFor();
  await desk.press('p', 'a');
  await desk.offer.waitFor();
  await desk.press('Enter');
  await desk.reply.waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await page.keyboard.type('Uno');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('dos');
  await page.keyboard.press('Enter');
  await rosa.reads('Uno\ndos');
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await page.keyboard.type('Nota breve');
  await page.keyboard.press('Enter');
  await desk.reads('Nota breve');
  await desk.press('e');
  await until(() => page.evaluate("document.activeElement.type === 'radio'"), {
    what: 'the focus on the first way to end',
  });
  await page.keyboard.press('ArrowDown');
  await desk.dialog.getByRole('radio', { name: 'Se dio información', checked: true }).waitFor();
  await page.keyboard.press('Control+Enter');
  await rosa.ticketBecomes({ state: 'closed' });
  await desk.dialog.waitFor({ state: 'detached' });
  await desk.press('p', 'p');
  await desk.presence.getByText('En pausa').waitFor();
});

test('the keys go from contact to contact and to the lists', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await waitingResident(centre, 'Una Espera');
  await waitingResident(centre, 'Dos Espera');
  await desk.signIn('beto', '/?view=waiting');
  const opened = (name: string) => desk.conversation.getByRole('heading', { name }).waitFor();
  await desk.rows.first().waitFor();
  await desk.press('j');
  await opened('Una Espera');
  await desk.press('ArrowDown');
  await opened('Dos Espera');
  await desk.press('k');
  await opened('Una Espera');
  await desk.press('g', 'c');
  await desk.rows.filter({ hasText: 'Rosa Teclas' }).waitFor();
});

test('the command bar finds actions and contacts, the help sheet lists the keys, and Escape gives the focus back', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('elena');
  const search = page.getByRole('searchbox');
  await search.focus();
  await page.keyboard.press('Control+k');
  const bar = page.getByRole('combobox', { name: '¿Qué quieres hacer?' });
  await bar.fill('tablero');
  await page.getByRole('option', { name: 'Tablero' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'En este momento' }).waitFor();

  await page.keyboard.press('Control+k');
  await bar.fill('una espera');
  await page.getByRole('option', { name: 'Una Espera' }).first().click();
  await desk.conversation.getByRole('heading', { name: 'Una Espera' }).waitFor();

  await page.keyboard.press('Control+k');
  await bar.fill('oscura');
  await page.keyboard.press('Enter');
  await until(() => page.evaluate("document.documentElement.classList.contains('dark')"), { what: 'the dark theme' });

  await search.focus();
  await page.keyboard.press('Control+k');
  await bar.waitFor();
  await page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached' });
  await until(() => page.evaluate("document.activeElement.type === 'search'"), { what: 'the focus to come back' });

  await desk.press('?');
  const sheet = page.getByRole('dialog', { name: 'Atajos del teclado' });
  for (const command of ['Aceptar el contacto', 'Responder', 'Cerrar el contacto', 'Contacto siguiente', 'Tablero']) {
    await sheet.getByText(command, { exact: true }).waitFor();
  }
  expect(await sheet.locator('kbd').count()).toBeGreaterThan(30);
});

test('the console speaks English to those who choose it', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await page.goto('/console/sign-in');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByRole('button', { name: 'Español' }).click();
  await page.getByRole('heading', { name: 'Inicia sesión' }).waitFor();
  await page.goto('/console/sign-in');
  await page.getByLabel('Correo').fill('dan@veracruz.example.org');
  await page.getByLabel('Contraseña').fill('contraseña-de-prueba');
  await page.getByRole('button', { name: 'Entrar' }).click();
  await page.getByText('You have no open contacts').waitFor();
  expect(await page.evaluate('document.documentElement.lang')).toBe('en');
  await desk.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Accept the contact').waitFor();
});
