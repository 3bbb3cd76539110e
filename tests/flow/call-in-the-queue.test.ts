import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mustMayCall } from '../../server/calls/may-call.ts';
import type { MessagingAccount } from '../../server/contract/messaging.ts';
import { api } from '../../server/contract/routes.ts';
import { callApi } from '../support/api-caller.ts';
import { aCaller, type Caller, type CallerOptions, someNumber } from '../support/caller.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';

let centre: ContactCentre;

beforeAll(async () => {
  centre = await startContactCentre();
});

afterAll(() => centre?.stop());

const db = () => centre.server.context.database.db;
const ticketOf = ({ ticketId }: Pick<Caller, 'ticketId'>) =>
  db().selectFrom('ticket').selectAll().where('id', '=', ticketId).executeTakeFirstOrThrow();
const callOf = ({ callId }: Caller) =>
  db().selectFrom('call').selectAll().where('id', '=', callId).executeTakeFirstOrThrow();
const callbackOf = ({ ticketId }: Caller) =>
  db().selectFrom('callback').selectAll().where('ticket_id', '=', ticketId).executeTakeFirst();

/** Somebody who waits for a person, in nobody's way once the test is over. */
async function waiting(options?: CallerOptions): Promise<Caller> {
  const caller = await aCaller(centre, options);
  await caller.presses('0');
  return caller;
}

test('their place and what the city has to say are told by turns, to the sound of music', async () => {
  const first = await waiting();
  expect(first.hears).toContain('Tu llamada es la siguiente');
  const second = await waiting();
  expect(second.hears).toContain('Hay una persona antes que tú');
  expect(second.steps.at(-1)).toMatchObject({ do: 'wait', keys: '12', seconds: 20 });
  expect(await second.goesOn()).toMatch(/asistente del chat/);
  await first.hangsUp();
  expect(await second.goesOn()).toContain('Tu llamada es la siguiente');
  expect(second.hears).not.toContain('marca 1');
  await second.hangsUp();
  expect(await ticketOf(second)).toMatchObject({ state: 'closed' });
  expect(await callOf(second)).toMatchObject({ outcome: 'abandoned', abandoned_in: 'queue' });
});

test('whoever wants to be called keeps their place, at the number they call from', async () => {
  const caller = await waiting({ from: '+522291234567' });
  const { clock_at: clock } = await ticketOf(caller);
  expect(await caller.presses('1')).toContain('dos dos nueve, uno dos tres, cuatro cinco, seis siete');
  expect(await caller.saysNothing()).toContain('Guardamos tu lugar');
  expect(caller.steps.at(-1)).toMatchObject({ do: 'hangUp' });
  await caller.hangsUp();
  expect(await callbackOf(caller)).toMatchObject({ phone: '+522291234567', why: 'asked', channel_account_id: 'voz' });
  expect(await ticketOf(caller)).toMatchObject({ state: 'waiting', clock_at: clock });
  expect(await callOf(caller)).toMatchObject({ outcome: 'callback' });

  // Who calls again before they are called has the same place.
  const again = await aCaller(centre, { from: '+522291234567' });
  expect(again.ticketId).toBe(caller.ticketId);
  expect(again.hears).toContain('Tu llamada es la siguiente');
});

test('another number is keyed, and what is no number is asked for again', async () => {
  const caller = await waiting();
  await caller.presses('1');
  expect(await caller.presses('9001234567')).toContain('no podemos llamar');
  await caller.presses('2297654321');
  expect(await callbackOf(caller)).toMatchObject({ phone: '+522297654321' });

  const withheld = await waiting({ from: null });
  expect(await withheld.presses('1')).toContain('¿A qué número te llamamos?');
  await withheld.saysNothing();
  await withheld.saysNothing();
  expect(withheld.steps.at(-1)).toMatchObject({ do: 'wait' });
});

test('they go on by WhatsApp in the same place, and the call is over', async () => {
  const from = someNumber();
  const caller = await waiting({ from });
  const before = await ticketOf(caller);
  expect(await caller.presses('2')).toContain('WhatsApp');
  await caller.hangsUp();
  expect(await ticketOf(caller)).toMatchObject({ state: 'closed' });
  expect(await callOf(caller)).toMatchObject({ outcome: 'moved' });
  const moved = await db()
    .selectFrom('ticket as t')
    .innerJoin('conversation as c', 'c.id', 't.conversation_id')
    .selectAll('t')
    .where('c.address', '=', from)
    .where('c.channel', '=', 'whatsapp')
    .executeTakeFirstOrThrow();
  const { clock_at, waiting_since, queue_id, priority, citizen_id } = before;
  expect(moved).toMatchObject({ state: 'waiting', clock_at, waiting_since, queue_id, priority, citizen_id });
  const [sent] = await db().selectFrom('message').select('parts').where('ticket_id', '=', moved.id).execute();
  expect(sent?.parts).toMatchObject([{ type: 'template', templateId: 'seguir-la-llamada' }]);
});

test('without WhatsApp a text brings them a link to the chat, where they have their place', async () => {
  const accounts = centre.server.context.accounts as Map<string, MessagingAccount>;
  const whatsapp = [...accounts].filter(([, { channel }]) => channel === 'whatsapp');
  for (const [id] of whatsapp) accounts.delete(id);
  const from = someNumber();
  const caller = await waiting({ from });
  expect(await caller.presses('2')).toContain('mensaje de texto');
  for (const [id, account] of whatsapp) accounts.set(id, account);

  const { parts } = await db()
    .selectFrom('message as m')
    .innerJoin('conversation as c', 'c.id', 'm.conversation_id')
    .select('m.parts')
    .where('c.channel', '=', 'sms')
    .where('c.address', '=', from)
    .executeTakeFirstOrThrow();
  const code = JSON.stringify(parts).match(/#seguir=([\w-]+)/)?.[1] ?? '';
  const open = (browser: string, what = code) =>
    callApi(centre.url, api.takeChatLink, { body: { code: what, browser } });
  const mine = randomUUID();
  const { status, body } = await open(mine);
  expect(status).toBe(200);
  const { token } = body as { token: string };
  const resident = await centre.resident({ token });
  await resident.reads('con el lugar que tenías en la llamada');
  expect(resident.ticket).toMatchObject({ state: 'waiting' });
  resident.leave();

  // The answer may have got lost; nobody else becomes this visitor, and the same one only for a while.
  expect((await open(mine)).body).toEqual({ token });
  const code410 = async (answer: Promise<{ status: number; body: unknown }>) => {
    const { status: refused, body: error } = await answer;
    return [refused, (error as { error: { code: string } }).error.code];
  };
  expect(await code410(open(randomUUID()))).toEqual([410, 'link_used']);
  expect(await code410(open(mine, 'x'.repeat(32)))).toEqual([410, 'link_expired']);
  centre.clock.advance(2 * 60 * 60);
  expect(await code410(open(mine))).toEqual([410, 'link_expired']);
});

test('a call from the browser goes on in the chat of the same person', async () => {
  const resident = await centre.resident();
  const visitor = centre.server.context.visitorTokens.read(resident.token).address;
  const caller = await waiting({ visitor });
  const { clock_at, citizen_id } = await ticketOf(caller);
  expect(await caller.presses('2')).toContain('seguimos en el chat');
  const { ticket, conversationId } = await resident.sync();
  expect(ticket).toMatchObject({ state: 'waiting' });
  const moved = await ticketOf({ ticketId: ticket?.id ?? '' });
  expect(moved).toMatchObject({ clock_at, citizen_id, conversation_id: conversationId });
  resident.leave();
});

test('whoever wrote in the chat first is the same person on the telephone of their browser', async () => {
  const resident = await centre.resident();
  await resident.say('hola');
  const { citizen_id } = await ticketOf({ ticketId: (await resident.sync()).ticket?.id ?? '' });
  const caller = await aCaller(centre, { visitor: centre.server.context.visitorTokens.read(resident.token).address });
  expect((await ticketOf(caller)).citizen_id).toBe(citizen_id);
  resident.leave();
});

test('in a protected matter they are asked first whether they may be called, and no is kept', async () => {
  const caller = await aCaller(centre);
  expect(await caller.speaks('mi esposo me está golpeando, tengo miedo')).toMatch(/Si se corta la llamada.*$/s);
  expect(caller.hears).toMatch(/nueve once/);
  expect(await callOf(caller)).toMatchObject({ recording: 'protected' });
  await caller.presses('2');
  expect(caller.steps.at(-1)).toMatchObject({ do: 'wait', keys: '' });
  const said = await db()
    .selectFrom('message')
    .select('parts')
    .where('ticket_id', '=', caller.ticketId)
    .where('direction', '=', 'in')
    .orderBy('seq', 'desc')
    .executeTakeFirst();
  expect(said?.parts).toMatchObject([{ type: 'text', text: expect.stringContaining('no me llamen') }]);
  // No key of the queue leads to a call back.
  await caller.presses('1');
  expect(caller.steps.at(-1)).toMatchObject({ do: 'wait' });
  expect(await callbackOf(caller)).toBeUndefined();
  const number = (await callOf(caller)).from_address ?? '';
  const { unitOfWork } = centre.server.context;
  await expect(unitOfWork((unit) => mustMayCall(unit, caller.conversationId, number))).rejects.toMatchObject({
    code: 'unsafe_number',
  });

  const agrees = await aCaller(centre);
  await agrees.speaks('mi pareja me pega');
  await agrees.speaks('sí, claro');
  expect(agrees.steps.at(-1)).toMatchObject({ do: 'wait', keys: '1' });
});
