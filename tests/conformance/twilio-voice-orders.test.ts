import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Simulator } from '../../channels/simulator/create-simulator.ts';
import { identityOf } from '../../channels/voice/twilio/room.ts';
import type { CallLeg } from '../../server/contract/call.ts';
import type { CallRef, LegToRing, VoiceLine } from '../../server/contract/voice.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { until } from '../support/until.ts';

/** Orders of the city, by Twilio's official SDK, to a company that is as strict as Twilio. */
let centre: ContactCentre;
let line: VoiceLine;
let simulator: Simulator;

beforeAll(async () => {
  centre = await startContactCentre();
  const { context, simulator: running } = centre.server;
  const voz = context.lines.get('voz');
  if (!voz || !running) throw new Error('The sample city has no emulated line');
  [line, simulator] = [voz, running];
});
afterAll(() => centre?.stop());

/** Somebody who calls, and the call as the city knows it. */
async function aCall() {
  const phone = `+52229${randomInt(1_000_000, 9_999_999)}`;
  const person = simulator.person({ name: 'Lupe', phone });
  const call = simulator.phone(person.id, 'voz').call();
  const known = await until(
    () =>
      centre.server.context.database.db
        .selectFrom('call')
        .select('id')
        .where('provider_call_id', '=', call.sid)
        .executeTakeFirst(),
    { what: 'the call' },
  );
  const ref: CallRef = { callId: known.id, accountId: 'voz', providerCallId: call.sid };
  return { call, ref };
}

function aLeg(operatorId: string, more: Partial<CallLeg> = {}): CallLeg & LegToRing {
  return {
    id: randomUUID(),
    legId: '',
    role: 'operator',
    operatorId,
    name: operatorId,
    address: null,
    number: null,
    ringSeconds: 20,
    state: 'ringing',
    held: false,
    silent: false,
    whispersTo: null,
    joinedAt: null,
    leftAt: null,
    ...more,
  } as CallLeg & LegToRing;
}
const ring = (ref: CallRef, leg: CallLeg & LegToRing) => line.ring(ref, { ...leg, legId: leg.id });
const roomOf = ({ callId }: CallRef) => simulator.telephony.conferences.find(callId);
const inRoom = (ref: CallRef, leg: CallLeg) =>
  [...(roomOf(ref)?.participants.values() ?? [])].find(
    ({ label, status }) => label === leg.id && status === 'connected',
  );
const comes = (ref: CallRef, leg: CallLeg) => until(() => inRoom(ref, leg), { what: `${leg.name} in the room` });

test('people are rung into the room, held, made silent, heard by one alone, and let go', async () => {
  const { ref } = await aCall();
  simulator.telephone(identityOf('ana'));
  simulator.telephone(identityOf('elena'));
  const ana = aLeg('ana', { state: 'joined' });
  expect(await ring(ref, ana)).toEqual({ outcome: 'done' });
  await comes(ref, ana);
  // Ordered twice, it rings once.
  expect(await ring(ref, ana)).toEqual({ outcome: 'done' });
  expect(roomOf(ref)?.participants.size).toBe(1);

  const elena = aLeg('elena', { role: 'supervisor', state: 'joined', silent: true });
  await ring(ref, elena);
  expect(await comes(ref, elena)).toMatchObject({ muted: true, coaching: false });

  const whispering = { ...elena, silent: true, whispersTo: ana.id };
  expect(await line.arrange(ref, [{ ...ana, held: true }, whispering])).toEqual({ outcome: 'done' });
  expect(inRoom(ref, ana)).toMatchObject({ hold: true, holdOn: { method: 'GET' } });
  expect(inRoom(ref, elena)).toMatchObject({ coaching: true, coach: inRoom(ref, ana)?.call.sid, muted: false });

  const back = [ana, { ...elena, silent: false }];
  for (const _twice of [1, 2]) expect(await line.arrange(ref, back)).toEqual({ outcome: 'done' });
  expect(inRoom(ref, ana)).toMatchObject({ hold: false });
  expect(inRoom(ref, elena)).toMatchObject({ coaching: false, muted: false });

  expect(await line.hangUp(ref, elena.id)).toEqual({ outcome: 'done' });
  await until(() => !inRoom(ref, elena), { what: 'the supervisor out of the room' });
  await line.arrange(ref, [{ ...ana, state: 'left' }]);
  await until(() => !roomOf(ref), { what: 'the end of the room' });
  expect(await line.hangUp(ref, ana.id)).toEqual({ outcome: 'gone' });
  expect(await line.hangUp(ref, ref.callId)).toEqual({ outcome: 'done' });
});

test('what happened while nobody listened is told as if somebody had', async () => {
  const { call, ref } = await aCall();
  simulator.telephone(identityOf('beto'));
  const beto = aLeg('beto', { state: 'joined' });
  const gone = aLeg('carmen', { state: 'joined' });
  const unheard = aLeg('diego', { state: 'ringing' });
  await ring(ref, beto);
  await comes(ref, beto);
  const kinds = async (legs: CallLeg[]) =>
    (await line.look(ref, legs))
      .map(({ key, what }) => [key, what.kind])
      .sort(([a = ''], [b = '']) => a.localeCompare(b));
  expect(await kinds([beto, gone, unheard])).toEqual(
    [
      [`joined:${beto.id}`, 'joined'],
      [`over:${gone.id}`, 'left'],
      [`unreached:${unheard.id}`, 'unreached'],
    ].sort(([a = ''], [b = '']) => a.localeCompare(b)),
  );
  simulator.telephone(identityOf('beto')).hangUp();
  await line.hangUp(ref, beto.id);
  call.hangUp();
  await until(() => call.state === 'completed', { what: 'the end of the call' });
  expect(await kinds([])).toEqual([['ended', 'ended']]);
});

test('a call that Twilio knows nothing of is over', async () => {
  const callId = randomUUID();
  const facts = await line.look({ callId, accountId: 'voz', providerCallId: `CA${'0'.repeat(32)}` }, []);
  expect(facts.map(({ what }) => what)).toEqual([{ kind: 'ended', reason: 'completed', code: '20404' }]);
});

test('a recording is begun, paused, ended, fetched and erased', async () => {
  const { call, ref } = await aCall();
  await until(() => call.state === 'in-progress', { what: 'an answer' });
  for (const to of ['on', 'on', 'paused', 'on', 'off'] as const) {
    expect(await line.record(ref, to), to).toEqual({ outcome: 'done' });
  }
  const [recording, ...others] = [...simulator.telephony.recordings.all.values()].filter(
    ({ callSid }) => callSid === call.sid,
  );
  expect(others).toEqual([]);
  await until(() => recording?.status === 'completed', { what: 'the recording' });
  const facts = await line.look(ref, []);
  const fact = facts.find(({ what }) => what.kind === 'recording');
  const source = fact?.what.kind === 'recording' ? fact.what.source : {};
  expect(source).toEqual({ sid: recording?.sid });
  expect(await line.fetchRecording('voz', source)).toMatchObject({ outcome: 'fetched', name: `${recording?.sid}.wav` });
  for (const _twice of [1, 2]) await line.eraseRecording('voz', source);
  expect(await line.fetchRecording('voz', source)).toEqual({ outcome: 'gone', reason: 'gone' });
  call.hangUp();
});

test('a citizen is called, and called off; what is over is gone, and who does not answer is told of', async () => {
  const callId = randomUUID();
  const phone = `+52229${randomInt(1_000_000, 9_999_999)}`;
  simulator.person({ name: 'Chuy', phone });
  const made = await line.dial({ callId, accountId: 'voz', to: phone, ringSeconds: 20 });
  if (made.outcome !== 'done') throw new Error(made.reason);
  const ref = { callId, accountId: 'voz', providerCallId: made.providerCallId };
  expect(simulator.telephony.calls.get(made.providerCallId)).toMatchObject({ to: phone, from: '+522291000400' });
  expect(await line.hangUp(ref, callId)).toEqual({ outcome: 'done' });
  await until(() => simulator.telephony.calls.get(made.providerCallId)?.endedAt, { what: 'its end' });
  expect(await line.recall(ref)).toEqual({ outcome: 'gone' });
  expect(await line.recall({ ...ref, providerCallId: `CA${'9'.repeat(32)}` })).toEqual({ outcome: 'gone' });
  expect((await line.dial({ callId, accountId: 'voz', to: 'nobody', ringSeconds: 20 })).outcome).toBe('failed');
});

test('an operator is known by a name that Twilio takes, and an emulated line needs no token', async () => {
  expect(identityOf('0f-a.b@c')).toBe('operator_0f_a_b_c');
  expect(await line.deviceFor('ana')).toEqual({
    simulated: { identity: 'operator_ana', path: '/simulator/telephone' },
  });
});
