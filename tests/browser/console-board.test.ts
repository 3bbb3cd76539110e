import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
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

test('a supervisor sees the queue build up, be served, and who does what, on a phone too', async () => {
  const page = await browser.newPage({ viewport: phone });
  await consoleOnScreen(page).signIn('elena', '/board');
  const now = page.getByRole('region', { name: 'Cifras de ahora y de hoy' });
  const general = page.getByRole('row', { name: /^General/ });
  await now.getByRole('link', { name: /^En espera 0/ }).waitFor();

  await waitingResident(centre, 'Rosa López');
  await now.getByRole('link', { name: /^En espera 1/ }).waitFor();
  await general
    .getByText(/^\s*0:\d\d\s*$/)
    .first()
    .waitFor();
  // Nobody is there to take her: that is what wants doing.
  const act = page.getByRole('region', { name: 'Qué hacer' });
  await act.getByRole('heading', { name: /General: nadie disponible y 1 en espera/ }).waitFor();

  const ana = await centre.operator('ana');
  await ana.available();
  const tile = page.getByRole('listitem').filter({ hasText: 'Ana Ruiz' });
  await page.getByRole('heading', { name: 'Disponible (1)' }).waitFor();
  await ana.accepts();
  await tile.getByRole('img', { name: '1 de 4 contactos' }).waitFor();
  await now.getByRole('link', { name: /^En conversación 1/ }).waitFor();
  await act.getByText('Todo en calma').waitFor();
  await ana.away();
  await page.getByRole('heading', { name: 'En pausa (1)' }).waitFor();
  await expectNoAxeViolations(page);
});

test('a supervisor acts from the board: limits, an announcement, who waits moved and moved back, the wall', async () => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await consoleOnScreen(page).signIn('elena', '/board');
  await waitingResident(centre, 'Luis Pérez');
  const act = page.getByRole('region', { name: 'Qué hacer' });
  await act.getByRole('heading', { name: /nadie disponible/ }).waitFor();

  await page.getByRole('button', { name: 'Umbrales de General' }).click();
  const dialog = page.getByRole('dialog');
  const waiting = dialog.getByRole('group', { name: 'En espera' });
  await waiting.getByLabel('Aviso desde').fill('1');
  await expectNoAxeViolations(page);
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await act.getByRole('heading', { name: /General: 1 en espera/ }).waitFor();

  await act.getByRole('button', { name: 'Mover en espera' }).first().click();
  await dialog.getByText('Un contacto en espera pasará de General').waitFor();
  await dialog.getByRole('button', { name: 'Mover' }).click();
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await page.getByText('Volvió un contacto').first().waitFor();

  await page.getByRole('region', { name: 'Avisos puestos' }).getByRole('button', { name: 'Poner un aviso' }).click();
  await dialog.getByLabel('En español').fill('Hay una fuga en Zaragoza; la estamos revisando.');
  await dialog.getByRole('button', { name: 'Poner el aviso' }).click();
  await page.getByRole('region', { name: 'Avisos puestos' }).getByText('Hay una fuga en Zaragoza').waitFor();
  const supervisor = await centre.operator('elena');
  expect((await supervisor.call(api.board)).announcements).toMatchObject([{ voice: true, chat: true }]);

  await page.getByRole('button', { name: 'Modo muro' }).click();
  await act.waitFor({ state: 'detached' });
  await page.getByRole('row', { name: /^General/ }).waitFor();
  await page.keyboard.press('Escape');
  await act.waitFor();
  await expectNoAxeViolations(page);
});
