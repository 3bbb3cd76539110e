import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { rebuildFacts } from '../../server/reports/keep-facts.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { aContact, startCaseCentre } from '../support/case-desk.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let browser: TestBrowser;
let ana: OperatorClient;
let elena: OperatorClient;
let ticketId: string;

beforeAll(async () => {
  centre = await startCaseCentre();
  [browser, ana, elena] = await Promise.all([
    launchBrowser(centre.url),
    centre.operator('ana'),
    centre.operator('elena'),
  ]);
  ({ ticketId } = await aContact(centre));
  await ana.call(api.takeTicket, { params: { id: ticketId } });
  await ana.say(ticketId, 'Hola, soy Ana. ¿Me dice la calle?');
  await ana.close(ticketId);
  await rebuildFacts(centre.server.context);
});
afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

test('a contact is reviewed by keyboard alone, read by its operator, and answered', { timeout: 180_000 }, async () => {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  const desk = consoleOnScreen(page);
  await desk.signIn('elena', `/tickets/${ticketId}?view=all`);
  await desk.reads('¿Me dice la calle?');
  await desk.press('q');

  const form = page.getByRole('form', { name: 'Formulario de calificación' });
  await form.waitFor();
  const contact = page.getByRole('region', { name: 'Contacto', exact: true });
  await contact.getByText('¿Me dice la calle?').waitFor();
  await expectNoAxeViolations(page);

  const first = form.getByRole('group').first();
  await page.keyboard.press('n');
  await first.getByRole('radio', { name: 'No', exact: true }).and(page.locator(':checked')).waitFor();
  await page.keyboard.press('k');
  await page.keyboard.press('c');
  await page.keyboard.type('No dijo de qué línea');
  await page.keyboard.press('Escape');
  await page.keyboard.press('m');
  await page.getByRole('status').getByText('Señala el mensaje').waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await first.getByRole('button', { name: 'Ver el mensaje' }).waitFor();
  await page.keyboard.press('j');
  // A key that a question does not take changes nothing, so both together answer whichever comes.
  const missing = () => form.getByText(/Faltan? \d+ respuestas?/).isVisible();
  for (let presses = 0; presses < 40 && (await missing()); presses += 1) {
    await page.keyboard.press('s');
    await page.keyboard.press('5');
  }
  await form.getByText('Todo contestado').waitFor();
  await form.getByText('· guardado').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('No te toca revisar nada').waitFor();

  const { reviews } = await elena.call(api.listReviews, { query: { view: 'published' } });
  expect(reviews).toHaveLength(1);
  expect(reviews[0]?.score).toBeGreaterThan(80);

  const other = await browser.newPage({ reducedMotion: 'reduce', viewport: phone });
  await consoleOnScreen(other).signIn('ana', '/quality');
  await other.getByText('1 pendiente').waitFor({ state: 'attached' });
  await other.getByRole('main').getByRole('listitem').getByRole('link').press('Enter');
  await other.getByText('No dijo de qué línea').waitFor();
  await expectNoAxeViolations(other);
  await other.getByRole('button', { name: 'No estoy de acuerdo' }).press('Enter');
  await other.getByLabel('Por qué no estás de acuerdo').fill('Lo dije en el primer mensaje.');
  await other.getByRole('button', { name: 'Enviar' }).press('Enter');
  await other.getByText('Ana Ruiz no está de acuerdo').waitFor();

  await page.getByRole('button', { name: /^Desacuerdos/ }).press('Enter');
  await page.getByRole('main').getByRole('listitem').getByRole('link').press('Enter');
  await page.getByText('Lo dije en el primer mensaje.').waitFor();
  await page.getByLabel('Tu respuesta').fill('Se oye el saludo, pero no la línea.');
  // While a notice stands there, so do two marks that hand the focus on, which axe takes for buttons that are hidden.
  await page.locator('ol[data-slot="viewport"] > li').first().waitFor({ state: 'detached' });
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Se queda igual' }).press('Enter');
  await page.getByText('Elena Mora respondió: se queda igual').waitFor();
  await until(async () => (await ana.call(api.qualityStanding)).unseen === 1, { what: 'the operator to be told' });
});

test.for(['light', 'dark'] as const)(
  'axe finds nothing on the other pages, %s',
  { timeout: 180_000 },
  async (colorScheme) => {
    const page = await browser.newPage({ reducedMotion: 'reduce', colorScheme });
    const desk = consoleOnScreen(page);
    await desk.signIn('fernando', '/quality/plans');
    await page.getByRole('button', { name: 'Agregar plan' }).click();
    await desk.dialog.getByLabel('Nombre').fill(`Llamadas ${colorScheme}`);
    await desk.dialog.getByText('Fernando Sosa').waitFor();
    await expectNoAxeViolations(page);
    await desk.dialog.getByText('Llamada', { exact: true }).click();
    await desk.dialog.getByRole('button', { name: 'Guardar' }).click();
    await page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ hasText: `Llamadas ${colorScheme}` })
      .first()
      .waitFor();
    await page.getByText(`Se guardó el plan «Llamadas ${colorScheme}»`, { exact: true }).waitFor({ state: 'detached' });
    await expectNoAxeViolations(page);
    for (const [link, ready] of [
      ['Resultados', 'Promedio por semana'],
      ['Calibración', 'Todavía no hay calibraciones'],
      ['Formulario', 'Obligaciones'],
    ] as const) {
      await page.getByRole('link', { name: link, exact: true }).click();
      await page.getByText(ready).first().waitFor();
      await expectNoAxeViolations(page);
    }
    await page.getByRole('button', { name: 'Editar' }).click();
    await page.getByRole('button', { name: 'Publicar la versión 2' }).waitFor();
    await expectNoAxeViolations(page);
  },
);
