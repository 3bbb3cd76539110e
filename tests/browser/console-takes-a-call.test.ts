import { afterAll, beforeAll, onTestFinished, test } from 'vitest';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { callingResident } from '../support/calling-resident.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';

let centre: ContactCentre;
let browser: TestBrowser;

beforeAll(async () => {
  centre = await startContactCentre({ settings: { PRESENCE_LEASE_SECONDS: 600 } });
  // Whether it may be used is each page's own matter.
  browser = await launchBrowser(centre.url, ['--use-fake-device-for-media-stream']);
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

/** Rosa, who has written before. */
async function rosaCalls() {
  const resident = await centre.resident();
  await resident.ask('consent', { version: resident.welcome.city.privacyNotice.version });
  await resident.ask('profile', { name: 'Rosa López' });
  await resident.say('hola');
  const call = await callingResident(resident);
  onTestFinished(() => call.hangsUp());
  await call.presses('0');
  return call;
}

test('without a microphone nobody is given calls, and is told what to do', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('beto');
  await desk.presence.click();
  await page.getByRole('menuitemcheckbox', { name: 'Recibir llamadas' }).click();
  await desk.dialog.getByText('Tu navegador no deja usar el micrófono').waitFor();
  await expectNoAxeViolations(page);

  await page.context().grantPermissions(['microphone']);
  await desk.dialog.getByRole('meter', { name: 'Nivel del micrófono' }).waitFor();
  await desk.dialog.getByRole('button', { name: 'Grabar 3 segundos y oírme' }).click();
  await desk.dialog.getByText('Así te oyen…').waitFor();
  await desk.dialog.getByRole('button', { name: 'Listo' }).click();
  await desk.takeCalls();
});

test('who calls is known before it is answered, and all that is done on the telephone is done by keys', async () => {
  const page = await browser.newPage({ permissions: ['microphone'] });
  const desk = consoleOnScreen(page);
  const bar = desk.call;
  await desk.signIn('ana');
  await desk.takeCalls();
  await desk.goAvailable();

  const rosa = await rosaCalls();
  await desk.offer.getByRole('heading', { name: 'Rosa López' }).waitFor();
  await desk.offer.getByText('Llama desde la página').waitFor();
  await desk.offer.getByText('Casos abiertos').waitFor();
  await desk.press('Enter');
  await rosa.talks();
  await bar.getByText('En llamada', { exact: true }).waitFor();
  await bar.getByText('Grabando').waitFor();

  const mute = bar.getByRole('button', { name: 'Silenciar' });
  await desk.press('m');
  await bar.locator('[aria-pressed=true]').and(mute).waitFor();
  await desk.note.focus();
  await page.keyboard.press('Alt+m');
  await bar.locator('[aria-pressed=false]').and(mute).waitFor();

  await desk.press('h');
  await bar.getByText('En espera', { exact: true }).waitFor();
  await desk.press('h');
  await bar.getByText('En llamada', { exact: true }).waitFor();
  await desk.press('w');
  await bar.getByText('Grabación en pausa').waitFor();

  await desk.press('d');
  const keypad = page.getByRole('group', { name: 'Teclado' });
  await keypad.waitFor();
  await page.keyboard.press('4');
  await page.keyboard.press('#');
  await keypad.getByRole('status', { name: 'Teclas marcadas' }).getByText('4#').waitFor();
  await page.keyboard.press('Escape');
  await keypad.waitFor({ state: 'detached' });

  await desk.press('q');
  await desk.dialog.getByRole('heading', { name: 'Consultar con alguien' }).waitFor();
  await page.keyboard.press('Escape');
  await desk.dialog.waitFor({ state: 'detached' });
  await desk.press('t');
  await desk.dialog.getByRole('heading', { name: 'Pasar la llamada' }).waitFor();
  await page.keyboard.press('Escape');
  await desk.dialog.waitFor({ state: 'detached' });

  await page.setViewportSize(phone);
  await page.goto('/console/cases');
  await rosa.talks();
  await bar.getByText('En llamada', { exact: true }).waitFor();
  await bar.getByRole('button', { name: 'Silenciar' }).waitFor();
  await expectNoAxeViolations(page);
  await desk.press('x', 'x');
  await bar.waitFor({ state: 'hidden' });
}, 120_000);
