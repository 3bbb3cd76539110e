import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EmailPart, Message } from '../../server/contract/message.ts';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { INLET_TOKEN, mailText, postMail } from '../support/mail.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let mailServer: MailServer;
let centre: ContactCentre;
let elena: OperatorClient;

beforeAll(async () => {
  mailServer = await startMailServer();
  centre = await startContactCentre({
    settings: { MAIL_INLET_TOKEN: INLET_TOKEN, MAIL_CHECK_SENDERS: 'false', ...mailServer.settings },
  });
  elena = await centre.operator('elena');
});
afterAll(async () => {
  await centre?.stop();
  await mailServer?.stop();
});

const send = (raw: string | Buffer, mailbox?: string) => postMail(centre.url, raw, mailbox ? { mailbox } : {});
const textOf = ({ parts }: Message) => parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
const envelopeOf = ({ parts }: Message) => parts.find((part): part is EmailPart => part.type === 'email');
/** An address of its own for each test, so that nobody's brake stops another. */
const person = () => `rosa.${randomUUID().slice(0, 8)}@example.org`;

/** A mail taken by Elena. */
async function taken(from: string, mail: Parameters<typeof mailText>[0] = {}) {
  const posted = await send(mailText({ from, ...mail }));
  const ticketId = posted.ticketId as string;
  await elena.call(api.takeTicket, { params: { id: ticketId } });
  return { ...posted, ticketId };
}

test('a mail waits in the queue of its mailbox with its subject, and its writer is told the number once', async () => {
  const from = person();
  const posted = await send(mailText({ from: `Rosa López <${from}>`, subject: 'Fuga de agua' }), 'transparencia');
  expect(posted).toMatchObject({ status: 201, duplicate: false });
  const { ticket, citizen, messages, email } = await elena.open(posted.ticketId as string);
  expect(ticket).toMatchObject({ state: 'waiting', channel: 'email', queueId: 'tramites', subject: 'Fuga de agua' });
  expect(citizen).toMatchObject({ name: 'Rosa López', email: from });
  expect(textOf(messages[0] as Message)).toBe('Buenas tardes, hay una fuga en Díaz Mirón.');
  expect(email).toMatchObject({
    from: { address: 'transparencia@veracruz.example.org' },
    to: [{ address: from, name: 'Rosa López' }],
    cc: [],
    subject: `Fuga de agua [#${ticket.number}]`,
  });

  const { mailboxes } = await elena.call(api.listMailboxes);
  expect(mailboxes.find(({ id }) => id === 'transparencia')).toMatchObject({
    reading: 'off',
    sending: true,
    lastReceivedAt: expect.any(String),
  });

  const acknowledgement = await mailServer.mailTo(from);
  expect(acknowledgement.subject).toBe(`Re: Fuga de agua [#${ticket.number}]`);
  expect(acknowledgement.text).toContain(`le dimos el número ${ticket.number}`);
  expect(acknowledgement.headers.get('auto-submitted')).toBe('auto-replied');
  expect(acknowledgement.headers.has('list')).toBe(true);
  await send(mailText({ from, inReplyTo: acknowledgement.messageId?.replace(/[<>]/g, '') as string, text: '¿Ya?' }));
  await until(async () => (await elena.open(posted.ticketId as string)).messages.length === 3, {
    what: 'three messages',
  });
  expect(mailServer.accepted.filter(({ recipients }) => recipients.includes(from))).toHaveLength(1);
});

test('the answer leaves in its thread, signed, with what it answers below, and the reply joins it', async () => {
  const from = person();
  const { ticketId, conversationId } = await taken(from, { messageId: `first.${from}`, cc: 'Luis <luis@example.org>' });
  const answer = await elena.say(ticketId, 'Ya va una cuadrilla.');
  const sent = await mailServer.mailTo(from, 'cuadrilla');
  expect(sent.recipients).toEqual([from, 'luis@example.org']);
  expect(sent).toMatchObject({ inReplyTo: `<first.${from}>`, references: `<first.${from}>` });
  expect(sent.text).toMatch(/Ya va una cuadrilla\.\s+-- \nElena\n[\s\S]*escribió:\n> Buenas tardes, hay una fuga/);
  await until(async () => (await elena.open(ticketId)).messages.find(({ id }) => id === answer.id)?.status === 'sent', {
    what: 'the answer to be accepted',
  });

  const reply = await send(
    mailText({
      from,
      subject: 'Otra cosa',
      inReplyTo: sent.messageId?.replace(/[<>]/g, '') as string,
      text: 'Gracias.',
    }),
  );
  expect(reply).toMatchObject({ conversationId, ticketId });
});

test('a thread is found by any id of it, from another address too; a number in the subject counts for who takes part', async () => {
  const from = person();
  const root = `root.${from}`;
  const first = await send(mailText({ from, messageId: root }));
  const { ticket } = await elena.open(first.ticketId as string);
  const middle = `middle.${from}`;
  const joins = { conversationId: first.conversationId, ticketId: first.ticketId };
  const others: Parameters<typeof mailText>[0][] = [
    { from, messageId: middle, references: [root], subject: 'Cambié el asunto' },
    { from: person(), references: [`unseen.${from}`, middle], text: 'Soy Rosa, desde mi otro correo.' },
    { from: person(), inReplyTo: `unseen.${from}`, text: 'Y desde otro más.' },
    { from, subject: `sobre lo de [#${ticket.number}]`, text: 'Sin encabezados.' },
  ];
  for (const mail of others) expect(await send(mailText(mail))).toMatchObject(joins);
  const stranger = await send(mailText({ from: person(), subject: `[#${ticket.number}]`, text: 'Quiero saber.' }));
  expect(stranger.conversationId).not.toBe(first.conversationId);
  const { messages } = await elena.open(first.ticketId as string);
  expect(messages.filter(({ direction }) => direction === 'in').map(({ author }) => author.type)).toEqual(
    Array(5).fill('citizen'),
  );
});

test('an answer that comes before what it answers is of the same conversation', async () => {
  const from = person();
  const late = await send(mailText({ from, references: [`late.${from}`], text: 'Respuesta' }));
  expect((await send(mailText({ from, messageId: `late.${from}`, text: 'Pregunta' }))).ticketId).toBe(late.ticketId);
});

test('one mail to two of our addresses, fifty times at once, is one message', async () => {
  const raw = mailText({ from: person(), to: 'atencion@veracruz.example.org, transparencia@veracruz.example.org' });
  const all = await Promise.all(
    Array.from({ length: 50 }, (_, at) =>
      send(
        at % 2 ? raw : `Delivered-To: transparencia@veracruz.example.org\r\n${raw}`,
        at % 2 ? 'atencion' : 'transparencia',
      ),
    ),
  );
  expect(new Set(all.map(({ messageId }) => messageId)).size).toBe(1);
  expect(all.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
});

test('two different mails that bear the same Message-ID are two messages of one contact', async () => {
  const from = person();
  const one = await send(mailText({ from, messageId: `same.${from}`, text: 'Página 1' }));
  const two = await send(mailText({ from, messageId: `same.${from}`, text: 'Página 2' }));
  expect(two).toMatchObject({ duplicate: false, ticketId: one.ticketId });
  expect(two.messageId).not.toBe(one.messageId);
});

test('a bounce marks the mail that failed, with the reason in words, and opens no contact', async () => {
  const from = person();
  const { ticketId } = await taken(from);
  const answer = await elena.say(ticketId, 'Con gusto.');
  const sent = await mailServer.mailTo(from, 'Con gusto');
  const bounce = await send(
    [
      'From: MAILER-DAEMON@example.org',
      'To: atencion@veracruz.example.org',
      'Subject: Undelivered Mail Returned to Sender',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      '',
      '--b',
      '',
      'This is the mail system.',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.org',
      '',
      `Final-Recipient: rfc822; ${from}`,
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${sent.messageId}`,
      '--b--',
      '',
    ].join('\r\n'),
  );
  expect(bounce).toMatchObject({ status: 200, ticketId: null });
  const failed = (await elena.open(ticketId)).messages.find(({ id }) => id === answer.id);
  expect(failed).toMatchObject({ status: 'failed', failure: { code: '5.1.1', permanent: true } });
  expect(failed?.failure?.reason).toContain(from);

  await elena.call(api.retryMessage, { params: { id: answer.id } });
  await until(() => mailServer.accepted.filter(({ messageId }) => messageId === sent.messageId).length === 2, {
    what: 'the second try',
  });
});

test('an answer chooses its people, and who is in blind copy is in no header', async () => {
  const from = person();
  const { ticketId } = await taken(from);
  await elena.call(api.sendMessage, {
    params: { id: ticketId },
    body: {
      clientId: randomUUID(),
      text: 'A tres.',
      email: { cc: ['jefa@example.org'], bcc: ['archivo@example.org'], subject: 'Nuevo asunto', quote: false },
    },
  });
  const sent = await mailServer.mailTo(from, 'A tres.');
  expect(sent.recipients).toEqual([from, 'jefa@example.org', 'archivo@example.org']);
  expect(sent.subject).toMatch(/^Re: Nuevo asunto \[#\d+\]$/);
  expect(sent.raw.toString()).not.toContain('archivo@example.org');
  expect(sent.text).not.toContain('> Buenas tardes');
  const ours = { to: ['atencion@veracruz.example.org'], cc: [] };
  const body = { clientId: randomUUID(), text: 'A mí', email: ours };
  expect((await elena.refused(api.sendMessage, { params: { id: ticketId }, body })).code).toBe('invalid_input');
});

test('machines get no acknowledgement, wake nobody, and our own mail that comes back opens nothing', async () => {
  const from = person();
  const { ticketId } = await taken(from, { messageId: `ask.${from}` });
  await elena.call(api.snoozeTicket, { params: { id: ticketId }, body: { until: null } });
  const away = await send(
    mailText({
      from,
      inReplyTo: `ask.${from}`,
      subject: 'Fuera de la oficina',
      headers: { 'Auto-Submitted': 'auto-replied' },
    }),
  );
  expect(away.ticketId).toBe(ticketId);
  const { ticket, messages } = await elena.open(ticketId);
  expect(ticket.state).toBe('snoozed');
  expect(envelopeOf(messages.at(-1) as Message)?.automatic).toBe('auto-reply');
  await send(mailText({ from, inReplyTo: `ask.${from}`, text: 'Ya volví.' }));
  expect((await elena.open(ticketId)).ticket.state).toBe('assigned');

  expect(await send(mailText({ from: person(), headers: { 'X-Linea-Ciudadana': 'veracruz' } }))).toMatchObject({
    ticketId: null,
  });
  const robot = person();
  await send(mailText({ from: robot, headers: { 'Auto-Submitted': 'auto-generated' } }));
  const loud = person();
  for (let at = 0; at < 8; at += 1) await send(mailText({ from: loud, subject: `Contacto ${at}` }));
  await mailServer.mailTo(loud);
  await until(() => mailServer.accepted.filter(({ recipients }) => recipients.includes(loud)).length === 5, {
    what: 'five acknowledgements',
  });
  expect(mailServer.accepted.some(({ recipients }) => recipients.includes(robot))).toBe(false);
});

test('who asks for no more automatic mail gets none', async () => {
  const from = person();
  expect((await send(mailText({ from, subject: 'BAJA' }))).ticketId).toBeNull();
  const { ticketId } = await taken(from);
  await elena.say(ticketId, 'Aquí estamos.');
  await mailServer.mailTo(from, 'Aquí estamos.');
  expect(mailServer.accepted.filter(({ recipients }) => recipients.includes(from))).toHaveLength(1);
});

test('a reply to a closed contact opens it again, and later begins a new one in the same conversation', async () => {
  const from = person();
  const { ticketId, conversationId } = await taken(from, { messageId: `old.${from}` });
  await elena.close(ticketId);
  const again = await send(mailText({ from, inReplyTo: `old.${from}`, text: 'Sigue igual.' }));
  expect(again).toMatchObject({ ticketId, conversationId });
  expect((await elena.open(ticketId)).ticket).toMatchObject({ state: 'waiting', closedAt: null, disposition: null });
  await elena.call(api.takeTicket, { params: { id: ticketId } });
  await elena.close(ticketId);
  centre.clock.advance(8 * 24 * 3_600);
  const new_ = await send(mailText({ from, inReplyTo: `old.${from}`, text: 'Otra vez.' }));
  expect(new_.conversationId).toBe(conversationId);
  expect(new_.ticketId).not.toBe(ticketId);
});

test('what was put aside comes back when its time is up', async () => {
  const { ticketId } = await taken(person());
  // Within Elena's lease: with the clock further on she would be gone until her next heartbeat.
  const until = new Date(centre.clock.now().getTime() + 10_000).toISOString();
  const past = new Date(centre.clock.now().getTime() - 1_000).toISOString();
  expect((await elena.refused(api.snoozeTicket, { params: { id: ticketId }, body: { until: past } })).code).toBe(
    'invalid_input',
  );
  const snoozed = await elena.call(api.snoozeTicket, { params: { id: ticketId }, body: { until } });
  expect(snoozed).toMatchObject({ state: 'snoozed', snoozedUntil: until });
  expect((await elena.call(api.listTickets, { query: { view: 'snoozed' } as never })).tickets[0]?.id).toBe(ticketId);
  centre.clock.advance(11);
  await elena.ticketBecomes(ticketId, { state: 'assigned', snoozedUntil: null });
  await elena.close(ticketId);
});

test('a department is asked by mail, and its answer comes into the story, not into the conversation', async () => {
  const { ticketId } = await taken(person());
  const body = { clientId: randomUUID(), department: 'obras-publicas', text: '¿Pueden revisar esta fuga?' };
  const event = await elena.call(api.forwardTicket, { params: { id: ticketId }, body });
  expect(await elena.call(api.forwardTicket, { params: { id: ticketId }, body })).toMatchObject({ id: event.id });
  expect(event).toMatchObject({ type: 'forwarded', data: { title: 'Obras Públicas' } });
  const address = 'obras.publicas@veracruz.example.org';
  const asked = await mailServer.mailTo(address, '¿Pueden revisar');
  expect(asked.text).toContain('hay una fuga en Díaz Mirón');
  const before = (await elena.open(ticketId)).messages.length;
  const answered = await send(
    mailText({ from: address, inReplyTo: asked.messageId?.replace(/[<>]/g, '') as string, text: 'Vamos mañana.' }),
  );
  expect(answered.ticketId).toBeNull();
  const { events, messages } = await elena.open(ticketId);
  expect(messages).toHaveLength(before);
  expect(events.at(-1)).toMatchObject({
    type: 'forward_answered',
    actor: { type: 'department' },
    data: { department: 'obras-publicas', text: 'Vamos mañana.' },
  });
});

test('a mail is shown in full: headers, whole text, its own look without scripts, and as it came', async () => {
  const raw = [
    `From: ${person()}`,
    'To: atencion@veracruz.example.org',
    'Subject: Con imagen',
    'X-Prueba: doblado',
    ' en dos',
    'MIME-Version: 1.0',
    'Content-Type: multipart/related; boundary=b',
    '',
    '--b',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p onclick="x()">Hola <img src="cid:foto"><img src="https://espia.example/x.png"></p><script>alert(1)</script>',
    '--b',
    'Content-Type: image/png; name="../../foto.png"',
    'Content-ID: <foto>',
    'Content-Transfer-Encoding: base64',
    '',
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    '--b--',
    '',
  ].join('\r\n');
  const { messageId, ticketId } = await send(raw);
  const id = messageId as string;
  const view = await elena.call(api.openEmail, { params: { id } });
  expect(view).toMatchObject({ subject: 'Con imagen', html: true, remoteImages: 1, raw: true });
  expect(view.headers).toContainEqual({ name: 'X-Prueba', value: 'doblado en dos' });
  const get = (path: string) =>
    fetch(`${centre.url}/api/v1/messages/${id}/${path}`, { headers: { cookie: elena.cookie } });
  const [body, withImages, original] = await Promise.all(['body', 'body?images=1', 'raw'].map(get));
  const html = (await body?.text()) ?? '';
  expect(html).not.toMatch(/<script|onclick| src="https:/);
  const [, file] = /src="(\/api\/v1\/files\/[^"]+)"/.exec(html) ?? [];
  expect((await fetch(`${centre.url}${file}`, { headers: { cookie: elena.cookie } })).headers.get('content-type')).toBe(
    'image/png',
  );
  expect(body?.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
  expect(await withImages?.text()).toContain('src="https://espia.example/x.png"');
  expect(await original?.text()).toBe(raw);
  expect((await fetch(`${centre.url}/api/v1/messages/${id}/body`)).status).toBe(401);
  const again = await elena.call(api.decodeEmail, { params: { id } });
  expect(again).toMatchObject({ id, ticketId, seq: 1 });
  expect(again.parts).toContainEqual(expect.objectContaining({ type: 'media', name: 'foto.png' }));
});

test('the inlet is shut to strangers, and what is no mail is refused in words', async () => {
  expect((await postMail(centre.url, mailText(), { token: 'wrong' })).status).toBe(401);
  expect((await postMail(centre.url, mailText(), { mailbox: 'nadie' })).status).toBe(404);
  expect(await send('hola')).toMatchObject({ status: 422, error: { code: 'not_an_email' } });
  expect(await send(Buffer.alloc(61 * 1024 * 1024, 'a'))).toMatchObject({
    status: 413,
    error: { code: 'file_too_large' },
  });
  const elsewhere = await fetch(`${centre.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'message/rfc822' },
    body: mailText(),
  });
  expect(elsewhere.status).toBe(400);
});
