import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import type { LineCaller } from '../support/memory-line.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { startTelephoneDesk, type TelephoneDesk } from '../support/telephone-desk.ts';
import { until } from '../support/until.ts';

let desk: TelephoneDesk;
let ana: OperatorClient;
let beto: OperatorClient;

beforeAll(async () => {
  desk = await startTelephoneDesk();
  ana = await desk.operator('ana');
  beto = await desk.operator('beto');
});

afterAll(() => desk?.centre.stop());

const db = () => desk.centre.server.context.database.db;

/** They hang up and keep their place. */
async function wantsACall(caller: LineCaller, phone: string): Promise<void> {
  await db()
    .insertInto('callback')
    .values({
      ticket_id: caller.ticketId,
      phone,
      why: 'asked',
      channel_account_id: 'voz',
      wanted_at: desk.centre.clock.now(),
      tries: 0,
    })
    .execute();
  await caller.hangsUp();
}

const outgoing = (ticketId: string) =>
  db()
    .selectFrom('call')
    .selectAll()
    .where('ticket_id', '=', ticketId)
    .where('direction', '=', 'out')
    .orderBy('created_at', 'desc')
    .execute();

test('whoever asked for a call keeps their place, is rung once an operator is on the line, and tried again later', async () => {
  const phone = '+522299310001';
  const caller = await desk.waits(phone);
  await wantsACall(caller, phone);
  expect((await ana.open(caller.ticketId)).ticket.state).toBe('waiting');
  const { calls, counts } = await ana.call(api.listCalls, { query: { view: 'callbacks' } });
  expect(calls).toContainEqual(
    expect.objectContaining({ id: caller.callId, callback: expect.objectContaining({ phone }) }),
  );
  expect(counts.callbacks).toBe(1);

  await ana.call(api.takeTicket, { params: { id: caller.ticketId } });
  await (await desk.line.rings({ operatorId: ana.id })).answers();
  await (await desk.line.dials(phone)).isBusy();
  await ana.ticketBecomes(caller.ticketId, { state: 'snoozed' });
  expect((await ana.open(caller.ticketId)).callback).toMatchObject({ tries: 1 });
  expect(await outgoing(caller.ticketId)).toMatchObject([{ outcome: 'unreached', stage: 'ended' }]);

  desk.centre.clock.advance(16 * 60);
  await ana.call(api.setPresence, { body: { status: 'available', takesCalls: true } });
  const offer = await ana.offered();
  expect(offer.ticket.id).toBe(caller.ticketId);
  await ana.call(api.acceptOffer, { params: { id: offer.id } });
  await ana.call(api.setPresence, { body: { status: 'away' } });
  await (await desk.line.rings({ operatorId: ana.id })).answers();
  const citizen = await desk.line.dials(phone);
  await citizen.answers();
  await desk.callBecomes(ana, citizen.callId, ({ answeredAt }) => answeredAt !== null);
  expect((await ana.open(caller.ticketId)).callback).not.toBeNull();
  await ana.call(api.hangUpCall, { params: { id: citizen.callId } });
  const call = await desk.call(ana, citizen.callId);
  expect(call).toMatchObject({ outcome: 'answered', direction: 'out' });
  const { total = 0, ...parts } = call.times ?? {};
  expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(total);
  expect((await ana.open(caller.ticketId)).callback).toBeNull();
  await ana.close(caller.ticketId);
});

test('an abandoned call is called back within its contact; a double click is one call', async () => {
  const phone = '+522299310002';
  const caller = await desk.waits(phone);
  await caller.hangsUp();
  await beto.ticketBecomes(caller.ticketId, { state: 'closed' });
  const body = { clientId: randomUUID(), ticketId: caller.ticketId, to: phone };
  const [one, other] = await Promise.all([beto.call(api.startCall, { body }), beto.call(api.startCall, { body })]);
  expect(one.id).toBe(other.id);
  expect((await beto.open(caller.ticketId)).ticket).toMatchObject({ state: 'assigned', operator: { id: beto.id } });
  await (await desk.line.rings({ operatorId: beto.id })).answers();
  await (await desk.line.dials(phone)).isBusy();
  // What to do now is for who called: their contact stays with them.
  await desk.callBecomes(beto, one.id, ({ outcome, wrapUpUntil }) => outcome === 'unreached' && wrapUpUntil !== null);
  await beto.close(caller.ticketId);
});

test('nobody calls numbers that cost, and nobody calls all day', async () => {
  const call = (to: string) => ({ body: { clientId: randomUUID(), to } });
  expect(await beto.refused(api.startCall, call('+529001234567'))).toMatchObject({ code: 'number_refused' });
  expect(await beto.refused(api.startCall, call('+19005551234'))).toMatchObject({ code: 'number_refused' });
  expect(
    await beto.refused(api.startCall, { body: { clientId: randomUUID(), to: '+522299310009', accountId: 'voice' } }),
  ).toMatchObject({
    code: 'no_line',
  });
  // A contact that is new begins with the first of them.
  for (let index = 0; index < 5; index += 1) {
    const started = await beto.call(api.startCall, call(`+52229931010${index}`));
    await beto.call(api.hangUpCall, { params: { id: started.id } });
    await beto.close(started.ticketId);
    await until(() => outgoing(started.ticketId).then(([row]) => row?.outcome === 'unreached'), { what: 'its end' });
  }
  expect(await beto.refused(api.startCall, call('+522299310200'))).toMatchObject({ code: 'rate_limited' });
});
