import { afterAll, beforeAll, describe, test } from 'vitest';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
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

/** Colours in the middle of a transition are nobody's choice. */
const still = { reducedMotion: 'reduce' as const };

describe.for(['light', 'dark'] as const)('axe finds nothing in the %s theme', (colorScheme) => {
  test('in the list, a case, its questions, the board and the map', { timeout: 180_000 }, async () => {
    const ana = await centre.operator('ana');
    const { ticketId } = await takenContact(centre, ana);
    const opened = await opens(ana, { ticketId });
    const page = await browser.newPage({ ...still, colorScheme });
    const desk = consoleOnScreen(page);
    const cases = casesOnScreen(page);
    await desk.signIn('elena', '/cases?q=nada');
    await page.getByText('Ningún caso coincide').waitFor();
    await expectNoAxeViolations(page);
    await page.goto(`/console/cases/${opened.id}`);
    await cases.row(opened.folio).waitFor();
    await cases.story.getByText('abrió el caso').waitFor();
    await expectNoAxeViolations(page);
    for (const key of ['m', 'e', 'c']) {
      await desk.press(key);
      await desk.dialog.waitFor();
      await expectNoAxeViolations(page);
      await page.keyboard.press('Escape');
      await desk.dialog.waitFor({ state: 'detached' });
    }
    await cases.layout('Tablero');
    await cases.column('Recibido').getByText(opened.folio).waitFor();
    await expectNoAxeViolations(page);
    await cases.layout('Mapa');
    await page.getByRole('button', { name: 'Acercar' }).waitFor();
    await expectNoAxeViolations(page);
  });

  test('beside the conversation: its cases, the form and the case over it', { timeout: 180_000 }, async () => {
    const ana = await centre.operator('ana');
    const { ticketId } = await takenContact(centre, ana);
    const opened = await opens(ana, { ticketId });
    const page = await browser.newPage({ ...still, colorScheme });
    const desk = consoleOnScreen(page);
    await desk.signIn('ana', `/tickets/${ticketId}?view=mine`);
    await desk.citizen.getByText('Casos (1)').waitFor();
    await expectNoAxeViolations(page);
    await desk.press('c');
    await desk.dialog.getByRole('heading', { name: 'Abrir caso' }).waitFor();
    await expectNoAxeViolations(page);
    await page.keyboard.press('Escape');
    await desk.dialog.waitFor({ state: 'detached' });
    await desk.citizen.getByRole('button', { name: new RegExp(opened.folio) }).click();
    await desk.dialog.getByRole('heading', { name: 'Bache' }).waitFor();
    await expectNoAxeViolations(page);
  });
});
