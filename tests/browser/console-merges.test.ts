import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
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

/** Somebody on the web chat who gave a name and perhaps a mail address. */
async function somebody(name: string, email?: string) {
  const { ticketId } = await aContact(centre);
  const { id } = (await ana.open(ticketId)).citizen;
  await ana.call(api.updateCitizen, { params: { id }, body: { name, ...(email ? { email } : {}) } });
  return { id, ticketId };
}

test('one person known twice is compared, united by Ana, and parted again', async () => {
  const email = `${randomUUID()}@example.org`;
  const rosa = await somebody('Rosa López', email);
  const again = await somebody('Rosa L.', email);
  await opens(ana, { ticketId: again.ticketId });
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  const desk = consoleOnScreen(page);
  await desk.signIn('ana', `/tickets/${rosa.ticketId}`);
  const card = desk.citizen.getByRole('article', { name: 'Puede ser la misma persona' });
  await card.getByText(`Mismo correo: ${email}`).waitFor();
  await expectNoAxeViolations(page);
  await card.getByRole('button', { name: 'Comparar' }).click();
  await desk.dialog.getByText('1 contacto y 1 caso pasan a Rosa López.').waitFor();
  await desk.dialog.getByRole('cell', { name: 'Rosa L.', exact: true }).waitFor();
  await expectNoAxeViolations(page);
  await desk.dialog.getByRole('button', { name: 'Es la misma persona: unir' }).click();

  await desk.citizen.getByText('También era Rosa L.').waitFor();
  await desk.citizen.getByRole('heading', { name: 'Contactos anteriores (1)' }).waitFor();
  await desk.citizen.getByRole('heading', { name: 'Casos (1)' }).waitFor();
  await card.waitFor({ state: 'detached' });
  expect((await ana.open(again.ticketId)).citizen.id).toBe(rosa.id);

  await desk.citizen.getByRole('button', { name: 'Deshacer' }).click();
  await desk.dialog.getByText('Rosa L. vuelve a tener su propia ficha').waitFor();
  await expectNoAxeViolations(page);
  await desk.dialog.getByRole('button', { name: 'Separar' }).click();
  await desk.citizen.getByRole('heading', { name: 'Contactos anteriores (0)' }).waitFor();
  await desk.citizen.getByText(/^se separó el/).waitFor();
  expect((await ana.open(again.ticketId)).citizen.id).toBe(again.id);
});

test('nothing is said where nobody is known twice', async () => {
  const luz = await somebody('Luz Vera', `${randomUUID()}@example.org`);
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  const heard = page.waitForResponse(/\/merges$/);
  await desk.signIn('ana', `/tickets/${luz.ticketId}`);
  await heard;
  await desk.citizen.getByRole('heading', { name: 'Por dónde escribe (1)' }).waitFor();
  expect(await desk.citizen.getByText('Puede ser la misma persona').count()).toBe(0);
  expect(await desk.citizen.getByText('Fichas unidas').count()).toBe(0);
});
