import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { startTelephoneDesk, type TelephoneDesk } from '../support/telephone-desk.ts';
import { until } from '../support/until.ts';

let desk: TelephoneDesk;
let ana: OperatorClient;

beforeAll(async () => {
  desk = await startTelephoneDesk();
  ana = await desk.operator('ana');
});

afterAll(() => desk?.centre.stop());

test('a page that is loaded again goes on with the call', async () => {
  const caller = await desk.waits();
  const telephone = await desk.talks(ana, caller);
  await telephone.hangsUp();
  await until(() => caller.doing() === 'wait', { what: 'the citizen to hold on' });
  expect((await ana.open(caller.ticketId)).ticket.state).toBe('assigned');
  expect((await ana.call(api.callDevice)).current?.call.id).toBe(caller.callId);
  await ana.call(api.rejoinCall, { params: { id: caller.callId } });
  await (await desk.line.rings({ operatorId: ana.id })).answers();
  await until(() => caller.inRoom(), { what: 'the citizen to be back in the room' });
  desk.centre.clock.advance(20);
  await ana.call(api.hangUpCall, { params: { id: caller.callId } });
  expect((await desk.events(caller.ticketId)).map(({ type }) => type)).not.toContain('requeued');
  await ana.close(caller.ticketId);
});

test('a telephone that is not answered gives the citizen their place back, and sets its operator away', async () => {
  const caller = await desk.waits();
  const { clockAt } = (await ana.open(caller.ticketId)).ticket;
  await ana.call(api.takeTicket, { params: { id: caller.ticketId } });
  await desk.line.rings({ operatorId: ana.id });
  desk.centre.clock.advance(30);
  await ana.ticketBecomes(caller.ticketId, { state: 'waiting', clockAt });
  expect((await ana.call(api.session)).presence).toMatchObject({ status: 'away', reason: 'missed_offer' });
  expect(await desk.call(ana, caller.callId)).toMatchObject({ stage: 'queue', endedAt: null });
  await caller.hangsUp();
});

test('a line that cannot ring leaves the citizen where they are', async () => {
  const caller = await desk.waits();
  desk.line.failing.add('ring');
  await ana.call(api.takeTicket, { params: { id: caller.ticketId } });
  await until(async () => (await desk.events(caller.ticketId)).some(({ data }) => data.reason === 'line_failed'), {
    what: 'the line to fail',
  });
  desk.line.failing.clear();
  expect((await ana.open(caller.ticketId)).ticket.state).toBe('waiting');
  await desk.talks(ana, caller);
  await caller.hangsUp();
  await ana.close(caller.ticketId);
});

test('an order that the line did not hear reaches it later', async () => {
  const caller = await desk.waits();
  await desk.talks(ana, caller);
  desk.line.failing.add('arrange');
  await ana.call(api.holdCall, { params: { id: caller.callId }, body: { held: true } });
  desk.line.failing.clear();
  await until(() => desk.line.room(caller.callId).legs.some(({ held }) => held), { what: 'the hold to be heard of' });
  // Whoever hangs up while nobody can tell the line is off the call all the same.
  desk.line.failing.add('hangUp');
  await ana.call(api.hangUpCall, { params: { id: caller.callId } });
  expect(await desk.call(ana, caller.callId)).toMatchObject({ stage: 'ended', outcome: 'answered' });
  desk.line.failing.clear();
  await until(() => desk.line.room(caller.callId).hungUp.has(caller.callId), { what: 'the line to hang up' });
  await ana.close(caller.ticketId);
});
