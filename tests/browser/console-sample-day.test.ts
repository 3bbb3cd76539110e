import { DateTime } from 'luxon';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';

let centre: ContactCentre;
let browser: TestBrowser;

beforeAll(async () => {
  centre = await startContactCentre();
  // Late in a morning, when people call and write, whenever this runs.
  const now = DateTime.now().setZone('America/Mexico_City');
  const eleven = now.startOf('day').set({ hour: 11 });
  centre.clock.advance((eleven > now ? eleven : eleven.plus({ days: 1 })).diff(now, 'seconds').seconds);
  browser = await launchBrowser(centre.url);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

test('a newcomer loads a sample day, sees it everywhere, and takes it away again', { timeout: 900_000 }, async () => {
  const page = await browser.newPage();
  // An hour of it, and a tenth, is as good as the whole.
  await page.route('**/api/v1/sample-day', async (route) => {
    const isLoaded = route.request().method() === 'POST';
    await route.continue(isLoaded ? { postData: JSON.stringify({ seed: 1, hours: 1, scale: 0.1 }) } : {});
  });
  await consoleOnScreen(page).signIn('elena', '/board');
  await page.getByRole('button', { name: 'Cargar un día de ejemplo' }).click();

  const banner = page.getByRole('region', { name: 'Día de ejemplo' });
  await banner.getByText('Se está preparando un día de ejemplo').waitFor();
  await banner.getByRole('progressbar').waitFor();
  await banner.getByText(/^Ahí son las \d\d:\d\d · /).waitFor({ timeout: 400_000 });
  await banner.getByText(/^Estás viendo un día de ejemplo: \d+ contactos/).waitFor({ timeout: 400_000 });
  await expectNoAxeViolations(page);

  const supervisor = await centre.operator('elena');
  const { contacts } = await supervisor.call(api.sampleDay);
  expect(contacts).toBeGreaterThan(0);
  await page.reload();
  await page.getByRole('region', { name: 'Cifras de ahora y de hoy' }).waitFor();
  await page.goto('/console/reports');
  await page.getByRole('button', { name: new RegExp(`^Contactos ${contacts}$`) }).waitFor({ timeout: 30_000 });
  const { tickets } = await supervisor.call(api.listTickets, { query: { view: 'closed', q: 'persona' } });
  expect(tickets.length).toBeGreaterThan(0);

  await banner.getByRole('button', { name: 'Quitar el día de ejemplo' }).click();
  await banner.getByRole('button', { name: 'Sí, quitarlo' }).click();
  await banner.waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('button', { name: 'Cargar un día de ejemplo' }).waitFor();
  expect((await supervisor.call(api.listTickets, { query: { view: 'closed' } })).tickets).toEqual([]);
});
