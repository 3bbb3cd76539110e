import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, type PageOptions, type TestBrowser } from '../support/browser.ts';
import { inTown, opens, outOfTown, startCaseCentre } from '../support/case-desk.ts';
import { casesOnScreen } from '../support/cases-on-screen.ts';
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

/** A contact of Ana's, open on her screen. */
async function openContact(said: string[] = [], options: PageOptions = {}) {
  const ana = await centre.operator('ana');
  const { resident, ticketId } = await takenContact(centre, ana);
  for (const text of said) await resident.say(text);
  const page = await browser.newPage(options);
  const desk = consoleOnScreen(page);
  await desk.signIn('ana', `/tickets/${ticketId}?view=mine`);
  await desk.reply.waitFor();
  return { ana, resident, ticketId, page, desk, cases: casesOnScreen(page) };
}

test('by keyboard, from the words, the photo and the place that the citizen sent', async () => {
  const { resident, page, desk } = await openContact(['Hay un bache enorme que ya ponchó dos llantas']);
  const image = await resident.upload('bache.png', pixel);
  await resident.say([
    { type: 'media', attachmentId: image.id },
    { type: 'location', ...inTown },
  ]);
  await desk.timeline.getByRole('button', { name: 'Ver bache.png en grande' }).waitFor();

  await desk.press('c');
  await desk.dialog.getByRole('heading', { name: 'Abrir caso' }).waitFor();
  await until(async () => (await page.evaluate('document.activeElement.role ?? ""')) === 'combobox', {
    what: 'the caret in the service',
  });
  await page.keyboard.type('bach');
  await page.getByRole('option', { name: 'Bache' }).waitFor();
  await page.keyboard.press('Enter');
  await desk.dialog.getByText('Obras Públicas · Promesa: 10 días hábiles').waitFor();
  expect(await desk.dialog.getByLabel('Qué pasa').inputValue()).toBe('Hay un bache enorme que ya ponchó dos llantas');
  expect(await desk.dialog.getByLabel('Incluir bache.png').isChecked()).toBe(true);
  await desk.dialog.getByText('Listo para abrir').waitFor();
  await page.keyboard.press('Control+Enter');

  await desk.dialog.getByRole('heading', { name: 'Caso abierto' }).waitFor();
  const folio = (await desk.dialog.getByRole('button', { name: /Copiar el folio/ }).textContent())?.trim() ?? '';
  expect(folio).toMatch(/^VER-\d{4}-\d{6}$/);
  await resident.reads('Tu reporte quedó registrado: Bache');
  await page.keyboard.press('Enter');
  await desk.dialog.waitFor({ state: 'detached' });

  await desk.citizen.getByText('Casos (1)').waitFor();
  await desk.timeline.getByRole('button', { name: new RegExp(folio) }).click();
  await desk.dialog.getByRole('heading', { name: 'Bache' }).waitFor();
  await desk.dialog.getByRole('button', { name: 'Ver bache.png en grande' }).waitFor();
  // The key is the citizen's alone.
  const key = JSON.stringify(resident.messages).match(/"secret":"([^"]+)"/)?.[1] ?? 'none was given';
  expect(await page.locator('body').textContent()).not.toContain(key);
});

test('what is half written waits, also over a reload', async () => {
  const { page, desk, cases } = await openContact();
  await desk.press('c');
  await cases.choose(desk.dialog, 'Qué se reporta', 'luminaria', 'Luminaria apagada o dañada');
  await desk.dialog.getByLabel('Qué pasa').fill('No prende desde el jueves');
  await desk.dialog.getByRole('button', { name: 'Dejar para después' }).click();
  await page.reload();
  await desk.reply.waitFor();
  await desk.press('c');
  await desk.dialog.getByText('Alumbrado Público · Promesa: 5 días hábiles').waitFor();
  expect(await desk.dialog.getByLabel('Qué pasa').inputValue()).toBe('No prende desde el jueves');
});

test('the same case nearby is followed instead, and it counts', async () => {
  const { ana, resident, page, desk, cases } = await openContact();
  const known = await opens(ana, { serviceId: 'fuga-agua' });
  await resident.say([{ type: 'location', ...inTown }]);
  await desk.timeline.getByText('Ubicación').waitFor();
  await desk.press('c');
  await cases.choose(desk.dialog, 'Qué se reporta', 'fuga', 'Fuga de agua potable');
  const nearby = desk.dialog.getByRole('region', { name: 'Casos parecidos cerca' });
  await nearby.getByText(known.folio).waitFor();
  await nearby.getByRole('button', { name: 'Es el mismo: seguirlo' }).click();
  await desk.dialog.getByRole('heading', { name: 'Ya lo sigue' }).waitFor();
  await desk.dialog.getByRole('button', { name: 'Ver el caso' }).click();
  await page.getByText('1 persona lo sigue').first().waitFor();
});

test('an address is suggested, and a pin outside the city is kept only to be looked at', async () => {
  const { resident, page, desk, cases } = await openContact(['Se cayó un poste de luz sobre la calle'], {
    expectedErrors: [/422/],
  });
  await resident.say([{ type: 'location', ...outOfTown }]);
  await desk.timeline.getByText('Ubicación').waitFor();
  await desk.press('c');
  await cases.choose(desk.dialog, 'Qué se reporta', 'cable', 'Cable o poste caído');
  await desk.dialog.getByLabel('Calle y número, esquina o lugar conocido').fill('xalapa y esp');
  await page
    .getByRole('option', { name: /Xalapa y España/ })
    .first()
    .click();
  await until(
    async () => /España/.test(await desk.dialog.getByLabel('Calle y número, esquina o lugar conocido').inputValue()),
    { what: 'the chosen corner in its field' },
  );
  const remove = desk.dialog.getByRole('button', { name: 'Quitar el pin' });
  if (await remove.isVisible()) await remove.click();
  await desk.dialog.getByRole('button', { name: 'Usar la ubicación que mandó' }).click();
  await desk.dialog.getByText('El pin está fuera del municipio').waitFor();
  await desk.dialog.getByRole('button', { name: 'Abrir caso y dar folio' }).click();
  await desk.dialog
    .getByRole('alert')
    .getByText(/municipio/)
    .waitFor();
  await desk.dialog.getByLabel('Guardar así y revisar el lugar después').check();
  await desk.dialog.getByRole('button', { name: 'Abrir caso y dar folio' }).click();
  await desk.dialog.getByText('Atención Ciudadana lo atiende').waitFor();
});

const pixel = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);
