import { afterAll, beforeAll, test } from 'vitest';
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
  await now.getByText('En espera').locator('..').getByText('0', { exact: true }).waitFor();

  await waitingResident(centre, 'Rosa López');
  await now.getByText('En espera').locator('..').getByText('1', { exact: true }).waitFor();
  await general
    .getByText(/^\s*0:\d\d\s*$/)
    .first()
    .waitFor();

  const ana = await centre.operator('ana');
  await ana.available();
  const tile = page.getByRole('listitem').filter({ hasText: 'Ana Ruiz' });
  await page.getByRole('heading', { name: 'Disponible (1)' }).waitFor();
  await ana.accepts();
  await tile.getByRole('img', { name: '1 de 4 contactos' }).waitFor();
  await now.getByText('En conversación').locator('..').getByText('1', { exact: true }).waitFor();
  await ana.away();
  await page.getByRole('heading', { name: 'En pausa (1)' }).waitFor();
});
