import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { until } from '../support/until.ts';
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

test('new rows wait behind a word while the pointer is over the list', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await waitingResident(centre, 'Rosa Primera');
  await waitingResident(centre, 'Raúl Segundo');
  await desk.signIn('elena', '/?view=all');
  await until(async () => (await desk.rows.count()) === 2, { what: 'two rows' });
  await desk.rows.last().hover();
  await waitingResident(centre, 'Rita Tercera');

  const news = page.getByRole('button', { name: '1 nuevo' });
  await news.waitFor();
  expect(await desk.rows.first().textContent()).toContain('Raúl Segundo');
  await news.click();
  await desk.rows.filter({ hasText: 'Rita Tercera' }).waitFor();
  expect(await desk.rows.first().textContent()).toContain('Rita Tercera');
  await news.waitFor({ state: 'detached' });
});

test('a row that no longer belongs to the list stays until the pointer has left, and says how it stands', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  const sara = await waitingResident(centre, 'Sara Cuarta');
  await desk.signIn('ana', '/?view=waiting');
  const row = desk.rows.filter({ hasText: 'Sara Cuarta' });
  await row.hover();
  await sara.ask('end');
  await sara.ticketBecomes({ state: 'closed' });
  await row.getByText('En espera').waitFor({ state: 'detached' });
  expect(await row.count()).toBe(1);
  await desk.presence.hover();
  await row.waitFor({ state: 'detached' });
});

test('a waiting row shows its age and how much of the service level is used up', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('beto', '/?view=waiting');
  const row = desk.rows.first();
  await row.getByRole('time').or(row.locator('time')).first().waitFor();
  const before = await row.locator('time').textContent();
  await until(async () => (await row.locator('time').textContent()) !== before, { what: 'the age to grow' });
  expect(await row.locator('time').textContent()).toMatch(/^\s*\d+:\d\d\s*$/);
});

test('searching finds by name and by number, in every state', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('ana');
  await desk.press('/');
  await page.keyboard.type('rosa');
  await desk.rows.filter({ hasText: 'Rosa Primera' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('#2');
  await desk.rows.filter({ hasText: 'Raúl Segundo' }).waitFor();
  await page.getByRole('searchbox').fill('nadie se llama así');
  await page.getByText('Nada coincide con «nadie se llama así».').waitFor();
});
