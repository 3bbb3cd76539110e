import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { codeOf } from '../support/authenticator.ts';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, SAMPLE_PASSWORD, startContactCentre } from '../support/contact-centre.ts';
import { openWebhookInbox, type WebhookInbox } from '../support/webhook-inbox.ts';

let centre: ContactCentre;
let browser: TestBrowser;
let inbox: WebhookInbox;

beforeAll(async () => {
  inbox = await openWebhookInbox();
  centre = await startContactCentre({ settings: { WEBHOOKS_TO_PRIVATE_ADDRESSES: 'true' } });
  browser = await launchBrowser(centre.url);
});
afterAll(async () => {
  await browser?.close();
  await centre?.stop();
  await inbox?.close();
});

test('a key is made, shown once, and withdrawn; a webhook is made, tried, and its delivery seen', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('fernando', '/settings/integrations');
  await page.getByRole('button', { name: 'Nueva clave' }).click();
  await desk.dialog.getByLabel('Nombre del programa').fill('Obras Públicas');
  await desk.dialog.getByLabel('Casos: Leer').click();
  await desk.dialog.getByRole('button', { name: 'Crear clave' }).click();
  await desk.dialog.getByText('no se volverá a mostrar').waitFor();
  const key = await desk.dialog.locator('code').innerText();
  const headers = { authorization: `Bearer ${key}` };
  expect((await fetch(`${centre.url}/api/v1/cases`, { headers })).status).toBe(200);
  await expectNoAxeViolations(page);
  await desk.dialog.getByRole('button', { name: 'Listo' }).click();
  await page.getByRole('button', { name: 'Retirar la clave de Obras Públicas' }).click();
  await page
    .getByRole('dialog', { name: '¿Retirar la clave de Obras Públicas?' })
    .getByRole('button', { name: 'Retirar' })
    .click();
  await page.getByText(/^Retirada el/).waitFor();
  expect((await fetch(`${centre.url}/api/v1/cases`, { headers })).status).toBe(401);

  await page.getByRole('button', { name: 'Nuevo webhook' }).click();
  await desk.dialog.getByLabel('Nombre').fill('Tablero');
  await desk.dialog.getByLabel('Dirección').fill(`${inbox.url}/in`);
  await desk.dialog.getByRole('button', { name: 'Guardar' }).click();
  await page.getByRole('button', { name: 'Probar' }).click();
  await desk.dialog.getByText('Entregado').waitFor();
  await desk.dialog.getByText(/Respondió 200/).waitFor();
  await expectNoAxeViolations(page);
  expect(inbox.received).toHaveLength(1);
});

test('somebody turns on their second step, and is asked for it the next time', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('beto', '/account');
  await page.getByRole('button', { name: 'Activar' }).waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole('button', { name: 'Activar' }).click();
  await desk.dialog.getByLabel('Contraseña').fill(SAMPLE_PASSWORD);
  await desk.dialog.getByRole('button', { name: 'Continuar' }).click();
  await desk.dialog.getByRole('img', { name: /Código QR/ }).waitFor();
  const secret = await desk.dialog.locator('code').first().innerText();
  const uri = `otpauth://totp/x?secret=${secret}`;
  await desk.dialog.getByLabel('Código que muestra la aplicación').fill(codeOf(uri, new Date()));
  await expectNoAxeViolations(page);
  await desk.dialog.getByRole('button', { name: 'Activar' }).click();
  await page.getByText('Está activado').waitFor();

  // The password alone is refused.
  const other = await browser.newPage({ expectedErrors: [/401/] });
  await other.goto(`${centre.url}/console/sign-in`);
  await other.getByLabel('Correo').fill('beto@veracruz.example.org');
  await other.getByLabel('Contraseña').fill(SAMPLE_PASSWORD);
  await other.getByRole('button', { name: 'Entrar' }).click();
  await other.getByLabel('Código').fill(codeOf(uri, new Date(Date.now() + 30_000)));
  await other.getByRole('button', { name: 'Confirmar' }).click();
  await other.waitForURL((url) => !url.pathname.includes('sign-in'));
});

test('a role is made as a copy, given to somebody, and taken from with its effect named; it requires a second step', {
  timeout: 120_000,
}, async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('fernando', '/settings/roles');
  await page.getByRole('button', { name: /^Supervisor/ }).click();
  await desk.dialog.getByRole('button', { name: 'Hacer una copia' }).click();
  await desk.dialog.getByLabel('Nombre').fill('Jefa de turno');
  await desk.dialog.getByRole('checkbox', { name: 'Enseñar al asistente' }).click();
  await desk.dialog.getByRole('button', { name: 'Guardar' }).click();
  await page.getByRole('button', { name: /^Jefa de turno/ }).waitFor();

  await page.getByRole('link', { name: 'Personas' }).click();
  await page.getByRole('searchbox', { name: 'Nombre o correo' }).fill('elena');
  await page.getByRole('button', { name: /^Editar Elena/ }).click();
  await desk.dialog.getByRole('combobox', { name: 'Rol' }).click();
  await page.getByRole('option', { name: 'Jefa de turno' }).click();
  await desk.dialog.getByRole('button', { name: 'Guardar' }).click();
  await page.getByRole('row', { name: /Elena.*Jefa de turno/ }).waitFor();

  const elena = await browser.newPage({ expectedErrors: [/403/] });
  const hers = consoleOnScreen(elena);
  await hers.signIn('elena', '/settings/articles');
  await elena.getByRole('heading', { name: 'Artículos', level: 1 }).waitFor();
  await elena.getByRole('link', { name: 'Aprendizaje' }).waitFor({ state: 'detached' });

  await page.getByRole('link', { name: 'Roles' }).click();
  await page.getByRole('button', { name: /^Jefa de turno/ }).click();
  await desk.dialog.getByRole('checkbox', { name: 'Editar artículos' }).click();
  await desk.dialog.getByText('1 persona tiene este rol').waitFor();
  await desk.dialog.getByRole('switch', { name: 'Pide un segundo paso' }).click();
  await desk.dialog.getByRole('spinbutton', { name: 'Días de plazo' }).fill('0');
  await page.keyboard.press('Tab');
  await desk.dialog.getByText('antes de cualquier otra cosa').waitFor();
  await expectNoAxeViolations(page);
  await desk.dialog.getByRole('button', { name: 'Guardar' }).click();
  const question = page.getByRole('dialog', { name: '¿Guardar el rol Jefa de turno?' });
  await question.getByText('1 persona dejará de poder: editar artículos').waitFor();
  await question.getByRole('button', { name: 'Guardar' }).click();

  // What she had open closes: her role asks for something first.
  await elena.getByRole('heading', { name: 'Falta tu segundo paso para entrar' }).waitFor();
  await expectNoAxeViolations(elena);
  await elena.getByRole('button', { name: 'Activar el segundo paso' }).click();
  await hers.dialog.getByLabel('Contraseña').fill(SAMPLE_PASSWORD);
  await hers.dialog.getByRole('button', { name: 'Continuar' }).click();
  await hers.dialog.getByRole('img', { name: /Código QR/ }).waitFor();
  const secret = await hers.dialog.locator('code').first().innerText();
  const code = codeOf(`otpauth://totp/x?secret=${secret}`, new Date());
  await hers.dialog.getByLabel('Código que muestra la aplicación').fill(code);
  await hers.dialog.getByRole('button', { name: 'Activar' }).click();
  await elena.getByRole('heading', { name: 'No tienes permiso para ver esto' }).waitFor();
});

test.each(['light', 'dark'] as const)(
  'data in %s: a person is forgotten by two, a term is looked at, a file is tried',
  {
    timeout: 180_000,
  },
  async (colorScheme) => {
    const ana = await centre.operator('ana');
    const fernando = await centre.operator('fernando');
    const resident = await centre.resident();
    const { ticketId } = await resident.say('Buenas tardes');
    await ana.call(api.takeTicket, { params: { id: ticketId ?? '' } });
    const { id } = (await ana.open(ticketId ?? '')).citizen;
    // Of its own, should it be run again.
    const name = `Clementina ${randomUUID().slice(0, 8)}`;
    await ana.call(api.updateCitizen, { params: { id }, body: { name } });
    const second = `lucia-${randomUUID().slice(0, 8)}`;
    const email = `${second}@veracruz.example.org`;
    const body = { name: 'Lucía Vela', email, password: SAMPLE_PASSWORD, role: 'administrator' as const };
    await fernando.call(api.createOperator, { body });

    const page = await browser.newPage({ colorScheme });
    const desk = consoleOnScreen(page);
    await desk.signIn('fernando', '/settings/data');
    await page.getByLabel('Buscar a la persona').fill(name);
    await page.getByRole('button', { name: 'Buscar', exact: true }).click();
    await page.getByRole('button', { name: new RegExp(name) }).click();
    await desk.dialog.getByText('Todavía no se puede borrar').waitFor();
    await expectNoAxeViolations(page);
    await page.keyboard.press('Escape');
    await desk.dialog.waitFor({ state: 'detached' });
    await ana.close(ticketId ?? '');
    await page.getByRole('button', { name: new RegExp(name) }).click();
    await desk.dialog.getByRole('button', { name: 'Pedir que se borre' }).click();
    await page
      .getByRole('dialog', { name: `¿Pedir que se borre a ${name}?` })
      .getByRole('button', { name: 'Pedir que se borre' })
      .click();
    const request = page.getByRole('listitem').filter({ hasText: name }).filter({ hasText: 'Cancelación' });
    await request.getByText('Espera a que otra persona la confirme').waitFor();
    // What says that it worked has focus guards of its own while it stands there.
    await page.getByText(`El borrado de ${name}`).first().waitFor({ state: 'detached' });
    await expectNoAxeViolations(page);

    await page.getByRole('link', { name: 'Plazos' }).click();
    await page.getByRole('button', { name: 'Cambiar cuánto se guarda: Mensajes de contactos cerrados' }).click();
    await desk.dialog.getByText('contactos con sus mensajes').waitFor();
    await expectNoAxeViolations(page);
    await page.keyboard.press('Escape');
    await desk.dialog.waitFor({ state: 'detached' });
    await expectNoAxeViolations(page);

    await page.getByRole('link', { name: 'Importar' }).click();
    await page.getByRole('button', { name: 'Subir personas' }).waitFor();
    await page.getByTestId('import-file').setInputFiles({
      name: `padron-${colorScheme}.csv`,
      mimeType: 'text/csv',
      buffer: Buffer.from(`Clave,Nombre,Teléfono\n${colorScheme}-1,Rosa Gil,2291234567\n${colorScheme}-2,Luz Paz,12\n`),
    });
    const file = page.getByRole('listitem').filter({ hasText: `padron-${colorScheme}.csv` });
    await file.getByRole('button', { name: 'Probar sin guardar' }).click();
    await file.getByText('no es un teléfono').waitFor();
    await expectNoAxeViolations(page);
    await file.getByRole('button', { name: 'Importar 1 fila' }).click();
    await desk.dialog.getByRole('button', { name: 'Importar' }).click();
    await file.getByText('Importado.').waitFor();

    await page.getByRole('link', { name: 'Respaldos y constancias' }).click();
    await page.getByRole('heading', { name: 'Constancias' }).waitFor();
    await expectNoAxeViolations(page);

    const other = await browser.newPage({ colorScheme });
    await consoleOnScreen(other).signIn(second, '/settings/data');
    await other
      .getByRole('listitem')
      .filter({ hasText: name })
      .getByRole('button', { name: 'Confirmar borrado' })
      .click();
    await other.getByRole('dialog').getByRole('button', { name: 'Confirmar borrado' }).click();
    await other.getByRole('listitem').filter({ hasText: name }).getByText('hasta entonces se puede retirar').waitFor();
  },
);
