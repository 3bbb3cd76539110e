import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { launchBrowser, type PageOptions, type TestBrowser } from '../support/browser.ts';
import { opens, startCaseCentre } from '../support/case-desk.ts';
import { casesOnScreen } from '../support/cases-on-screen.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import { takenContact } from '../support/taken-contact.ts';

let centre: ContactCentre;
let browser: TestBrowser;

beforeAll(async () => {
  centre = await startCaseCentre();
  browser = await launchBrowser(centre.url);
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

/** A case that a resident in the chat reported, open on Elena's screen. */
async function openCase(options: PageOptions = {}) {
  const ana = await centre.operator('ana');
  const { resident, ticketId } = await takenContact(centre, ana);
  const opened = await opens(ana, { ticketId });
  const page = await browser.newPage(options);
  const desk = consoleOnScreen(page);
  const cases = casesOnScreen(page);
  await desk.signIn('elena', `/cases/${opened.id}`);
  await cases.panel.getByRole('heading', { name: 'Bache' }).waitFor();
  return { ana, resident, opened, page, desk, cases };
}

test('a step is taken with words for the citizen, who reads them in the chat', async () => {
  const { resident, opened, page, desk, cases } = await openCase();
  await desk.press('m');
  await desk.dialog.getByLabel('No procede').check();
  const confirm = desk.dialog.getByRole('button', { name: 'Pasar a «No procede»' });
  expect(await confirm.isDisabled()).toBe(true);
  await desk.dialog.getByLabel('Por qué no procede').fill('La calle es privada.');
  expect(await confirm.isDisabled()).toBe(false);

  await desk.dialog.getByLabel('En proceso').check();
  await desk.dialog.getByLabel('Algo más que deba saber la persona').fill('La cuadrilla va el jueves.');
  await desk.dialog.getByRole('region', { name: 'Así lo leerá' }).getByText('La cuadrilla va el jueves.').waitFor();
  await page.keyboard.press('Control+Enter');
  await desk.dialog.waitFor({ state: 'detached' });
  await cases.story.getByText('Elena Mora lo pasó a «En proceso»').waitFor();
  await cases.story.getByText('La cuadrilla va el jueves.').waitFor();
  await cases.row(opened.folio).getByText('En proceso').filter({ visible: true }).waitFor();
  await resident.reads('La cuadrilla va el jueves.');
});

test('a note stays inside, news go out, and what is half written is kept', async () => {
  const { resident, opened, page, desk, cases } = await openCase();
  await desk.press('n');
  await page.keyboard.type('Pedir medida a la cuadrilla');
  await page.keyboard.press('Control+Enter');
  await cases.story.getByText('Nota de Elena Mora').waitFor();
  await desk.press('r');
  await cases.panel.getByText('Le llega a quien lo reportó', { exact: true }).waitFor();
  await page.keyboard.type('Mañana pasamos a verlo');
  await page.keyboard.press('Control+Enter');
  await cases.story.getByText('Aviso de Elena Mora').waitFor();
  await resident.reads('Mañana pasamos a verlo');
  expect(JSON.stringify(resident.messages)).not.toContain('Pedir medida');

  await desk.press('n');
  await page.keyboard.type('Falta preguntar');
  await page.goto(`/console/cases/${opened.id}`);
  await cases.panel.getByRole('heading', { name: 'Bache' }).waitFor();
  expect(await cases.panel.getByLabel('Nota interna', { exact: true }).inputValue()).toBe('Falta preguntar');
});

test('an edit that came too late shows what changed, keeps what was typed, and counts when saved again', async () => {
  const { ana, opened, desk, cases } = await openCase({ expectedErrors: [/409/] });
  await desk.press('e');
  await desk.dialog.getByLabel('Qué pasa').fill('El bache mide dos metros');
  const { version } = await ana.call(api.openCase, { params: { id: opened.id } });
  await ana.call(api.editCase, { params: { id: opened.id }, body: { priority: 1, version } });
  await desk.dialog.getByRole('button', { name: 'Guardar' }).click();
  await desk.dialog.getByRole('alert').getByText('Mientras editabas, alguien cambió: Prioridad').waitFor();
  expect(await desk.dialog.getByLabel('Qué pasa').inputValue()).toBe('El bache mide dos metros');
  await desk.dialog.getByRole('button', { name: 'Guardar' }).click();
  await desk.dialog.waitFor({ state: 'detached' });
  await cases.story.getByText('Prioridad: Normal → Alta').waitFor();
  await cases.panel.getByText('El bache mide dos metros').waitFor();
  expect(await ana.call(api.openCase, { params: { id: opened.id } })).toMatchObject({
    priority: 1,
    description: 'El bache mide dos metros',
  });
});

test('what somebody else does is there at once; what is refused comes back with the reason', async () => {
  const { ana, opened, page, desk, cases } = await openCase({ expectedErrors: [/409/, /ERR_/] });
  await desk.press('m');
  await desk.dialog.getByLabel('Resuelto').check();
  const { version } = await ana.call(api.openCase, { params: { id: opened.id } });
  await ana.call(api.changeCaseStatus, { params: { id: opened.id }, body: { status: 'assigned', version } });
  await page.getByText('Ana Ruiz lo pasó a «Asignado»').waitFor();
  await desk.dialog.getByRole('button', { name: 'Pasar a «Resuelto»' }).click();
  await desk.dialog.getByRole('alert').getByText('Alguien lo cambió antes que tú').waitFor();
  await page.keyboard.press('Escape');
  await cases.row(opened.folio).getByText('Asignado').filter({ visible: true }).waitFor();

  await page.route('**/api/v1/cases/*/notes', (route) => route.abort());
  await desk.press('n');
  await page.keyboard.type('Sin red');
  await page.keyboard.press('Control+Enter');
  await cases.story.getByText('No se guardó: No hay conexión').waitFor();
  await page.unroute('**/api/v1/cases/*/notes');
  await cases.story.getByRole('button', { name: 'Reintentar' }).click();
  await cases.story.getByText('Nota de Elena Mora').waitFor();
});
