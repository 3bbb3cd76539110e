import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { aContact, startCaseCentre } from '../support/case-desk.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';

let centre: ContactCentre;
let browser: TestBrowser;
let elena: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  [browser, elena] = await Promise.all([launchBrowser(centre.url), centre.operator('elena')]);
});
afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

async function heldByElena(name: string): Promise<string> {
  const { ticketId } = await aContact(centre);
  const { citizen } = await elena.call(api.takeTicket, { params: { id: ticketId } });
  await elena.call(api.updateCitizen, { params: { id: citizen.id }, body: { name } });
  return ticketId;
}

test('a warning is written on the page of a person by keyboard, and stands above their conversation', async () => {
  const ticketId = await heldByElena('Rosa Malpica');
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  const desk = consoleOnScreen(page);
  await desk.signIn('elena', `/tickets/${ticketId}`);
  await desk.conversation.getByRole('heading', { name: 'Rosa Malpica' }).waitFor();
  await desk.press('g', 'i');
  await page.getByRole('heading', { name: 'Rosa Malpica', level: 1 }).waitFor();
  await page.getByRole('region', { name: 'Todos sus contactos' }).getByRole('link').waitFor();
  await expectNoAxeViolations(page);

  await page.getByRole('button', { name: 'Agregar advertencia' }).press('Enter');
  await desk.dialog.getByLabel('Advertencia', { exact: true }).fill('Avisar a su hija antes de ir');
  await expectNoAxeViolations(page);
  await desk.dialog.getByLabel('Advertencia', { exact: true }).press('Enter');
  await page.getByRole('listitem').filter({ hasText: 'Avisar a su hija antes de ir' }).waitFor();

  await page.getByRole('region', { name: 'Todos sus contactos' }).getByRole('link').press('Enter');
  await desk.conversation
    .getByRole('list', { name: 'Advertencias' })
    .getByText('Avisar a su hija antes de ir')
    .waitFor();
  // The notice that it was kept has places for the focus that axe does not know; it goes by itself.
  await page.getByText('Advertencia agregada', { exact: true }).waitFor({ state: 'detached' });
  await expectNoAxeViolations(page);
});

test('a macro is made, used by keyboard, and taken back', async () => {
  const ticketId = await heldByElena('Luis Lagunes');
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  const desk = consoleOnScreen(page);
  await desk.signIn('elena', '/settings/macros');
  await page.getByRole('button', { name: 'Agregar macro' }).first().click();
  await desk.dialog.getByLabel('Nombre').fill('Despedir y cerrar');
  await desk.dialog.getByLabel('Qué hacer').click();
  await page.getByRole('option', { name: 'Cerrar el contacto' }).click();
  await desk.dialog
    .getByRole('region', { name: 'Al usarla' })
    .getByText(/^Cierra el contacto: /)
    .waitFor();
  await expectNoAxeViolations(page);
  await desk.dialog.getByRole('button', { name: 'Guardar' }).click();
  await page.getByText('despedir-y-cerrar', { exact: true }).waitFor();

  await page.goto(`/console/tickets/${ticketId}`);
  await desk.conversation.getByRole('heading', { name: 'Luis Lagunes' }).waitFor();
  await desk.press(';');
  await desk.dialog.getByRole('option', { name: /Despedir y cerrar/ }).waitFor();
  await expectNoAxeViolations(page);
  await page.keyboard.type('despe');
  await page.keyboard.press('Enter');
  await elena.ticketBecomes(ticketId, { state: 'closed' });
  await desk.dialog.waitFor({ state: 'detached' });
  await page.getByText('«Despedir y cerrar» quedó hecha').first().waitFor();
  await desk.press('z');
  expect(await elena.ticketBecomes(ticketId, { state: 'assigned' })).toMatchObject({ operator: { id: elena.id } });
});
