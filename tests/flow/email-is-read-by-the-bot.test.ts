import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { INLET_TOKEN, mailText, postMail } from '../support/mail.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;

beforeAll(async () => {
  centre = await startContactCentre({ settings: { MAIL_INLET_TOKEN: INLET_TOKEN, MAIL_CHECK_SENDERS: 'false' } });
});
afterAll(() => centre?.stop());

const ticketOf = async (id: string | null) => {
  const { db } = centre.server.context.database;
  return db
    .selectFrom('ticket')
    .select(['state', 'queue_id', 'priority', 'summary', 'protected'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
};
/** What the city has written into a conversation so far. */
const written = async (conversationId: string | null): Promise<string[]> => {
  const { db } = centre.server.context.database;
  const rows = await db
    .selectFrom('message')
    .select('parts')
    .where('conversation_id', '=', conversationId)
    .where('direction', '=', 'out')
    .orderBy('seq')
    .execute();
  return rows.map(({ parts }) => parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n'));
};
const mail = (from: string, subject: string, text: string, headers?: Record<string, string>) =>
  postMail(centre.url, mailText({ from, subject, text, ...(headers ? { headers } : {}) }));

test('an emergency is told where help is, and goes before everybody', async () => {
  const posted = await mail(
    'eva@example.org',
    'Auxilio',
    'Se está incendiando la casa de mi vecina, hay gente adentro',
  );
  await until(async () => (await ticketOf(posted.ticketId)).priority === 0, { what: 'the alarm' });
  expect(await ticketOf(posted.ticketId)).toMatchObject({ state: 'waiting', queue_id: 'urgente', protected: false });
  const [, answer] = await written(posted.conversationId);
  expect(answer?.split('\n')[0]).toContain('911');
});

test('violence is protected, and its story is told to nobody', async () => {
  const posted = await mail(
    'luz@example.org',
    'Ayuda',
    'Mi esposo me golpea y me amenaza con matarme, no sé qué hacer',
  );
  await until(async () => (await ticketOf(posted.ticketId)).protected, { what: 'the protection' });
  const ticket = await ticketOf(posted.ticketId);
  expect(ticket).toMatchObject({ queue_id: 'mujeres', priority: 0 });
  expect(ticket.summary).not.toContain('golpea');
  const answers = await written(posted.conversationId);
  expect(answers.join('\n')).toContain('079');
});

test('a question that the city has an answer to gets it while a person is on the way', async () => {
  const posted = await mail('omar@example.org', 'Predial', 'Buenas tardes, ¿cómo puedo pagar el predial? Gracias');
  await until(async () => (await ticketOf(posted.ticketId)).summary !== null, {
    what: 'what it is about',
    timeout: 60_000,
  });
  expect(await ticketOf(posted.ticketId)).toMatchObject({ state: 'waiting', queue_id: 'general', priority: 2 });
  expect((await ticketOf(posted.ticketId)).summary).toContain('Pagar el predial');
  const [acknowledgement, answer, ...more] = await written(posted.conversationId);
  expect(acknowledgement).toContain('Recibimos tu correo');
  expect(answer).toContain('clave catastral');
  expect(more).toEqual([]);
});

test('a report is named for whoever opens it, and no machine answers it', async () => {
  const posted = await mail(
    'rosa@example.org',
    'Bache',
    'Hay un bache enorme en la esquina de mi casa, ya se ponchó una llanta',
  );
  await until(async () => (await ticketOf(posted.ticketId)).summary !== null, {
    what: 'what it is about',
    timeout: 60_000,
  });
  expect((await ticketOf(posted.ticketId)).summary).toBe('Quiere reportar: Bache');
  expect(await written(posted.conversationId)).toHaveLength(1);
});

test('a machine is not read to', async () => {
  const machine = await mail('boletin@example.org', 'Ayuda, incendio', 'Incendio en la bodega', {
    'Auto-Submitted': 'auto-generated',
  });
  const person = await mail('ines@example.org', 'Acta', '¿Qué necesito para sacar un acta de nacimiento?');
  await until(async () => (await ticketOf(person.ticketId)).summary !== null, {
    what: 'the later one to be read',
    timeout: 60_000,
  });
  expect(await ticketOf(machine.ticketId)).toMatchObject({ priority: 2, summary: null });
  expect(await written(machine.conversationId)).toEqual([]);
});
