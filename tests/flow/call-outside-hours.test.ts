import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { aCaller, type Caller } from '../support/caller.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;

beforeAll(async () => {
  centre = await startContactCentre();
  const admin = await centre.operator('fernando');
  const queues = await admin.call(api.listQueues);
  for (const { id, hours, open: _, opensAt: __, protected: ___, ...queue } of queues) {
    const days = Object.fromEntries(Object.keys(hours.days).map((day) => [day, []])) as unknown as typeof hours.days;
    await admin.call(api.saveQueue, { params: { id }, body: { ...queue, hours: { ...hours, days } } });
  }
  await until(async () => !(await centre.server.context.openings.of('general')).open, { what: 'the queue to close' });
});

afterAll(() => centre?.stop());

const db = () => centre.server.context.database.db;
const read = async ({ callId, ticketId }: Caller) => ({
  call: await db().selectFrom('call').selectAll().where('id', '=', callId).executeTakeFirstOrThrow(),
  ticket: await db().selectFrom('ticket').selectAll().where('id', '=', ticketId).executeTakeFirstOrThrow(),
  callback: await db().selectFrom('callback').selectAll().where('ticket_id', '=', ticketId).executeTakeFirst(),
  recordings: await db().selectFrom('call_recording').selectAll().where('call_id', '=', callId).execute(),
});

async function caller(): Promise<Caller> {
  const found = await aCaller(centre);
  await found.presses('0');
  return found;
}

test('nobody is on duty: a message after the tone waits in the queue, and they are called', async () => {
  const found = await caller();
  expect(found.hears).toMatch(/no hay personas atendiendo.*después del tono/s);
  expect(found.steps.at(-1)).toMatchObject({ do: 'record', mostSeconds: 120 });
  expect(await found.records(8_000)).toContain('Tu mensaje quedó guardado');
  await found.hangsUp();
  const { call, ticket, callback, recordings } = await read(found);
  expect(call).toMatchObject({ outcome: 'voicemail', stage: 'ended' });
  expect(ticket).toMatchObject({ state: 'waiting' });
  expect(callback).toMatchObject({ why: 'voicemail', channel_account_id: 'voz' });
  expect(recordings).toMatchObject([{ kind: 'voicemail', milliseconds: 8_000 }]);
});

test('what was recorded counts though the end of the call is told first', async () => {
  const found = await caller();
  await found.hangsUp();
  expect((await read(found)).ticket.state).toBe('closed');
  await found.records(5_000);
  const { call, ticket, recordings } = await read(found);
  expect(call.outcome).toBe('voicemail');
  expect(ticket.state).toBe('waiting');
  expect(recordings).toHaveLength(1);
});

test('a breath is no message', async () => {
  const found = await caller();
  expect(await found.records(300)).not.toContain('guardado');
  await found.hangsUp();
  const { ticket, recordings } = await read(found);
  expect(recordings).toEqual([]);
  expect(ticket.state).toBe('closed');
});

test('in a protected matter no message is asked for', async () => {
  const found = await aCaller(centre);
  await found.speaks('mi esposo me está golpeando');
  expect(await found.presses('2')).toContain('no hay personas atendiendo');
  expect(found.steps.map((step) => step.do)).toEqual(['hangUp']);
});

test('in a protected matter whoever agrees is called when somebody is on duty, and their case knows how', async () => {
  const found = await aCaller(centre);
  await found.speaks('mi esposo me está golpeando');
  expect(await found.presses('1')).toMatch(/no hay personas atendiendo.*Guardamos tu lugar/s);
  expect(found.steps.map((step) => step.do)).toEqual(['hangUp']);
  await found.hangsUp();
  const { call, ticket, callback } = await read(found);
  expect(call.outcome).toBe('callback');
  expect(ticket).toMatchObject({ state: 'waiting', protected: true });
  expect(callback).toMatchObject({ phone: call.from_address, why: 'asked', done_at: null });

  const safeContactOf = async (id: string) =>
    (await db().selectFrom('service_case').select('safe_contact').where('id', '=', id).executeTakeFirstOrThrow())
      .safe_contact;
  const elena = await centre.operator('elena');
  const { id: caseId } = await elena.call(api.createCase, {
    body: {
      clientId: randomUUID(),
      ticketId: found.ticketId,
      serviceId: 'violencia-genero',
      description: 'Su esposo la golpea.',
      place: null,
      triage: true,
    },
  });
  expect(await safeContactOf(caseId)).toMatchObject({ channel: 'phone', address: call.from_address, voicemail: false });

  // They call again, and it is safe no more.
  const again = await aCaller(centre, { from: call.from_address });
  expect(again.ticketId).toBe(found.ticketId);
  await again.presses('2');
  expect(await safeContactOf(caseId)).toMatchObject({ channel: 'none', address: null });
  expect((await read(found)).callback?.done_at).not.toBeNull();
  await again.hangsUp();
});
