import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCaller } from '../support/caller.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { goesOnAt, newCallSid, type TwilioVoiceWire, twilioVoiceWire, type WiredCall } from '../support/twilio-call.ts';

let centre: ContactCentre;
let twilio: TwilioVoiceWire;

beforeAll(async () => {
  centre = await startContactCentre();
  twilio = twilioVoiceWire(centre);
});
afterAll(() => centre?.stop());

const someone = () => `+52229${randomInt(1_000_000, 9_999_999)}`;
const db = () => centre.server.context.database.db;
const callOf = (sid: string) =>
  db().selectFrom('call').selectAll().where('provider_call_id', '=', sid).executeTakeFirst();
const known = async ({ sid }: WiredCall) => {
  const call = await callOf(sid);
  if (!call) throw new Error(`There is no call ${sid}`);
  return call;
};
const factsOf = (callId: string) =>
  db().selectFrom('call_fact').selectAll().where('call_id', '=', callId).orderBy('key').execute();
const heardFrom = (conversationId: string) =>
  db()
    .selectFrom('message')
    .select('parts')
    .where('conversation_id', '=', conversationId)
    .where('direction', '=', 'in')
    .execute();

describe('nobody but Twilio is listened to', () => {
  const fields = (sid: string) => ({ CallSid: sid, From: someone(), To: twilio.address, CallStatus: 'ringing' });

  test.each([
    ['unsigned', { token: null }],
    ['signed by another account', { token: 'f'.repeat(32) }],
  ])('%s', async (_how, signing) => {
    const sid = newCallSid();
    for (const path of ['', '/step?turn=1&after=ask', '/status', '/room', '/recording', '/fallback']) {
      expect((await twilio.post(`/webhooks/twilio/voice${path}`, fields(sid), signing)).status, path).toBe(403);
    }
    expect(await callOf(sid)).toBeUndefined();
  });

  test('changed on its way', async () => {
    const sid = newCallSid();
    const said = fields(sid);
    const signing = { signed: { ...said, From: someone() } };
    expect((await twilio.post('/webhooks/twilio/voice', said, signing)).status).toBe(403);
    expect(await callOf(sid)).toBeUndefined();
  });

  test('of another account than the one that it is about', async () => {
    const sid = newCallSid();
    const stranger = { ...fields(sid), AccountSid: `AC${'0'.repeat(32)}` };
    expect((await twilio.post('/webhooks/twilio/voice', stranger)).status).toBe(403);
    expect(await callOf(sid)).toBeUndefined();
  });
});

test('of a call that is not this account’s nothing is told', async () => {
  // One from the browser: whoever has a line's token has no part in it.
  const { callId } = await aCaller(centre, { visitor: randomUUID() });
  const before = (await factsOf(callId)).length;
  const fields = { CallSid: newCallSid(), From: someone(), To: twilio.address };
  const over = { ...fields, CallStatus: 'completed' };
  const left = {
    ...fields,
    FriendlyName: callId,
    StatusCallbackEvent: 'participant-leave',
    ParticipantLabel: callId,
    ConferenceSid: 'CF1',
  };
  const recorded = { ...fields, RecordingSid: `RE${'1'.repeat(32)}`, RecordingStatus: 'completed' };
  expect((await twilio.post(`/webhooks/twilio/voice/status?call=${callId}`, over)).status).toBe(200);
  expect((await twilio.post('/webhooks/twilio/voice/room', left)).status).toBe(200);
  expect((await twilio.post(`/webhooks/twilio/voice/recording?call=${callId}`, recorded)).status).toBe(200);
  expect(await factsOf(callId)).toHaveLength(before);
});

test('a call to a number that is no line of the city gets a sentence, and is not kept', async () => {
  const sid = newCallSid();
  const { status, verbs } = await twilio.post('/webhooks/twilio/voice', {
    CallSid: sid,
    From: someone(),
    To: '+522290000000',
    CallStatus: 'ringing',
    Direction: 'inbound',
  });
  expect(status).toBe(200);
  expect(verbs.map(({ verb }) => verb)).toEqual(['Say', 'Say', 'Hangup']);
  expect(await callOf(sid)).toBeUndefined();
});

test('a call that begins twice is one, and hears the same', async () => {
  const from = someone();
  const once = await twilio.call(from);
  const twice = await twilio.call(from, once.sid);
  expect(twice.first.body).toBe(once.first.body);
  expect(once.first.verbs.map(({ verb }) => verb)).toContain('Gather');
  expect(await known(once)).toMatchObject({ from_address: from, to_address: twilio.address, direction: 'in' });
});

test('a key that is brought twice was pressed once, and a question asked again has the same answer', async () => {
  const call = await twilio.call(someone());
  const next = goesOnAt(call.first.verbs);
  const [first, again] = [await call.asks(next, { Digits: '1' }), await call.asks(next, { Digits: '1' })];
  expect(again.body).toBe(first.body);
  const { conversation_id } = await known(call);
  expect(await heardFrom(conversation_id)).toHaveLength(1);
});

test('two who withhold their numbers are two people', async () => {
  const calls = [await twilio.call('+266696687'), await twilio.call('anonymous')];
  const [one, other] = await Promise.all(calls.map(known));
  expect(one).toMatchObject({ from_address: null });
  expect(other?.conversation_id).not.toBe(one?.conversation_id);
});

test('news of calls that are not ours are taken and not kept', async () => {
  const sid = newCallSid();
  const news = { CallSid: sid, From: someone(), To: twilio.address, CallStatus: 'completed', Direction: 'inbound' };
  expect((await twilio.post('/webhooks/twilio/voice/status', news)).status).toBe(200);
  const nobody = '0b0e8f0c-6c0c-4d2a-9b8e-2f6f0f6f0f6f';
  const room = { ConferenceSid: `CF${'1'.repeat(32)}`, FriendlyName: nobody, StatusCallbackEvent: 'participant-join' };
  expect((await twilio.post('/webhooks/twilio/voice/room', { ...room, ParticipantLabel: nobody })).status).toBe(200);
  const made = `/webhooks/twilio/voice/recording?call=${nobody}`;
  const recording = { RecordingSid: `RE${'1'.repeat(32)}`, RecordingStatus: 'completed' };
  expect((await twilio.post(made, recording)).status).toBe(200);
  const kept = await db().selectFrom('call_fact').selectAll().where('call_id', '=', nobody).execute();
  expect(kept).toEqual([]);
});

test('whatever happened is known once, in whichever order and however often it is told', async () => {
  const records = [];
  for (const order of [
    [0, 1, 2, 3, 4],
    [4, 3, 2, 1, 0],
    [2, 0, 4, 2, 1, 3, 0, 4],
  ]) {
    const call = await twilio.call(someone());
    const { id, started_at } = await known(call);
    // A minute ago, so that what is told lies in the past: what we do meanwhile by ourselves comes after all of it.
    const begun = new Date(started_at.getTime() - 60_000);
    await db().updateTable('call').set({ started_at: begun }).where('id', '=', id).execute();
    const at = (seconds: number) => new Date(begun.getTime() + seconds * 1_000).toUTCString();
    const room = (event: string, sequence: number, seconds: number) => () =>
      twilio.post('/webhooks/twilio/voice/room', {
        ConferenceSid: `CF${'a'.repeat(32)}`,
        FriendlyName: id,
        StatusCallbackEvent: event,
        SequenceNumber: String(sequence),
        Timestamp: at(seconds),
        CallSid: call.sid,
        ParticipantLabel: id,
      });
    const recorded = () =>
      twilio.post(`/webhooks/twilio/voice/recording?call=${id}`, {
        RecordingSid: `RE${call.sid.slice(2)}`,
        RecordingStatus: 'completed',
        RecordingDuration: '7',
        RecordingStartTime: at(10),
      });
    const told = [
      room('participant-join', 2, 10),
      room('participant-hold', 3, 12),
      room('participant-leave', 5, 20),
      recorded,
      () => call.tells('completed', { Timestamp: at(21), CallDuration: '21' }),
    ];
    for (const index of order) expect((await told[index]?.())?.status).toBe(200);
    const facts = (await factsOf(id)).filter(({ key }) => !key.startsWith('own:'));
    const { stage, outcome, times } = await known(call);
    records.push({ facts: facts.map(({ kind }) => kind).sort(), stage, outcome, total: times?.total });
    expect(facts.map(({ kind }) => kind).sort()).toEqual(['ended', 'held', 'joined', 'left', 'recording']);
  }
  const [first, ...others] = records;
  expect(first).toMatchObject({ stage: 'ended' });
  for (const other of others) {
    expect({ ...other, total: null }).toEqual({ ...first, total: null });
    expect(Math.abs((other.total ?? 0) - (first?.total ?? 0))).toBeLessThanOrEqual(1_000);
  }
});

test('who hung up is asked nothing more', async () => {
  const call = await twilio.call(someone());
  const next = goesOnAt(call.first.verbs);
  expect((await call.asks(next, { Digits: '0', CallStatus: 'completed' })).verbs).toEqual([]);
  const { conversation_id } = await known(call);
  expect(await heardFrom(conversation_id)).toEqual([]);
});

test('when an address failed they are told to wait, and it goes on where it was', async () => {
  const call = await twilio.call(someone());
  const fallback = '/webhooks/twilio/voice/fallback';
  const inStep = await call.asks(fallback, {
    ErrorCode: '11200',
    ErrorUrl: 'https://x.example/webhooks/twilio/voice/step',
  });
  expect(inStep.verbs.map(({ verb }) => verb)).toEqual(['Say', 'Say', 'Pause', 'Redirect']);
  const back = await call.asks(goesOnAt(inStep.verbs));
  expect(back.verbs.map(({ verb }) => verb)).toContain('Gather');
  const atBegin = await call.asks(fallback, {
    ErrorCode: '11205',
    ErrorUrl: 'https://x.example/webhooks/twilio/voice#rc=5',
  });
  expect(goesOnAt(atBegin.verbs)).toMatch(/\/webhooks\/twilio\/voice#/);
});

test('the music for who waits is open to Twilio and may be kept', async () => {
  const response = await fetch(`${centre.url}/webhooks/twilio/voice/music`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('audio/wav');
  expect(response.headers.get('cache-control')).toContain('public');
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.subarray(0, 4).toString()).toBe('RIFF');
  expect(bytes.length).toBeLessThan(200 * 1024);
});
