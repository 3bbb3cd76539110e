import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { until } from '../support/until.ts';
import { waitingResident } from '../support/waiting-resident.ts';
import { words } from '../support/words.ts';

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

test('drafts stay with their contact over a reload, and leave when sent and at the sign-out', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  const rosa = await waitingResident(centre, 'Rosa Uno');
  await waitingResident(centre, 'Pedro Dos');
  await desk.signIn('ana');
  await desk.goAvailable();
  await desk.acceptOffer();
  await desk.reply.fill('A medias con Rosa');
  await desk.acceptOffer();
  expect(await desk.reply.inputValue()).toBe('');
  await desk.reply.fill('A medias con Pedro');

  await page.reload();
  await desk.conversation.getByRole('heading', { name: 'Pedro Dos' }).waitFor();
  expect(await desk.reply.inputValue()).toBe('A medias con Pedro');
  await desk.rows.filter({ hasText: 'Rosa Uno' }).click();
  await desk.conversation.getByRole('heading', { name: 'Rosa Uno' }).waitFor();
  expect(await desk.reply.inputValue()).toBe('A medias con Rosa');
  await desk.reply.press('Enter');
  await rosa.reads('A medias con Rosa');
  expect(await desk.reply.inputValue()).toBe('');

  await desk.goAway();
  await desk.presence.click();
  await page.getByRole('menuitem', { name: 'Cerrar sesión' }).click();
  await page.getByRole('heading', { name: 'Inicia sesión' }).waitFor();
  const left = (await page.evaluate('Object.keys(localStorage)')) as string[];
  expect(left.filter((key) => /draft|outbox/.test(key))).toEqual([]);
});

test('what is sent without a connection goes out once when it is back, and what came meanwhile is there', async () => {
  const page = await browser.newPage({ expectedErrors: [/ERR_INTERNET_DISCONNECTED/] });
  const desk = consoleOnScreen(page);
  const rosa = await waitingResident(centre, 'Rosa Red');
  await desk.signIn('beto');
  await desk.goAvailable();
  await desk.acceptOffer();
  await desk.say('Antes del corte');
  await rosa.reads('Antes del corte');

  await page.context().setOffline(true);
  await page.getByText('Sin conexión: lo que escribas queda guardado aquí').waitFor();
  await desk.say('Durante el corte, uno');
  await desk.say('Durante el corte, dos');
  await desk.timeline.getByText('Se enviará al volver la conexión').first().waitFor();
  for (let count = 1; count <= 8; count += 1) await rosa.say(`Mientras tanto ${count}`);

  await page.context().setOffline(false);
  await rosa.reads('Durante el corte, dos');
  await page.getByText('Sin conexión').waitFor({ state: 'detached' });
  await desk.reads('Mientras tanto 8');
  await until(async () => (await desk.timeline.getByText('Se enviará al volver').count()) === 0, {
    what: 'nothing left to send',
  });
  const shown = await desk.timeline.getByRole('article').getByText('Mientras tanto').allTextContents();
  expect(shown.map((text) => text.trim())).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((count) => `Mientras tanto ${count}`));
  const said = rosa.messages.map(words).filter((text) => text.startsWith('Durante'));
  expect(said).toEqual(['Durante el corte, uno', 'Durante el corte, dos']);
  await desk.goAway();
});

test('a reply that is refused says why and can be taken back', async () => {
  const page = await browser.newPage({ expectedErrors: [/409/] });
  const desk = consoleOnScreen(page);
  await waitingResident(centre, 'Rosa Ajena');
  await desk.signIn('carmen');
  await desk.goAvailable();
  await desk.acceptOffer();
  const refused = { code: 'not_holder', message: 'Este contacto lo atiende otra persona.' };
  await page.route('**/messages', (route) =>
    route.request().method() === 'POST' ? route.fulfill({ status: 409, json: { error: refused } }) : route.continue(),
  );
  await desk.say('Llegué tarde');
  await desk.timeline.getByText('No se envió. Este contacto lo atiende otra persona.').waitFor();
  await desk.timeline.getByRole('button', { name: 'Editar' }).click();
  expect(await desk.reply.inputValue()).toBe('Llegué tarde');
  await page.unroute('**/messages');
  await desk.reply.press('Enter');
  await desk.timeline.getByText('Guardado').last().waitFor();
});
