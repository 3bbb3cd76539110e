import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import type { LineCaller } from '../support/memory-line.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { startTelephoneDesk, type TelephoneDesk } from '../support/telephone-desk.ts';
import { until } from '../support/until.ts';

let desk: TelephoneDesk;
let ana: OperatorClient;
let beto: OperatorClient;
let elena: OperatorClient;

beforeAll(async () => {
  desk = await startTelephoneDesk();
  ana = await desk.operator('ana');
  beto = await desk.operator('beto');
  elena = await desk.operator('elena');
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

const citizenOf = async (callId: string) => (await desk.call(ana, callId)).legs.find(({ role }) => role === 'citizen');

/** The citizen is on hold, and Ana talks with Beto, or will. */
async function consults(callId: string, isThere = true) {
  await ana.call(api.consult, { params: { id: callId }, body: { operatorId: beto.id } });
  const his = await desk.line.rings({ operatorId: beto.id, role: 'consulted' });
  if (isThere) await his.answers();
  return his;
}

const CUT_OFF = 'se cortó la comunicación';

/** They wait where they were, were told why, and hear music. */
async function waitsAtTheHead(caller: LineCaller, clockAt: string) {
  await ana.ticketBecomes(caller.ticketId, { state: 'waiting', clockAt });
  await until(() => caller.doing() === 'wait' && !caller.inRoom(), { what: 'the citizen to wait' });
  // The music of a moment ago comes to its end.
  if (!caller.caller.hears.includes(CUT_OFF)) await caller.caller.isRecalled();
  expect(caller.caller.hears).toContain(CUT_OFF);
  expect(await citizenOf(caller.callId)).toMatchObject({ held: false });
  const given = (await desk.events(caller.ticketId)).filter(({ type }) => type === 'requeued');
  expect(given.map(({ data }) => data.reason)).toEqual(['operator_lost']);
  expect((await desk.call(ana, caller.callId)).stage).toBe('queue');
}

test('on hold while their operator is lost in a consultation, the citizen is not left there with the colleague', async () => {
  const caller = await desk.waits();
  const hers = await desk.talks(ana, caller);
  const { clockAt } = (await ana.open(caller.ticketId)).ticket;
  const his = await consults(caller.callId);
  await hers.hangsUp();
  // For a while she may come back to both.
  desk.centre.clock.advance(10);
  expect(await citizenOf(caller.callId)).toMatchObject({ held: true, state: 'joined' });
  expect((await ana.open(caller.ticketId)).ticket.state).toBe('assigned');
  desk.centre.clock.advance(6);
  await waitsAtTheHead(caller, clockAt);
  await until(() => desk.line.room(caller.callId).hungUp.has(his.legId), { what: 'Beto to be off the line' });
  await caller.hangsUp();
});

test('an operator who comes back within that time finds citizen and colleague as they were', async () => {
  const caller = await desk.waits();
  const hers = await desk.talks(ana, caller);
  const his = await consults(caller.callId);
  await hers.hangsUp();
  await ana.call(api.rejoinCall, { params: { id: caller.callId } });
  await (await desk.line.rings({ operatorId: ana.id })).answers();
  desk.centre.clock.advance(20);
  await ana.call(api.endConsultation, { params: { id: caller.callId }, body: { how: 'conference' } });
  const call = await desk.call(ana, caller.callId);
  expect(call.legs.find(({ id }) => id === his.legId)).toMatchObject({ state: 'joined', role: 'consulted' });
  expect((await desk.events(caller.ticketId)).map(({ type }) => type)).not.toContain('requeued');
  await ana.call(api.hangUpCall, { params: { id: caller.callId } });
  await ana.close(caller.ticketId);
});

test('a colleague who talks with the citizen already goes on with them, and holds the contact', async () => {
  const caller = await desk.waits();
  const hers = await desk.talks(ana, caller);
  const his = await consults(caller.callId);
  await ana.call(api.endConsultation, { params: { id: caller.callId }, body: { how: 'conference' } });
  await hers.hangsUp();
  desk.centre.clock.advance(16);
  await until(async () => (await beto.open(caller.ticketId)).ticket.operator?.id === beto.id, {
    what: 'Beto to hold it',
  });
  const call = await desk.call(beto, caller.callId);
  expect(call.legs.find(({ id }) => id === his.legId)).toMatchObject({ role: 'operator', state: 'joined' });
  expect([call.stage, caller.inRoom()]).toEqual(['room', true]);
  expect(await ana.refused(api.rejoinCall, { params: { id: caller.callId } })).toMatchObject({ code: 'not_holder' });
  await beto.call(api.hangUpCall, { params: { id: caller.callId } });
  await beto.close(caller.ticketId);
});

test('a supervisor who only listened is taken off; one who talks goes on with the citizen', async () => {
  const heard = await desk.waits();
  const first = await desk.talks(ana, heard);
  const { clockAt } = (await ana.open(heard.ticketId)).ticket;
  await elena.call(api.monitorCall, { params: { id: heard.callId }, body: { how: 'whisper' } });
  const listening = await desk.line.rings({ operatorId: elena.id, role: 'supervisor' });
  await listening.answers();
  await first.hangsUp();
  desk.centre.clock.advance(16);
  await waitsAtTheHead(heard, clockAt);
  await until(() => desk.line.room(heard.callId).hungUp.has(listening.legId), { what: 'Elena to be off the line' });
  await heard.hangsUp();

  const joined = await desk.waits();
  const second = await desk.talks(ana, joined);
  await elena.call(api.monitorCall, { params: { id: joined.callId }, body: { how: 'join' } });
  const talking = await desk.line.rings({ operatorId: elena.id, role: 'supervisor' });
  await talking.answers();
  await second.hangsUp();
  expect(joined.inRoom()).toBe(true);
  desk.centre.clock.advance(16);
  await until(async () => (await elena.open(joined.ticketId)).ticket.operator?.id === elena.id, {
    what: 'Elena to hold it',
  });
  expect(joined.inRoom()).toBe(true);
  const call = await desk.call(elena, joined.callId);
  expect(call.legs.find(({ id }) => id === talking.legId)).toMatchObject({ role: 'operator', silent: false });
  await elena.call(api.hangUpCall, { params: { id: joined.callId } });
  await elena.close(joined.ticketId);
});

test('nobody outside who is asked for advice ends the call of a citizen whose operator was lost', async () => {
  const caller = await desk.waits();
  const hers = await desk.talks(ana, caller);
  const { clockAt } = (await ana.open(caller.ticketId)).ticket;
  await ana.call(api.consult, { params: { id: caller.callId }, body: { number: '+522299230000' } });
  const notary = await desk.line.rings({ number: '+522299230000', role: 'outside' });
  await notary.answers();
  await hers.hangsUp();
  await notary.hangsUp();
  expect(await desk.call(ana, caller.callId)).toMatchObject({ endedAt: null, stage: 'connecting' });
  desk.centre.clock.advance(16);
  await waitsAtTheHead(caller, clockAt);
  await caller.hangsUp();
});

test('whoever leaves a consultation on purpose gives the citizen back at once', async () => {
  const caller = await desk.waits();
  await desk.talks(ana, caller);
  const his = await consults(caller.callId);
  await ana.call(api.leaveCall, { params: { id: caller.callId } });
  await ana.ticketBecomes(caller.ticketId, { state: 'waiting' });
  expect(await citizenOf(caller.callId)).toMatchObject({ held: false });
  await until(() => desk.line.room(caller.callId).hungUp.has(his.legId), { what: 'Beto to be off the line' });
  await caller.hangsUp();
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
