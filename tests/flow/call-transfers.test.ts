import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
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

const figures = async () => (await fetch(`${desk.centre.url}/metrics`)).text();
const citizenOf = (callId: string) => desk.line.room(callId).legs.find(({ role }) => role === 'citizen');

test('on hold the citizen hears nobody, and how long is in the log to the millisecond', async () => {
  const caller = await desk.waits();
  await desk.talks(ana, caller);
  expect(await figures()).toMatch(/^calls_live{stage="room"} 1$/m);
  const params = { id: caller.callId };
  await ana.call(api.holdCall, { params, body: { held: true } });
  await until(() => citizenOf(caller.callId)?.held === true, { what: 'the line to hold' });
  desk.centre.clock.advance(40);
  await ana.call(api.holdCall, { params, body: { held: false } });
  await ana.call(api.holdCall, { params, body: { held: false } });
  await until(() => citizenOf(caller.callId)?.held === false, { what: 'the line to let go' });
  await ana.call(api.hangUpCall, { params });

  const { times, outcome, stage, wrapUpUntil } = await desk.call(ana, caller.callId);
  const events = await desk.events(caller.ticketId);
  const [resumed, ...more] = events.filter(({ type }) => type === 'call_resumed');
  expect(more).toEqual([]);
  expect(times?.hold).toBe(resumed?.data.heldMs);
  expect(times?.hold).toBeGreaterThanOrEqual(40_000);
  expect({ outcome, stage }).toEqual({ outcome: 'answered', stage: 'ended' });
  expect(wrapUpUntil).not.toBeNull();
  expect(events.find(({ type }) => type === 'call_ended')?.data.times).toEqual(times);
  await until(() => desk.line.room(caller.callId).hungUp.has(caller.callId), { what: 'the line to hang up' });

  await ana.close(caller.ticketId);
  await until(async () => (await desk.events(caller.ticketId)).some(({ type }) => type === 'wrap_up_ended'), {
    what: 'the end of the wrap-up in the log',
  });
  expect((await desk.call(ana, caller.callId)).wrapUpUntil).toBeNull();
  for (const now of [await figures(), await figures()]) {
    expect(now).toMatch(/^calls_live{stage="room"} 0$/m);
    expect(now).toMatch(/^calls_ended_total{line="twilio",outcome="answered"} 1$/m);
    expect(now).toMatch(/^call_answer_seconds_count{line="twilio"} 1$/m);
  }
});

test('whoever is asked for advice takes the call over, and the citizen is theirs', async () => {
  const caller = await desk.waits();
  const hers = await desk.talks(ana, caller);
  const params = { id: caller.callId };
  await ana.call(api.consult, { params, body: { operatorId: beto.id } });
  const his = await desk.line.rings({ operatorId: beto.id, role: 'consulted' });
  expect(await ana.refused(api.endConsultation, { params, body: { how: 'complete' } })).toMatchObject({ status: 409 });
  await his.answers();
  expect((await desk.call(ana, caller.callId)).legs.find(({ role }) => role === 'citizen')?.held).toBe(true);
  await ana.call(api.endConsultation, { params, body: { how: 'complete' } });
  await beto.ticketBecomes(caller.ticketId, { state: 'assigned' });

  const call = await desk.call(beto, caller.callId);
  expect(call.legs.find(({ id }) => id === his.legId)).toMatchObject({ role: 'operator', state: 'joined' });
  expect(call.legs.find(({ id }) => id === hers.legId)).toMatchObject({ state: 'left' });
  expect(call.legs.find(({ role }) => role === 'citizen')?.held).toBe(false);
  expect((await beto.open(caller.ticketId)).ticket.operator?.id).toBe(beto.id);
  await until(() => desk.line.room(caller.callId).hungUp.has(hers.legId), { what: 'Ana to be off the line' });
  expect(caller.inRoom()).toBe(true);
  await beto.call(api.hangUpCall, { params });
  await beto.close(caller.ticketId);
});

test('handed to a queue without a word, the citizen waits there in the place of their first contact', async () => {
  const caller = await desk.waits();
  await desk.talks(ana, caller);
  const { clockAt } = (await ana.open(caller.ticketId)).ticket;
  await ana.call(api.transferCall, { params: { id: caller.callId }, body: { queueId: 'tramites' } });
  await until(() => !caller.inRoom(), { what: 'the citizen to be out of the room' });
  expect(caller.doing()).toBe('wait');
  const { ticket } = await elena.open(caller.ticketId);
  expect(ticket).toMatchObject({ state: 'waiting', queueId: 'tramites', clockAt, operator: null });
  expect(await desk.call(elena, caller.callId)).toMatchObject({ stage: 'queue', endedAt: null });
  await caller.hangsUp();
  expect(await desk.call(elena, caller.callId)).toMatchObject({ outcome: 'answered' });
});

test('passed on to a number outside, the operator is free at once; an expensive number is refused', async () => {
  const caller = await desk.waits();
  await desk.talks(ana, caller);
  const params = { id: caller.callId };
  expect(await ana.refused(api.transferCall, { params, body: { number: '+529001234567' } })).toMatchObject({
    code: 'number_refused',
  });
  expect(await ana.refused(api.transferCall, { params, body: { number: '+882161234567' } })).toMatchObject({
    code: 'number_refused',
  });
  await ana.call(api.transferCall, { params, body: { number: '+522299230000' } });
  await until(() => caller.doing() === 'dial', { what: 'the number to be dialled' });
  expect(caller.caller.steps.at(-1)).toMatchObject({ number: '+522299230000', callerId: '+522291000400' });
  const { wrapUpUntil, endedAt } = await desk.call(ana, caller.callId);
  expect([wrapUpUntil !== null, endedAt]).toEqual([true, null]);
  await ana.close(caller.ticketId);
  await caller.hangsUp();
  expect(await desk.call(ana, caller.callId)).toMatchObject({ outcome: 'transferred' });
});

test('a supervisor listens unheard, whispers to the operator alone, and joins; each is in the log', async () => {
  const caller = await desk.waits();
  const hers = await desk.talks(ana, caller);
  const params = { id: caller.callId };
  expect(await beto.refused(api.monitorCall, { params, body: { how: 'listen' } })).toMatchObject({ status: 403 });
  await elena.call(api.monitorCall, { params, body: { how: 'listen' } });
  const telephone = await desk.line.rings({ operatorId: elena.id, role: 'supervisor' });
  await telephone.answers();
  const leg = async () => (await desk.call(elena, caller.callId)).legs.find(({ id }) => id === telephone.legId);
  expect(await leg()).toMatchObject({ state: 'joined', silent: true, whispersTo: null });
  await elena.call(api.monitorCall, { params, body: { how: 'whisper' } });
  expect(await leg()).toMatchObject({ silent: true, whispersTo: hers.legId });
  await elena.call(api.monitorCall, { params, body: { how: 'join' } });
  expect(await leg()).toMatchObject({ silent: false, whispersTo: null });
  const audit = await desk.centre.server.context.database.db
    .selectFrom('audit_log')
    .select('after')
    .where('action', '=', 'call.monitored')
    .where('target', '=', caller.callId)
    .execute();
  expect(audit).toHaveLength(3);
  await elena.call(api.leaveCall, { params });
  expect(caller.inRoom()).toBe(true);
  await ana.call(api.hangUpCall, { params });
  await ana.close(caller.ticketId);
});
