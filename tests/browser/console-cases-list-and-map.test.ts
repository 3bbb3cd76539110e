import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { desk, launchBrowser, type TestBrowser } from '../support/browser.ts';
import { opens, startCaseCentre } from '../support/case-desk.ts';
import { casesOnScreen } from '../support/cases-on-screen.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let browser: TestBrowser;
let ana: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  browser = await launchBrowser(centre.url);
  ana = await centre.operator('ana');
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

async function casesPage(query = '', viewport = desk) {
  const page = await browser.newPage({ viewport });
  const screen = consoleOnScreen(page);
  await screen.signIn('elena', `/cases${query}`);
  // The click that signed in left the pointer over the list.
  await page.mouse.move(2, 2);
  return { page, desk: screen, cases: casesOnScreen(page) };
}

test('nothing yet, then a case that comes in by itself', async () => {
  const { page, cases } = await casesPage();
  await page.getByText('No hay casos abiertos').waitFor();
  const opened = await opens(ana);
  await cases.row(opened.folio).waitFor();
  await cases.count('1 caso');
});

test('filters stand in the address, hold over a reload and are told apart from having nothing', async () => {
  const light = await opens(ana, { serviceId: 'luminaria', description: 'No prende el farol de la esquina' });
  const { page, cases } = await casesPage();
  await cases.filter('Servicio', 'Luminaria apagada o dañada');
  await until(() => new URL(page.url()).searchParams.get('service') === 'luminaria', {
    what: 'the filter in the address',
  });
  await cases.count('1 caso');
  await page.reload();
  await cases.row(light.folio).waitFor();
  expect(await cases.rows.count()).toBe(1);

  await page.getByLabel('Folio, palabra o dirección').fill('nada como esto');
  await page.getByText('Ningún caso coincide').waitFor();
  await page.getByRole('button', { name: 'Quitar filtros' }).last().click();
  await cases.row(light.folio).waitFor();
  expect(new URL(page.url()).search).toBe('');
});

test('under the hand nothing moves: what came is announced and waits', async () => {
  const first = await opens(ana);
  const { page, cases } = await casesPage();
  await cases.row(first.folio).hover();
  const before = await cases.rows.allTextContents();
  const news = await opens(ana, { serviceId: 'ruido' });
  await page.getByRole('button', { name: '1 nuevo' }).waitFor();
  expect(await cases.rows.allTextContents()).toEqual(before);
  await page.getByRole('button', { name: '1 nuevo' }).click();
  await cases.row(news.folio).waitFor();
});

test('the list is walked by keyboard, with the case beside it', async () => {
  const older = await opens(ana, { serviceId: 'poda' });
  const newer = await opens(ana, { serviceId: 'grafiti' });
  const { page, desk, cases } = await casesPage();
  await cases.row(newer.folio).waitFor();
  await desk.press('j');
  await cases.panel.getByRole('heading', { name: 'Grafiti o vandalismo' }).waitFor();
  await desk.press('j');
  await cases.panel.getByRole('heading', { name: 'Poda de árboles o maleza' }).waitFor();
  expect(page.url()).toContain(older.id);
  await desk.press('Escape');
  await cases.panel.waitFor({ state: 'detached' });
});

test('on the board a card is dragged where it goes, moved by keyboard, and asked about where it must be', async () => {
  const opened = await opens(ana, { serviceId: 'semaforo' });
  const { page, desk, cases } = await casesPage('?view=board');
  const card = page.getByRole('button', { name: new RegExp(opened.folio) }).first();
  await cases.column('Recibido').getByText(opened.folio).waitFor();
  await card.dragTo(cases.column('En proceso'));
  await cases.column('En proceso').getByText(opened.folio).waitFor();
  await until(async () => (await ana.call(api.openCase, { params: { id: opened.id } })).status === 'in_progress', {
    what: 'the step at the server',
  });

  await card.dragTo(cases.column('Asignado'));
  await cases.column('Asignado').getByText(opened.folio).waitFor();
  await page.getByRole('button', { name: 'Deshacer' }).last().click();
  await cases.column('En proceso').getByText(opened.folio).waitFor();
  await card.focus();
  await page.keyboard.press('m');
  await desk.dialog.getByLabel('De otra instancia').check();
  await desk.dialog.getByLabel('A quién le toca').fill('Comisión Federal de Electricidad');
  await page.keyboard.press('Control+Enter');
  await desk.dialog.waitFor({ state: 'detached' });
  await card.waitFor({ state: 'detached' });
});

test('on the map a dot shows its case, by keyboard too, and opens it beside the map', async () => {
  const { southWest, northEast } = (await ana.call(api.cityMap)).bounds;
  /** Where the map begins. */
  const middle = {
    latitude: (southWest.latitude + northEast.latitude) / 2,
    longitude: (southWest.longitude + northEast.longitude) / 2,
  };
  const place = { point: middle, address: null, coloniaId: null, reference: null };
  const opened = await opens(ana, { serviceId: 'basura-no-recolectada', place });
  const { page, cases } = await casesPage('?view=map&service=basura-no-recolectada', { width: 1024, height: 640 });
  await cases.count('1 caso');
  await page.getByRole('list', { name: 'Qué significa cada punto' }).getByText('Abiertos').waitFor();
  await page.getByRole('button', { name: 'Acercar' }).waitFor();
  const card = page.getByRole('region', { name: opened.folio });
  await until(
    async () => {
      await page.locator('canvas').press('Enter');
      return card.isVisible();
    },
    { what: 'the card of the dot', timeout: 60_000 },
  );
  await card.getByRole('button', { name: 'Ver el caso' }).click();
  await cases.panel.getByRole('heading', { name: 'Basura no recolectada' }).waitFor();
});
