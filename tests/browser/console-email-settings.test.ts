import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { INLET_TOKEN, mailText, postMail } from '../support/mail.ts';

let centre: ContactCentre;
let browser: TestBrowser;

beforeAll(async () => {
  centre = await startContactCentre({ settings: { MAIL_INLET_TOKEN: INLET_TOKEN, MAIL_CHECK_SENDERS: 'false' } });
  browser = await launchBrowser(centre.url);
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
});

test('a queue says how its mails are signed, sees it filled in, and answers leave so', async () => {
  const page = await browser.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('fernando', '/settings/queues');
  await page.getByRole('button', { name: 'Editar General' }).click();
  await desk.dialog.getByLabel('Firma de los correos').fill('Te atendió ');
  await desk.dialog.getByRole('button', { name: 'Nombre de quien responde' }).click();
  await desk.dialog.getByText('Te atendió Ana', { exact: true }).waitFor();
  const days = desk.dialog.getByLabel('Si responden a un contacto cerrado, abrirlo de nuevo durante (días)');
  await days.fill('0');
  await days.press('Tab');
  await desk.dialog.getByText('Siempre empieza un contacto nuevo.').waitFor();
  await days.fill('3');
  await days.press('Tab');
  await desk.dialog.getByText('Hasta 3 días después vuelve el mismo contacto; más tarde empieza uno nuevo.').waitFor();
  await desk.dialog.getByRole('button', { name: 'Guardar' }).click();
  await page.getByText('La cola General ya sigue las nuevas reglas', { exact: true }).waitFor();

  const fernando = await centre.operator('fernando');
  const queues = await fernando.call(api.listQueues);
  expect(queues.find(({ id }) => id === 'general')).toMatchObject({
    reopenDays: 3,
    signature: 'Te atendió {{operator.name}}',
  });
  fernando.leave();
  const { ticketId } = await postMail(centre.url, mailText({ from: 'Luz Vera <luz@example.org>' }));
  await desk.take(ticketId ?? '');
  await page.getByText('Te atendió Fernando').waitFor();
});

test('the mailboxes say whether they are read and send, and what was set aside', async () => {
  await postMail(
    centre.url,
    mailText({
      from: 'MAILER-DAEMON@example.org',
      subject: 'Undelivered Mail Returned to Sender',
      headers: {
        'Return-Path': '<>',
        'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
      },
      text: [
        '--b',
        'Content-Type: text/plain',
        '',
        'No such user.',
        '--b',
        'Content-Type: message/delivery-status',
        '',
        'Reporting-MTA: dns; mx.example.org',
        '',
        'Final-Recipient: rfc822; nadie@example.org',
        'Action: failed',
        'Status: 5.1.1',
        '',
        '--b--',
      ].join('\r\n'),
    }),
  );
  const page = await browser.newPage();
  await consoleOnScreen(page).signIn('elena', '/settings/mail');
  const mailbox = page.getByRole('listitem').filter({ hasText: 'transparencia@veracruz.example.org' });
  await mailbox.getByText('No se lee', { exact: true }).waitFor();
  await mailbox.getByText('No envía', { exact: true }).waitFor();
  await mailbox.getByText('docs/e-mail.md').waitFor();
  await mailbox.getByText('Trámites y pagos').waitFor();
  await page.getByText('Aviso de entrega de un correo que no mandamos').waitFor();
});

test('an operator does not see how the mailboxes do', async () => {
  const page = await browser.newPage();
  await consoleOnScreen(page).signIn('ana', '/settings/mail');
  await page.getByText('No tienes permiso para ver esto').waitFor();
});
