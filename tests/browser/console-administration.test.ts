import { afterAll, beforeAll, expect, test } from 'vitest';
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
