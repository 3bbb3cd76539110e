import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { startCaseCentre } from '../support/case-desk.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import { takenContact } from '../support/taken-contact.ts';
import { until } from '../support/until.ts';

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

describe.each([
  ['light', undefined],
  ['dark', phone],
] as const)('in the %s theme', (colorScheme, viewport) => {
  test('a supervisor writes from the board; the operator answers by keyboard, about the contact before her', async () => {
    const ana = await centre.operator('ana');
    const { ticketId } = await takenContact(centre, ana);
    const { number } = (await ana.open(ticketId)).ticket;

    const board = await browser.newPage({ colorScheme, ...(viewport ? { viewport } : {}) });
    await consoleOnScreen(board).signIn('elena', '/board');
    await board.getByRole('button', { name: 'Escribir a Ana Ruiz' }).click();
    const hers = board.getByRole('dialog', { name: 'Ana Ruiz' });
    await hers.getByRole('textbox', { name: 'Mensaje para Ana Ruiz' }).fill(`¿Puedes con el ${number}?`);

    const desk = await browser.newPage({ colorScheme });
    const console = consoleOnScreen(desk);
    await console.signIn('ana', `/tickets/${ticketId}`);
    await console.reply.waitFor();
    await board.keyboard.press('Enter');
    await hers
      .getByRole('article')
      .filter({ hasText: `¿Puedes con el ${number}?` })
      .waitFor();

    // It is told beside whatever is on screen, and counted on the rail.
    await desk.getByRole('button', { name: /^Equipo\s*1/ }).waitFor();
    await console.press('g', 'e');
    const team = desk.getByRole('dialog', { name: 'Equipo' });
    await team.getByRole('textbox', { name: 'Buscar a alguien' }).waitFor();
    await expectNoAxeViolations(desk);
    await team.getByRole('button', { name: /^Elena Mora/ }).press('Enter');
    const conversation = desk.getByRole('dialog', { name: 'Elena Mora' });
    await conversation.getByRole('log').getByText(`¿Puedes con el ${number}?`).waitFor();
    const asked = hers.getByRole('article').filter({ hasText: `¿Puedes con el ${number}?` });
    await asked.getByText(/Leído/).waitFor();
    await conversation.getByRole('button', { name: `Mencionar el contacto #${number}` }).press('Enter');
    await conversation.getByRole('textbox', { name: 'Mensaje para Elena Mora' }).fill(`El ${number} ya casi está.`);
    await desk.keyboard.press('Enter');

    await hers.getByText(`El ${number} ya casi está.`).waitFor();
    await expectNoAxeViolations(board);
    await hers.getByRole('link', { name: `Contacto #${number}` }).click();
    await hers.waitFor({ state: 'detached' });
    await consoleOnScreen(board).conversation.waitFor();
    await ana.close(ticketId);
  });
});

test('a supervisor gives somebody another queue from the board, and contacts of it reach them', async () => {
  const page = await browser.newPage();
  await consoleOnScreen(page).signIn('elena', '/board');
  await page.getByRole('button', { name: /^Colas y habilidades de Carmen/ }).click();
  const dialog = page.getByRole('dialog', { name: /Carmen/ });
  const servicios = dialog.getByRole('checkbox', { name: 'Reportes de servicios' });
  const served = await servicios.isChecked();
  await servicios.click();
  await expectNoAxeViolations(page);
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await dialog.waitFor({ state: 'detached' });

  const elena = await centre.operator('elena');
  await until(async () => {
    const carmen = (await elena.call(api.listOperators)).find(({ name }) => name.startsWith('Carmen'));
    expect(carmen?.queueIds.includes('servicios')).toBe(!served);
    return true;
  });
});
