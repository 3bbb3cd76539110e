import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
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

/** A page of the settings, open for the administrator. */
async function settings(path: string) {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('fernando', `/settings/${path}`);
  return { page, desk };
}

test('a person is added, signs in, and is disabled with the effect named first', async () => {
  const { page, desk } = await settings('people');
  await page.getByRole('button', { name: 'Agregar persona' }).click();
  await desk.dialog.getByLabel('Nombre').fill('Gloria Nieto');
  await desk.dialog.getByLabel('Correo').fill('gloria@veracruz.example.org');
  await desk.dialog.getByLabel('Reportes de servicios').check();
  await desk.dialog.getByRole('button', { name: 'Guardar' }).click();
  await desk.dialog.getByText('Mándale este enlace').waitFor();
  const link = await desk.dialog.locator('code').innerText();
  await desk.dialog.getByRole('button', { name: 'Listo' }).click();

  const hers = await browser.newPage();
  await hers.goto(`${centre.url}/console/join#${link.split('#')[1]}`);
  await hers.getByRole('heading', { name: 'Hola, Gloria Nieto' }).waitFor();
  await hers.getByLabel('Elige tu contraseña').fill(SAMPLE_PASSWORD);
  await hers.getByRole('button', { name: 'Entrar' }).click();
  await hers.waitForURL((url) => url.pathname === '/console/');
  await hers.close();

  const gloria = await centre.operator('gloria');
  await gloria.available();
  await page
    .getByRole('row', { name: /Gloria Nieto/ })
    .getByText('Disponible')
    .waitFor();

  await page.getByRole('button', { name: 'Editar Gloria Nieto' }).click();
  await desk.dialog.getByRole('button', { name: 'Desactivar' }).click();
  const question = page.getByRole('dialog', { name: '¿Desactivar a Gloria Nieto?' });
  await question.getByText('saldrá de la consola ahora mismo').waitFor();
  await question.getByRole('button', { name: 'Desactivar' }).click();
  await page
    .getByRole('row', { name: /Gloria Nieto/ })
    .getByText('Desactivada')
    .waitFor();
  await until(() => gloria.socket.disconnected, { what: 'the session to end' });
});

test('a queue gets a split shift, sees what it comes to, and routing follows', async () => {
  const { page, desk } = await settings('queues');
  await page.getByRole('button', { name: 'Agregar cola' }).click();
  await desk.dialog.getByLabel('Nombre en español').fill('Atención en náhuatl');
  await desk.dialog.getByLabel('Nombre en inglés').fill('Nahuatl desk');
  expect(await desk.dialog.getByLabel('Identificador').inputValue()).toBe('atencion-en-nahuatl');
  await desk.dialog.getByLabel('Lunes: hasta').fill('14');
  await desk.dialog.getByRole('button', { name: 'Agregar turno a Lunes' }).click();
  await desk.dialog.getByLabel('Lunes: desde').last().fill('13:00');
  await desk.dialog.getByLabel('Lunes: hasta').last().fill('19:00');
  await desk.dialog.getByLabel('Lunes: hasta').last().press('Tab');
  await desk.dialog.getByText('El turno se encima con el anterior.').waitFor();
  await desk.dialog.getByLabel('Lunes: desde').last().fill('16');
  await desk.dialog.getByLabel('Lunes: desde').last().press('Tab');
  await desk.dialog.getByRole('button', { name: 'Copiar a martes–viernes' }).click();
  await desk.dialog.getByText('Lunes a viernes 09:00–14:00 y 16:00–19:00 · Sábado a domingo cerrado').waitFor();
  await desk.dialog.getByLabel('Ana Ruiz').check();
  await desk.dialog.getByRole('button', { name: 'Guardar' }).click();
  await page.getByText('La cola Atención en náhuatl está lista', { exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Atención en náhuatl' }).waitFor();

  const ana = await centre.operator('ana');
  expect(ana.session.operator.queueIds).toContain('atencion-en-nahuatl');
  ana.leave();

  await page.getByRole('button', { name: 'Editar Atención en náhuatl' }).click();
  await desk.dialog.getByRole('button', { name: 'Quitar', exact: true }).click();
  await page.getByText('Nadie espera en ella. Lo nuevo entrará a General.').waitFor();
  await page.getByRole('button', { name: 'Quitar cola' }).click();
  await page.getByRole('heading', { name: 'Atención en náhuatl' }).waitFor({ state: 'detached' });
});

test('a canned reply is written with an example of it, used at once, removed and brought back', async () => {
  const { page, desk } = await settings('canned-replies');
  await page.getByRole('button', { name: 'Agregar respuesta' }).click();
  await desk.dialog.getByLabel('Título').fill('Cita en ventanilla');
  await desk.dialog.getByLabel('Texto').fill('{{citizen.name}}, tu cita es mañana. ');
  await desk.dialog.getByRole('button', { name: 'Tu nombre' }).click();
  expect(await desk.dialog.getByLabel('Atajo').inputValue()).toBe('cita-en-ventanilla');
  await desk.dialog.getByText('Rosa, tu cita es mañana. Ana').waitFor();
  await desk.dialog.getByRole('button', { name: 'Guardar' }).click();
  await page.getByText('/cita-en-ventanilla', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Editar Cita en ventanilla' }).click();
  await desk.dialog.getByRole('button', { name: 'Quitar' }).click();
  await page.getByText('/cita-en-ventanilla', { exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await page.getByText('/cita-en-ventanilla', { exact: true }).waitFor();

  const operator = await browser.newPage();
  const anaDesk = consoleOnScreen(operator);
  await waitingResident(centre, 'Toño Mil');
  await anaDesk.signIn('ana');
  await anaDesk.goAvailable();
  await anaDesk.acceptOffer();
  await anaDesk.reply.fill('/ventanilla');
  await operator.getByRole('option', { name: 'Cita en ventanilla' }).click();
  expect(await anaDesk.reply.inputValue()).toBe('Toño Mil, tu cita es mañana. Ana');
  await anaDesk.goAway();
});

test('the looks of the chat are tried beside the form and reach an open widget', async () => {
  const { page } = await settings('chat');
  const resident = await browser.newPage();
  await resident.goto('/');
  await resident.locator('linea-chat .launcher').waitFor();

  await page.getByLabel('Botón (Español)').fill('Pregúntanos');
  await page.getByRole('region', { name: 'Así se ve' }).getByText('Pregúntanos').waitFor();
  await page.getByLabel('Correo').click();
  await page.getByRole('option', { name: 'Obligatorio' }).click();
  await page.getByRole('region', { name: 'Así se ve' }).getByText('Correo').waitFor();
  await page.getByRole('button', { name: 'Guardar' }).click();
  await page.getByText('El chat ya se ve así en el sitio', { exact: true }).waitFor();
  const fernando = await centre.operator('fernando');
  expect(await fernando.call(api.chatSettings)).toMatchObject({ preChat: { email: 'required' } });
  await resident.reload();
  await resident.locator('linea-chat .launcher').getByText('Pregúntanos').waitFor();

  await page.getByRole('button', { name: 'Deshacer' }).click();
  await page.getByRole('region', { name: 'Así se ve' }).getByText('Pregúntanos').waitFor({ state: 'detached' });
});

test('the audit log names who changed what, from what to what', async () => {
  const { page } = await settings('audit');
  const entry = page.getByRole('button', { name: /Fernando Sosa cambió el chat web/ }).first();
  await entry.click();
  await page
    .getByRole('row', { name: /Botón › español/ })
    .getByText('Pregúntanos')
    .waitFor();
});

test('an operator does not get into the settings', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('ana', '/settings/people');
  await page.getByText('No tienes permiso para ver esto').waitFor();
  expect(await page.getByRole('link', { name: 'Ajustes' }).count()).toBe(0);
});
