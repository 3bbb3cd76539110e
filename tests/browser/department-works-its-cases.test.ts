import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
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

test('somebody of public works sees their cases and nothing else, and answers one', async () => {
  const ana = await centre.operator('ana');
  const { resident, ticketId } = await takenContact(centre, ana);
  const theirs = await opens(ana, { ticketId });
  const others = await opens(ana, { serviceId: 'luminaria' });

  // Somebody else's case and contact are asked for on purpose.
  const page = await browser.newPage({ expectedErrors: [/status of 404 .*\/cases\//, /status of 403/] });
  const desk = consoleOnScreen(page);
  const cases = casesOnScreen(page);
  await desk.signIn('hugo');
  await cases.row(theirs.folio).waitFor();
  expect(await cases.rows.count()).toBe(1);
  const sections = page.getByRole('navigation', { name: 'Secciones' }).getByRole('link');
  expect(await sections.allTextContents()).toEqual([expect.stringContaining('Casos')]);

  // The click that signed in left the pointer over the list, which then stands still.
  await page.mouse.move(2, 2);
  const later = await opens(ana, { description: 'Otro bache, más adelante' });
  await cases.row(later.folio).waitFor();
  await cases.row(theirs.folio).click();
  await desk.press('m');
  await desk.dialog.getByLabel('Resuelto').check();
  await desk.dialog.getByLabel('Algo más que deba saber la persona').fill('Ya quedó tapado.');
  await page.keyboard.press('Control+Enter');
  await cases.story.getByText('lo pasó a «Resuelto»').waitFor();
  await resident.reads('Ya quedó tapado.');
  // That there was a contact is theirs to know, what was said there is not.
  expect(await cases.panel.locator('a[href*="/tickets/"]').count()).toBe(0);

  await page.goto(`/console/cases/${others.id}`);
  await cases.panel.getByRole('alert').waitFor();
  await page.goto(`/console/tickets/${ticketId}`);
  await page.getByText('No tienes permiso para ver esto').waitFor();
});

test('a protected case is there for who has the grant, marked as such, and for nobody else', async () => {
  const ana = await centre.operator('ana');
  const city = await ana.call(api.consoleCity);
  const service = city.services.find((each) => each.protected);
  const guarded = await opens(ana, { serviceId: service?.id ?? '', place: null });

  const elsewhere = await browser.newPage();
  await consoleOnScreen(elsewhere).signIn('beto', '/cases?state=all');
  await casesOnScreen(elsewhere).rows.first().waitFor();
  expect(await elsewhere.locator('body').textContent()).not.toContain(guarded.folio);

  const page = await browser.newPage();
  const cases = casesOnScreen(page);
  await consoleOnScreen(page).signIn('gabriela');
  await cases.row(guarded.folio).click();
  await cases.panel.getByText('Caso protegido.').waitFor();
  await cases.panel
    .getByText('solo se le avisa si dijo que es seguro')
    .or(cases.panel.getByText('Solo la ve el equipo'))
    .first()
    .waitFor();
});
