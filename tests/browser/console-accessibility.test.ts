import { afterAll, beforeAll, describe, test } from 'vitest';
import { expectNoAxeViolations } from '../support/axe.ts';
import { launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
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

/** Colours in the middle of a transition are nobody's choice. */
const still = { reducedMotion: 'reduce' as const };

describe.for(['light', 'dark'] as const)('axe finds nothing in the %s theme', (colorScheme) => {
  test('at the sign-in, and when it is refused', async () => {
    const page = await browser.newPage({ ...still, colorScheme, expectedErrors: [/401/] });
    await page.goto('/console/sign-in');
    await page.getByText('Esta ciudad es de muestra').waitFor();
    await expectNoAxeViolations(page);
    await page.getByLabel('Correo').fill('ana@veracruz.example.org');
    await page.getByLabel('Contraseña').fill('no es esta');
    await page.getByRole('button', { name: 'Entrar' }).click();
    await page.getByRole('alert').getByText('no coinciden').waitFor();
    await expectNoAxeViolations(page);
  });

  test('from the empty inbox to a conversation with everything in it', { timeout: 180_000 }, async () => {
    const page = await browser.newPage({ ...still, colorScheme });
    const desk = consoleOnScreen(page);
    await desk.signIn(colorScheme === 'light' ? 'ana' : 'beto');
    await page.getByText('No tienes contactos abiertos').waitFor();
    await expectNoAxeViolations(page);

    const rosa = await waitingResident(centre, `Rosa ${colorScheme}`);
    const image = await rosa.upload('foto.png', pixel);
    await rosa.say([
      { type: 'media', attachmentId: image.id },
      { type: 'location', latitude: 19.2, longitude: -96.13, label: 'Frente al kiosco' },
    ]);
    await desk.goAvailable();
    await desk.offer.waitFor();
    await expectNoAxeViolations(page);
    await desk.acceptOffer();
    await desk.say('Hola');
    await rosa.reads('Hola');
    await page.keyboard.press('Alt+n');
    await desk.note.fill('Una nota');
    await expectNoAxeViolations(page);
    await desk.note.press('Enter');
    await desk.reads('Nota interna de');
    await desk.reply.fill('/');
    await page.getByRole('listbox', { name: 'Respuestas rápidas' }).waitFor();
    await expectNoAxeViolations(page);
    await desk.reply.fill('');
    await desk.citizen.getByRole('button', { name: 'Agregar correo' }).click();
    await expectNoAxeViolations(page);
    for (const key of ['t', 'e', '?', 'Control+k']) {
      await desk.press(key);
      await desk.dialog.waitFor();
      await expectNoAxeViolations(page);
      await page.keyboard.press('Escape');
      await desk.dialog.waitFor({ state: 'detached' });
    }
    await desk.presence.click();
    await page.getByRole('menu').waitFor();
    await expectNoAxeViolations(page);
    await page.keyboard.press('Escape');
    await desk.goAway();
  });

  test('on the board, at the desk and on a phone', async () => {
    for (const viewport of [{ width: 1440, height: 900 }, phone]) {
      const page = await browser.newPage({ ...still, colorScheme, viewport });
      await consoleOnScreen(page).signIn('elena', '/board');
      await page.getByRole('heading', { name: 'En este momento' }).waitFor();
      await page.getByRole('heading', { name: 'Personas' }).waitFor();
      await expectNoAxeViolations(page);
    }
  });

  test('in lists and forms of the settings', { timeout: 120_000 }, async () => {
    const page = await browser.newPage({ ...still, colorScheme });
    const desk = consoleOnScreen(page);
    await desk.signIn('fernando', '/settings/people');
    const forms = {
      Personas: 'Agregar persona',
      Roles: 'Crear rol',
      Colas: 'Agregar cola',
      'Respuestas rápidas': 'Agregar respuesta',
    };
    for (const [title, add] of Object.entries(forms)) {
      await page.getByRole('link', { name: title }).click();
      await page.getByRole('heading', { name: title, level: 1 }).waitFor();
      await expectNoAxeViolations(page);
      await page.getByRole('button', { name: add }).click();
      await desk.dialog.waitFor();
      await expectNoAxeViolations(page);
      await page.keyboard.press('Escape');
      await desk.dialog.waitFor({ state: 'detached' });
    }
  });

  test('in the looks of the chat, the audit log and where there is nothing', async () => {
    const page = await browser.newPage({ ...still, colorScheme });
    await consoleOnScreen(page).signIn('fernando', '/settings/chat');
    await page.getByRole('region', { name: 'Así se ve' }).waitFor();
    await expectNoAxeViolations(page);
    await page.getByRole('link', { name: 'Bitácora' }).click();
    await page
      .getByRole('button', { name: /inició sesión/ })
      .or(page.getByText('inició sesión'))
      .first()
      .waitFor();
    await expectNoAxeViolations(page);
    await page.goto('/console/no-hay-nada');
    await page.getByRole('heading', { name: 'Aquí no hay nada' }).waitFor();
    await expectNoAxeViolations(page);
  });
});

const pixel = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);
