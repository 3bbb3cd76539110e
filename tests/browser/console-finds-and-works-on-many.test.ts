import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { startCaseCentre } from '../support/case-desk.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let browser: TestBrowser;
let elena: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  [browser, elena] = await Promise.all([launchBrowser(centre.url), centre.operator('elena')]);
  for (const [name, words] of [
    ['Rosa Malpica', 'Hay unos baches enormes en la calle Arista'],
    ['Luis Lagunes', 'La luminaria de mi cuadra no prende'],
    ['Itzel Utrera', 'Se tapó el drenaje'],
  ] as const) {
    const resident = await centre.resident();
    const { ticketId } = await resident.say(words);
    const taken = await elena.call(api.takeTicket, { params: { id: ticketId ?? '' } });
    await elena.call(api.updateCitizen, { params: { id: taken.citizen.id }, body: { name } });
  }
  await centre.server.context.search.catchUp();
});
afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

const isClosed = async () => (await elena.call(api.listTickets, { query: { view: 'mine' } })).counts.mine;

test('words are found and marked, and a list that is narrowed is kept as a view', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('elena');
  await desk.rows.filter({ hasText: 'Itzel Utrera' }).waitFor();

  await desk.press('/');
  await page.keyboard.type('bache');
  await page.getByRole('region', { name: 'Lista de contactos' }).locator('mark', { hasText: 'baches' }).waitFor();
  expect(await desk.rows.count()).toBe(1);
  await until(() => new URL(page.url()).searchParams.get('q') === 'bache', { what: 'the address to say so' });
  await page.keyboard.press('Escape');
  await desk.rows.filter({ hasText: 'Itzel Utrera' }).waitFor();

  await desk.press('v');
  const filters = page.getByRole('group', { name: 'Filtrar la lista' });
  await filters
    .getByRole('button', { name: 'Canal' })
    .or(filters.getByRole('combobox', { name: 'Canal' }))
    .click();
  await page.getByRole('option', { name: 'Chat' }).first().click();
  await page.keyboard.press('Escape');
  await until(() => page.url().includes('channel=chat'), { what: 'the filter in the address' });
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  await expectNoAxeViolations(page);
  await filters.getByRole('button', { name: 'Guardar como vista…' }).click();
  await page.getByLabel('Nombre de la vista').fill('Del chat');
  await page.keyboard.press('Enter');
  const view = page.getByRole('navigation', { name: 'Vistas guardadas' }).getByRole('link', { name: 'Del chat' });
  await view.getByText('3').waitFor();

  await filters.getByRole('button', { name: 'Quitar filtros' }).click();
  await until(() => !page.url().includes('channel'), { what: 'no filter' });
  await desk.press('g', '1');
  await until(() => page.url().includes('channel=chat'), { what: 'the view by its key' });
});

test('several are closed at once and given back, by keys alone', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('elena');
  await desk.rows.filter({ hasText: 'Itzel Utrera' }).waitFor();
  await desk.press('j');
  await desk.conversation.waitFor();
  await desk.press('x', 'j', 'x');
  await page.getByRole('toolbar', { name: 'Contactos seleccionados' }).getByText('2 seleccionados').waitFor();
  await expectNoAxeViolations(page);
  await desk.press('e');
  await desk.dialog.getByText('Cerrar 2 contactos').waitFor();
  await until(() => page.evaluate("document.activeElement.type === 'radio'"), {
    what: 'the focus on the first way to end',
  });
  await page.keyboard.press('Enter');
  await until(async () => (await isClosed()) === 1, { what: 'two to be closed' });
  await page.getByText('Se cerraron 2 contactos').first().waitFor();
  await desk.press('z');
  await page.getByText('2 contactos quedaron como estaban').first().waitFor();
  expect(await isClosed()).toBe(3);
});

test('the command bar finds who it is', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('elena');
  await desk.press('Control+k');
  await desk.dialog.getByRole('combobox').fill('lagunes');
  await desk.dialog.getByRole('group', { name: 'Personas' }).getByText('Luis Lagunes').click();
  await page.getByRole('main').getByRole('heading', { name: 'Luis Lagunes' }).first().waitFor();
});
