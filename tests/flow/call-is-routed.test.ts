import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { startTelephoneDesk, type TelephoneDesk } from '../support/telephone-desk.ts';
import { until } from '../support/until.ts';

let desk: TelephoneDesk;
let ana: OperatorClient;
let beto: OperatorClient;

beforeAll(async () => {
  desk = await startTelephoneDesk();
  ana = await desk.operator('ana');
  beto = await desk.centre.operator('beto');
});

afterAll(() => desk?.centre.stop());

const available = (operator: OperatorClient, takesCalls: boolean) =>
  operator.call(api.setPresence, { body: { status: 'available', takesCalls } });

test('a call is offered to whose telephone is ready; who has one is offered nothing until they have finished up', async () => {
  await available(beto, false);
  const first = await desk.waits();
  const second = await desk.waits();
  await available(ana, true);
  const offer = await ana.offered();
  expect(offer.ticket.id).toBe(first.ticketId);
  await ana.call(api.acceptOffer, { params: { id: offer.id } });
  const telephone = await desk.line.rings({ operatorId: ana.id });
  await telephone.answers();
  await until(() => first.inRoom(), { what: 'the first caller to be answered' });

  // A contact in writing and the second call wait: her ears are taken, and he has no telephone.
  const resident = await desk.centre.resident();
  await resident.say('Quiero hablar con una persona');
  expect((await beto.offered()).ticket.channel).toBe('chat');
  expect((await ana.call(api.currentOffer)).offer).toBeNull();
  expect((await ana.open(second.ticketId)).ticket.state).toBe('waiting');

  await first.hangsUp();
  expect((await ana.open(first.ticketId)).ticket.state).toBe('assigned');
  expect((await ana.call(api.currentOffer)).offer).toBeNull();
  await ana.close(first.ticketId);
  expect((await ana.offered()).ticket.id).toBe(second.ticketId);
  await second.hangsUp();
  await until(async () => (await ana.call(api.currentOffer)).offer === null, { what: 'the offer to be withdrawn' });
  expect(await desk.call(ana, second.callId)).toMatchObject({ outcome: 'abandoned', abandonedIn: 'queue' });
  const { calls } = await ana.call(api.listCalls, { query: { view: 'abandoned' } });
  expect(calls.map(({ id }) => id)).toContain(second.callId);
  await ana.away();
});

test('time after a call runs out by itself; a little more of it can be had', async () => {
  const caller = await desk.waits();
  await desk.talks(ana, caller);
  await caller.hangsUp();
  const params = { id: caller.callId };
  const { wrapUpUntil } = await desk.call(ana, caller.callId);
  const longer = await ana.call(api.extendWrapUp, { params, body: { seconds: 60 } });
  expect(Date.parse(longer.wrapUpUntil ?? '')).toBe(Date.parse(wrapUpUntil ?? '') + 60_000);
  desk.centre.clock.advance(125);
  await ana.ticketBecomes(caller.ticketId, { state: 'closed', disposition: null });
  const ended = (await desk.events(caller.ticketId)).find(({ type }) => type === 'wrap_up_ended');
  expect(ended?.data.milliseconds).toBeGreaterThanOrEqual(125_000);
});

test('who has no telephone cannot take a call, and who has one on it cannot take another', async () => {
  const first = await desk.waits();
  const second = await desk.waits();
  expect(await beto.refused(api.takeTicket, { params: { id: first.ticketId } })).toMatchObject({
    code: 'no_telephone',
  });
  await desk.talks(ana, first);
  expect(await ana.refused(api.takeTicket, { params: { id: second.ticketId } })).toMatchObject({
    code: 'capacity_full',
  });
  await Promise.all([first.hangsUp(), second.hangsUp()]);
  await ana.close(first.ticketId);
});
