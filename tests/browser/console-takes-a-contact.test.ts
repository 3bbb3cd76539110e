import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, SAMPLE_PASSWORD, startContactCentre } from '../support/contact-centre.ts';
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

test('a wrong password is told, and the right one leads to where one wanted to go', async () => {
  const page = await browser.newPage({ expectedErrors: [/401/] });
  await page.goto('/console/?view=closed');
  await page.getByText('Esta ciudad es de muestra').waitFor();
  expect(new URL(page.url()).pathname).toBe('/console/sign-in');

  await page.getByLabel('Correo').fill('ana@veracruz.example.org');
  await page.getByLabel('Contraseña').fill('no es esta');
  await page.getByRole('button', { name: 'Entrar' }).click();
  await page.getByRole('alert').getByText('El correo o la contraseña no coinciden.').waitFor();

  await page.getByLabel('Contraseña').fill(SAMPLE_PASSWORD);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await page.getByText('Todavía no hay contactos cerrados').waitFor();
});

test('from the offer to the disposition and back', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('ana');
  await page.getByText('No tienes contactos abiertos').waitFor();
  const rosa = await waitingResident(centre, 'Rosa López');
  await desk.tab('En espera').click();
  await desk.rows.filter({ hasText: 'Rosa López' }).getByText('En espera').waitFor();

  await desk.goAvailable();
  await desk.offer.getByRole('heading', { name: 'Rosa López' }).waitFor();
  await desk.offer.getByText('Quiero hablar con una persona').waitFor();
  await desk.press('Enter');
  await desk.reply.waitFor();
  await rosa.isTold('operator_joined');
  await until(async () => (await page.evaluate('document.activeElement.tagName')) === 'TEXTAREA', {
    what: 'the caret in the composer',
  });

  await page.keyboard.type('/hola');
  await page.getByRole('option', { name: 'Saludo' }).waitFor();
  await page.keyboard.press('Enter');
  expect(await desk.reply.inputValue()).toContain('Hola, Rosa López. Soy Ana, de ');
  await page.keyboard.press('Enter');
  const greeting = await rosa.reads('Hola, Rosa López. Soy Ana');
  await desk.timeline.getByText('Guardado').last().waitFor();
  await rosa.ask('receipt', { delivered: greeting.seq });
  await desk.timeline.getByText('Entregado').last().waitFor();
  await rosa.ask('receipt', { read: greeting.seq });
  await desk.timeline.getByText('Leído').last().waitFor();

  rosa.socket.emit('typing', { typing: true });
  await desk.reads('Rosa te está escribiendo…');
  const question = await rosa.say('¿Me ayudan? Es en https://example.org/mapa (la esquina).\nGracias');
  await desk.reads('¿Me ayudan?');
  expect(await desk.timeline.getByRole('link').getAttribute('href')).toBe('https://example.org/mapa');
  await until(() => rosa.cursors.cityRead >= question.seq, { what: 'the read mark of the open ticket' });

  await page.keyboard.press('Alt+n');
  await desk.note.fill('Ya había llamado por lo mismo');
  await desk.note.press('Enter');
  await desk.reads('Nota interna de Ana');
  expect(rosa.messages.some((message) => JSON.stringify(message).includes('Ya había llamado'))).toBe(false);

  await desk.press('e');
  await desk.dialog.getByLabel('Canalizado a un área').check();
  await desk.dialog.getByRole('button', { name: 'Cerrar contacto' }).click();
  await rosa.ticketBecomes({ state: 'closed', ratable: true });
  await desk.reads('Ana Ruiz cerró el contacto: Canalizado a un área');
  await page.getByText('Este contacto está cerrado.').waitFor();

  await page.getByRole('button', { name: 'Deshacer' }).click();
  await rosa.ticketBecomes({ state: 'assigned', operatorName: 'Ana' });
  await desk.say('Sigo aquí');
  await rosa.reads('Sigo aquí');
  await desk.goAway();
});

test('what is known of the person is corrected in place', async () => {
  const page = await browser.newPage({ expectedErrors: [/400/] });
  const desk = consoleOnScreen(page);
  const luz = await centre.resident();
  await luz.say('Quiero hablar con una persona');
  await desk.signIn('beto');
  await desk.goAvailable();
  await desk.acceptOffer();

  await desk.citizen.getByText('No ha aceptado el aviso de privacidad').waitFor();
  await desk.citizen.getByRole('button', { name: 'Agregar teléfono' }).click();
  await desk.citizen.getByLabel('Teléfono').fill('12');
  await desk.citizen.getByLabel('Teléfono').press('Enter');
  await desk.citizen.getByRole('alert').getByText('Revísalos').waitFor();
  await desk.citizen.getByLabel('Teléfono').fill('229 123 4567');
  await desk.citizen.getByLabel('Teléfono').press('Enter');
  await desk.citizen.getByText('+52 229 123 4567').waitFor();

  await desk.citizen.getByRole('button', { name: 'Agregar nombre' }).click();
  await desk.citizen.getByLabel('Nombre').fill('Luz Vera');
  await desk.citizen.getByLabel('Nombre').press('Enter');
  await page.getByRole('heading', { name: 'Luz Vera' }).waitFor();
  await desk.rows.filter({ hasText: 'Luz Vera' }).waitFor();
  await desk.goAway();
});

test('files go out with their progress, and one that is refused says why', async () => {
  const page = await browser.newPage({ expectedErrors: [/415/] });
  const desk = consoleOnScreen(page);
  const resident = await waitingResident(centre, 'Hugo Mar');
  await desk.signIn('carmen');
  await desk.goAvailable();
  await desk.acceptOffer();

  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const picker = page.getByLabel('Adjuntar archivos');
  await picker.setInputFiles({ name: 'programa.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') });
  await page.getByText('Ese tipo de archivo no se puede recibir').waitFor();
  await page.getByRole('button', { name: 'Quitar programa.svg' }).click();
  const slowly = Promise.withResolvers<void>();
  await page.route('**/api/v1/files', (route) => slowly.promise.then(() => route.continue()), { times: 1 });
  await picker.setInputFiles({ name: 'croquis.png', mimeType: 'image/png', buffer: pixel });
  await desk.say('Te mando el croquis');
  await page.getByText('Sale en cuanto termine de subir').waitFor();
  slowly.resolve();
  await resident.reads('<croquis.png>');
  await desk.timeline.getByRole('button', { name: 'Ver croquis.png en grande' }).click();
  await desk.dialog.getByRole('img', { name: 'croquis.png' }).waitFor();
});
