import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { launchBrowser, type TestBrowser } from '../support/browser.ts';
import { consoleOnScreen } from '../support/console-on-screen.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { INLET_TOKEN, type MailText, mailText, postMail } from '../support/mail.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { until } from '../support/until.ts';

let mailServer: MailServer;
let centre: ContactCentre;
let browser: TestBrowser;
/** Addresses that the outside refuses; whoever is struck off can be written to again. */
const unknown = new Set<string>();

beforeAll(async () => {
  mailServer = await startMailServer({
    onRcptTo({ address }, _session, done) {
      done(unknown.has(address) ? Object.assign(new Error('5.1.1 User unknown'), { responseCode: 550 }) : null);
    },
  });
  centre = await startContactCentre({
    settings: { MAIL_INLET_TOKEN: INLET_TOKEN, MAIL_CHECK_SENDERS: 'false', ...mailServer.settings },
  });
  browser = await launchBrowser(centre.url);
});

afterAll(async () => {
  await browser?.close();
  await centre?.stop();
  await mailServer?.stop();
});

/** A mail that has come in; its ticket waits. */
async function arrived(mail: MailText): Promise<string> {
  const { ticketId } = await postMail(centre.url, mailText(mail));
  if (!ticketId) throw new Error('No ticket was opened');
  return ticketId;
}

/** Elena at her desk, with this mail in her hands: a supervisor may take any number. */
async function taken(mail: MailText, expectedErrors: RegExp[] = []) {
  const ticketId = await arrived(mail);
  const page = await browser.newPage({ expectedErrors });
  const desk = consoleOnScreen(page);
  await desk.signIn('elena');
  await desk.take(ticketId);
  return { page, desk, ticketId };
}

const look = `<p>Esto es <b>urgente</b>.</p><img src="https://rastreo.example/p.gif" width="40" height="40">
<script>document.body.textContent = 'fue un programa'</script><p onclick="alert(1)">La calle 12</p>`;
const html = { 'Content-Type': 'text/html; charset=utf-8' };

test('a mail is shown with its subject once, its people, and what was trimmed one click away', async () => {
  const { page, desk } = await taken({
    from: 'Rosa López <rosa@example.org>',
    cc: 'Luis Mar <luis@example.org>',
    subject: 'Fuga en Díaz Mirón',
    text: 'Hay una fuga.\r\n\r\n-- \r\nRosa López\r\nTel. 229 123 4567',
  });
  await desk.conversation.getByText('Fuga en Díaz Mirón', { exact: true }).waitFor();
  await desk.rows.filter({ hasText: 'Fuga en Díaz Mirón · Hay una fuga.' }).waitFor();

  const mail = desk.mailsBy('Rosa López');
  await mail.getByText('Hay una fuga.', { exact: true }).waitFor();
  expect(await mail.getByText('Fuga en Díaz Mirón').count()).toBe(0);
  await mail.getByRole('button', { name: 'Ver de quién y para quién es' }).click();
  await mail.getByText('Luis Mar <luis@example.org>').waitFor();
  await mail.getByRole('button', { name: 'Ver lo citado y la firma' }).click();
  await mail.getByText('Tel. 229 123 4567').waitFor();

  await mail.getByRole('button', { name: 'Más de este correo' }).click();
  await page.getByRole('menuitem', { name: 'Encabezados y original' }).click();
  await desk.dialog.getByText('Cc: Luis Mar <luis@example.org>').waitFor();
  await desk.dialog.getByText('No se comprobó: nadie dio fe de este correo.').waitFor();
  await desk.dialog.getByRole('button', { name: 'Volver a leer' }).click();
  await page.getByText('El correo se leyó de nuevo', { exact: true }).waitFor();
  const original = page.waitForEvent('download');
  await desk.dialog.getByRole('link', { name: 'Descargar el original' }).click();
  expect((await original).suggestedFilename()).toMatch(/\.eml$/);
});

test('a mail is seen as it was written, where nothing of it runs and nothing asks the internet', async () => {
  const { desk } = await taken({
    from: 'Nora Paz <nora@example.org>',
    subject: 'Luminaria',
    text: look,
    headers: html,
  });
  await desk.mailsBy('Nora Paz').getByRole('button', { name: 'Ver como se escribió' }).click();
  await desk.timeline.getByText('Las imágenes de internet están bloqueadas').waitFor();
  const frame = desk.timeline.locator('iframe');
  expect(await frame.getAttribute('sandbox')).not.toContain('allow-scripts');
  await frame.contentFrame().getByText('La calle 12').waitFor();
  expect(await frame.contentFrame().locator('script, [onclick]').count()).toBe(0);
  await until(async () => ((await frame.boundingBox())?.height ?? 0) > 120, { what: 'the frame to fit its mail' });
});

test('its pictures are asked of the internet only after somebody asked for them', async () => {
  const ticketId = await arrived({ from: 'Iris Sol <iris@example.org>', text: look, headers: html });
  const context = await browser.browser.newContext({ baseURL: centre.url });
  onTestFinished(() => context.close());
  const asked: string[] = [];
  await context.route('https://rastreo.example/**', (route) => {
    asked.push(route.request().url());
    return route.fulfill({ contentType: 'image/gif', body: Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64') });
  });
  const page = await context.newPage();
  const desk = consoleOnScreen(page);
  await desk.signIn('elena', `/tickets/${ticketId}`);
  await desk.mailsBy('Iris Sol').getByRole('button', { name: 'Ver como se escribió' }).click();
  await desk.timeline.locator('iframe').contentFrame().getByText('La calle 12').waitFor();
  expect(asked).toEqual([]);
  await desk.timeline.getByRole('button', { name: 'Mostrar imágenes' }).click();
  await until(() => asked.length > 0, { what: 'the picture to be asked for' });
});

test('an answer goes to whom its writer sees and adds, with another subject, without the quote', async () => {
  const { page, desk } = await taken({
    from: 'Hugo Mar <hugo@example.org>',
    cc: 'vecinos@example.org',
    subject: 'Poda',
  });
  await desk.reply.fill('Ya va una cuadrilla.');
  await desk.reply.press('Enter');
  await desk.reply.pressSequentially('Saludos');
  await page.getByRole('button', { name: 'Cambiar destinatarios o asunto' }).click();
  await page.getByLabel('CC', { exact: true }).fill('parques@example');
  await page.getByLabel('CC', { exact: true }).press('Enter');
  await page.getByText('«parques@example» no es una dirección completa.').waitFor();
  expect(await page.getByRole('button', { name: 'Enviar', exact: true }).isDisabled()).toBe(true);
  await page.getByLabel('CC', { exact: true }).fill('Parques <parques@example.org>, arbol@example.org,');
  await page.getByLabel('CC', { exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Quitar a arbol@example.org' }).click();
  await page.getByRole('button', { name: 'CCO', exact: true }).click();
  await page.keyboard.type('archivo@example.org');
  await page.getByLabel('Asunto', { exact: true }).fill('Poda en tu calle');
  await page.getByLabel('Citar el mensaje al que respondes').click();
  await desk.reply.press('Control+Enter');

  const sent = await mailServer.mailTo('hugo@example.org', 'cuadrilla');
  expect(sent.recipients.sort()).toEqual([
    'archivo@example.org',
    'hugo@example.org',
    'parques@example.org',
    'vecinos@example.org',
  ]);
  expect(sent.subject).toContain('Poda en tu calle');
  expect(sent.text).toContain('Ya va una cuadrilla.\nSaludos');
  expect(sent.text).not.toContain('escribió:');
  await desk.mailsBy('Elena').getByText('Aceptado por el servidor de correo').waitFor();
  await desk.mailsBy('Elena').getByText('para Hugo Mar').waitFor();
});

test('what was written stays with its recipients over a reload', async () => {
  const { page, desk } = await taken({ from: 'Eva Luz <eva@example.org>', subject: 'Ruido' });
  await desk.reply.fill('A medias');
  await page.getByRole('button', { name: 'Cambiar destinatarios o asunto' }).click();
  await page.getByLabel('Para', { exact: true }).fill('inspeccion@example.org');
  await desk.reply.focus();
  await page.getByRole('button', { name: 'Quitar a inspeccion@example.org' }).waitFor();
  await page.reload();
  await page
    .getByRole('button', { name: /Eva Luz y inspeccion@example\.org|Eva Luz e inspeccion@example\.org/ })
    .waitFor();
  expect(await desk.reply.inputValue()).toBe('A medias');
});

test('an answer that does not arrive says why, and goes out when it is tried again', async () => {
  unknown.add('olga@example.org');
  const { desk } = await taken({ from: 'Olga Ríos <olga@example.org>', subject: 'Acta' });
  await desk.write('Tu acta está lista.');
  const answer = desk.mailsBy('Elena');
  await answer.getByText('Esa dirección no existe.').waitFor();
  unknown.delete('olga@example.org');
  await answer.getByRole('button', { name: 'Reintentar' }).click();
  await answer.getByText('Aceptado por el servidor de correo').waitFor();
  await mailServer.mailTo('olga@example.org', 'Tu acta está lista.');
});

test('a contact is put aside with the answer, comes back by a click, and by the answer of the citizen', async () => {
  const { page, desk, ticketId } = await taken({ from: 'Inés Gil <ines@example.org>', subject: 'Cita' });
  await desk.staysPut();
  await desk.reply.fill('¿Qué día te queda bien?');
  await page.getByRole('button', { name: 'Más formas de mandarlo' }).click();
  await page.getByRole('menuitem', { name: 'Enviar y posponer' }).click();
  await desk.dialog.getByRole('button', { name: /^Mañana/ }).click();
  await page.getByText('Está pospuesto: vuelve mañana a las 09:00').waitFor();
  const elena = await centre.operator('elena');
  const { ticket } = await elena.open(ticketId);
  expect(ticket.state).toBe('snoozed');
  expect(new Date(ticket.snoozedUntil ?? 0).toISOString()).toMatch(/T15:00:00\.000Z$/);

  await desk.tab('Pospuestos').click();
  await desk.rows.filter({ hasText: 'Inés Gil' }).getByText('Vuelve mañana a las 09:00').waitFor();
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await desk.reply.waitFor();
  await desk.press('s');
  await desk.dialog.getByRole('button', { name: 'Hasta que responda' }).click();
  await page.getByText('Está pospuesto hasta que la persona responda.').waitFor();

  const asked = await mailServer.mailTo('ines@example.org', '¿Qué día te queda bien?');
  await postMail(
    centre.url,
    mailText({
      from: 'Inés Gil <ines@example.org>',
      subject: 'Re: Cita',
      inReplyTo: asked.messageId?.replace(/[<>]/g, '') ?? '',
      text: 'El martes.',
    }),
  );
  await desk.reads('El martes.');
  await desk.reads('Volvió porque la persona respondió');
  await desk.reply.waitFor();
  elena.leave();
});

test('a department is asked, answers, and its words are used in the answer', async () => {
  const { page, desk, ticketId } = await taken({ from: 'Sara Vid <sara@example.org>', subject: 'Bache' });
  await desk.press('f');
  await desk.dialog.getByLabel('Buscar área').fill('obras');
  await desk.dialog.getByText('Obras Públicas').click();
  expect(await desk.dialog.getByLabel('Qué les dices').inputValue()).toContain('«Bache»');
  await desk.dialog.getByRole('button', { name: 'Reenviar a Obras Públicas' }).click();
  await desk.timeline.getByRole('article', { name: 'Elena Mora lo reenvió a Obras Públicas' }).waitFor();

  const asked = await mailServer.mailTo('obras.publicas@veracruz.example.org', 'Bache');
  await postMail(
    centre.url,
    mailText({
      from: 'Obras Públicas <obras.publicas@veracruz.example.org>',
      subject: `Re: ${asked.subject}`,
      inReplyTo: asked.messageId?.replace(/[<>]/g, '') ?? '',
      text: 'Vamos el lunes.',
    }),
  );
  const answer = desk.timeline.getByRole('article', { name: 'Respuesta de Obras Públicas' });
  await answer.getByText('Vamos el lunes.').waitFor();
  await answer.getByText('Solo la ve el equipo').waitFor();
  await answer.getByRole('button', { name: 'Usar en la respuesta' }).click();
  expect(await desk.reply.inputValue()).toBe('Obras Públicas nos informa:\n\nVamos el lunes.');

  const elena = await centre.operator('elena');
  const { messages } = await elena.call(api.openTicket, { params: { id: ticketId } });
  expect(JSON.stringify(messages)).not.toContain('Vamos el lunes.');
  elena.leave();
  expect(page.url()).toContain(ticketId);
});
