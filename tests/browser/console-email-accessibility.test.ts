import { afterAll, beforeAll, describe, test } from 'vitest';
import { expectNoAxeViolations } from '../support/axe.ts';
import { desk as deskSize, launchBrowser, phone, type TestBrowser } from '../support/browser.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { INLET_TOKEN, mailText, postMail } from '../support/mail.ts';

let centre: ContactCentre;
let browser: TestBrowser;

beforeAll(async () => {
  // Without a server to send through: what fails is on screen as well.
  centre = await startContactCentre({ settings: { MAIL_INLET_TOKEN: INLET_TOKEN, MAIL_CHECK_SENDERS: 'false' } });
  browser = await launchBrowser(centre.url);
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

const long = Array.from({ length: 30 }, (_, line) => `Línea ${line + 1} de mi reporte.`).join('\r\n');

/** Colours in the middle of a transition are nobody's choice. */
const still = { reducedMotion: 'reduce' as const };

describe.for([
  { name: 'light, at the desk', colorScheme: 'light' as const, viewport: deskSize },
  { name: 'dark, at the desk', colorScheme: 'dark' as const, viewport: deskSize },
  { name: 'light, on a phone', colorScheme: 'light' as const, viewport: phone },
])('axe finds nothing: $name', ({ colorScheme, viewport }) => {
  test('in a contact by mail, from its mails to its questions', { timeout: 180_000 }, async () => {
    const from = `Rosa López <rosa.${colorScheme}.${viewport.width}@example.org>`;
    const { ticketId } = await postMail(
      centre.url,
      mailText({
        from,
        cc: 'luis@example.org',
        subject: 'Muchas cosas',
        text: `${long}\r\n\r\n-- \r\nRosa`,
        headers: { 'Auto-Submitted': 'no' },
      }),
    );
    const page = await browser.newPage({ ...still, colorScheme, viewport });
    const desk = consoleOnScreen(page);
    await desk.signIn('elena');
    await desk.take(ticketId ?? '');
    const mail = desk.mailsBy('Rosa López');
    await mail.getByRole('button', { name: 'Mostrar todo' }).click();
    await mail.getByRole('button', { name: 'Ver de quién y para quién es' }).click();
    await desk.write('Gracias, Rosa.');
    await desk.mailsBy('Elena').getByRole('button', { name: 'Reintentar' }).waitFor();
    await expectNoAxeViolations(page);

    await page.getByRole('button', { name: 'Cambiar destinatarios o asunto' }).click();
    await page.getByLabel('Para', { exact: true }).fill('nadie');
    await desk.reply.focus();
    await page.getByText('«nadie» no es una dirección completa.').waitFor();
    await expectNoAxeViolations(page);
    await page.getByLabel('Para', { exact: true }).fill('');
    await desk.reply.fill('Otra cosa');
    await page.getByRole('button', { name: 'Más formas de mandarlo' }).click();
    await page.getByRole('menu').waitFor();
    await expectNoAxeViolations(page);
    await page.keyboard.press('Escape');

    await mail.getByRole('button', { name: 'Más de este correo' }).click();
    await page.getByRole('menuitem', { name: 'Encabezados y original' }).click();
    await desk.dialog.getByText('Auto-Submitted:').waitFor();
    await expectNoAxeViolations(page);
    await page.keyboard.press('Escape');
    await desk.dialog.waitFor({ state: 'detached' });
    for (const key of ['s', 'f']) {
      await desk.press(key);
      await desk.dialog.waitFor();
      await expectNoAxeViolations(page);
      await page.keyboard.press('Escape');
      await desk.dialog.waitFor({ state: 'detached' });
    }

    await desk.press('f');
    await desk.dialog.getByText('Alumbrado Público').click();
    await desk.dialog.getByRole('button', { name: 'Reenviar a Alumbrado Público' }).click();
    await desk.reads('No llegó a Alumbrado Público');
    // The notice that it was sent has places for the focus that axe does not know; it goes by itself.
    await page.getByText('Reenviado a Alumbrado Público', { exact: true }).waitFor({ state: 'detached' });
    await desk.press('s');
    await desk.dialog.getByRole('button', { name: 'Fecha y hora…' }).click();
    await expectNoAxeViolations(page);
    await desk.dialog.getByRole('button', { name: 'Hasta que responda' }).click();
    await page.getByText('Está pospuesto hasta que la persona responda.').waitFor();
  });

  test('in the page of the mailboxes and in what a queue says of mails', async () => {
    const page = await browser.newPage({ ...still, colorScheme, viewport });
    const desk = consoleOnScreen(page);
    await desk.signIn('fernando', '/settings/mail');
    await page.getByRole('heading', { name: 'atencion@veracruz.example.org' }).waitFor();
    await expectNoAxeViolations(page);
    await page.goto('/console/settings/queues');
    await page.getByRole('button', { name: 'Editar General' }).click();
    await desk.dialog.getByText('Así firma Ana').scrollIntoViewIfNeeded();
    await expectNoAxeViolations(page);
  });
});
