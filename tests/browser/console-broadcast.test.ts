import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoAxeViolations } from '../support/axe.ts';
import { crowdFollows } from '../support/broadcasts.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { aContact, opens, startCaseCentre } from '../support/case-desk.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';

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

/** A case that somebody reported and so many others follow. */
async function followed(count: number) {
  const { ticketId } = await aContact(centre);
  const { id, folio } = await opens(ana, { ticketId });
  await crowdFollows(centre, id, count);
  return { id, folio };
}

async function writes(page: Page, caseId: string, text: string) {
  await page.goto(`/console/cases/${caseId}`);
  await page.getByRole('button', { name: 'Avisar a quienes siguen' }).click();
  await page.getByLabel('Qué les quieres decir').fill(text);
}

const notice = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text });

test('a notice to a few leaves at once, and its report says whom it reached', async () => {
  const { id, folio } = await followed(4);
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('ana');
  await writes(page, id, 'La fuga ya está controlada.');
  await desk.dialog.getByText('Es para 5 personas').waitFor();
  await desk.dialog.getByRole('button', { name: 'Enviar a 5 personas' }).click();
  await page.getByText(`El aviso de ${folio} está saliendo`, { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Avisos' }).click();
  const row = notice(page, 'La fuga ya está controlada.');
  await row.getByText('Terminado').waitFor();
  await row.getByRole('link', { name: 'La fuga ya está controlada.' }).click();
  const report = page.getByRole('complementary', { name: 'Aviso' });
  await report.getByRole('heading', { name: /^Los demás/ }).waitFor();
  await report.getByText('Vecina 3').waitFor();
  await report.getByRole('link', { name: folio }).waitFor();
});

test('a notice to many waits for somebody else, who sees it live; a cancelled one reaches nobody', async () => {
  const { id } = await followed(60);
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('ana');
  await writes(page, id, 'Mañana no habrá agua de 8 a 14 horas.');
  await desk.dialog.getByText('Son más de 50 personas').waitFor();
  await desk.dialog.getByRole('button', { name: 'Pedir aprobación' }).click();
  await desk.dialog.waitFor({ state: 'detached' });
  await desk.press('g', 'n');
  const own = notice(page, 'Mañana no habrá agua');
  await own.getByText('Espera aprobación').waitFor();
  await own.getByRole('button', { name: 'Cancelar aviso' }).waitFor();
  expect(await own.getByRole('button', { name: 'Aprobar' }).count()).toBe(0);

  const other = await browser.newPage();
  const supervisor = consoleOnScreen(other);
  await supervisor.signIn('elena', '/broadcasts');
  const asked = notice(other, 'Mañana no habrá agua');
  await asked.getByRole('button', { name: 'Aprobar' }).click();
  await supervisor.dialog.getByText('Saldrán mensajes para 61 personas.').waitFor();
  await supervisor.dialog.getByRole('button', { name: 'Aprobar' }).click();
  await own.getByText('Terminado').waitFor();

  await writes(page, id, 'Siempre sí habrá agua.');
  await desk.dialog.getByRole('button', { name: 'Pedir aprobación' }).click();
  await desk.dialog.waitFor({ state: 'detached' });
  const mistaken = notice(other, 'Siempre sí habrá agua.');
  await mistaken.getByRole('button', { name: 'Cancelar aviso' }).click();
  await supervisor.dialog.getByText('Ya no les llegará a 61 personas.').waitFor();
  await supervisor.dialog.getByRole('button', { name: 'Cancelar el aviso' }).click();
  await mistaken.getByText('Cancelado').waitFor();
});

describe.for(['light', 'dark'] as const)('axe finds nothing in the %s theme', (colorScheme) => {
  test('while a notice is written, in the list and in its report', { timeout: 120_000 }, async () => {
    const { id } = await followed(3);
    const page = await browser.newPage({ reducedMotion: 'reduce', colorScheme });
    const desk = consoleOnScreen(page);
    await desk.signIn('ana');
    await writes(page, id, `Aviso de prueba en ${colorScheme}`);
    await desk.dialog.getByLabel('Con una plantilla para quienes').check();
    await desk.dialog.getByText('Así lo leerá').waitFor();
    await expectNoAxeViolations(page);
    await desk.dialog.getByLabel('Con una plantilla para quienes').uncheck();
    await desk.dialog.getByRole('button', { name: 'Enviar a 4 personas' }).click();
    await desk.dialog.waitFor({ state: 'detached' });
    await page.goto('/console/broadcasts');
    await notice(page, `Aviso de prueba en ${colorScheme}`).getByRole('link').click();
    await page.getByRole('complementary', { name: 'Aviso' }).getByText('Vecina 1').waitFor();
    await expectNoAxeViolations(page);
  });
});
