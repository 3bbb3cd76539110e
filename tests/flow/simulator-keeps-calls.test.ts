import type twilio from 'twilio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TwilioSettings } from '../../server/contract/messaging.ts';
import { officialTwilio } from '../support/official-twilio.ts';
import { accounts, type SimulatedProvider, startSimulatedProvider } from '../support/simulated-provider.ts';
import { until } from '../support/until.ts';

let stage: SimulatedProvider;
let settings: TwilioSettings;
let client: twilio.Twilio;
const VOICE = '/webhooks/twilio/voice';
const OURS = accounts.voice.address;
const ANA = '+522291234567';
const JOSE = '+522299876543';

beforeEach(async () => {
  stage = await startSimulatedProvider();
  settings = stage.simulator.settingsFor(accounts.voice) as TwilioSettings;
  client = officialTwilio(settings);
});
afterEach(() => stage.close());

const raw = (inner: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${inner}</Response>`;
const url = (path: string) => `${stage.city.url}${path}`;
const asked = (path: string) => stage.city.received.filter((one) => one.path === path).map(({ fields }) => fields);
const refusal = (work: Promise<unknown>) => work.then(() => null).catch(({ code, status }) => ({ code, status }));
const phone = (person: string) => stage.simulator.phone(person, 'voz');

/** Somebody calls, and is brought into the room. */
async function inRoom(person: string, attributes = '') {
  stage.city.says.set(VOICE, raw(`<Dial action="/after"><Conference ${attributes}>sala</Conference></Dial>`));
  const call = phone(person).call();
  await stage.simulator.quiet();
  return call;
}
const room = async () => {
  const [found] = await client.conferences.list({ friendlyName: 'sala', status: 'in-progress' });
  return found;
};

test('a call that the city makes: queued, rung, answered, over, each reported in its order', async () => {
  stage.city.says.set('/hello', raw('<Say language="es-MX">Hola, Ana.</Say><Pause length="3"/>'));
  const made = await client.calls.create({
    to: ANA,
    from: OURS,
    url: url('/hello'),
    statusCallback: url('/status'),
    statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
  });
  expect(made).toMatchObject({ status: 'queued', direction: 'outbound-api', to: ANA, from: OURS });
  await stage.pass(1);
  const ana = phone('ana').currentCall();
  expect([ana?.state, (await client.calls(made.sid).fetch()).status]).toEqual(['ringing', 'ringing']);
  ana?.answer();
  await stage.pass(2);
  expect([ana?.heard(), (await client.calls(made.sid).fetch()).status]).toEqual([['Hola, Ana.'], 'in-progress']);
  await stage.pass(5);
  const over = await client.calls(made.sid).fetch();
  expect([over.status, over.duration, over.startTime instanceof Date]).toEqual(['completed', '4', true]);
  expect(asked('/status').map(({ CallStatus, SequenceNumber }) => [CallStatus, SequenceNumber])).toEqual([
    ['initiated', '0'],
    ['ringing', '1'],
    ['in-progress', '2'],
    ['completed', '3'],
  ]);
});

test('not everybody answers', async () => {
  const make = (to: string, timeout = 20) => client.calls.create({ to, from: OURS, url: url('/hello'), timeout });
  const statusOf = async (call: { sid: string }) => (await client.calls(call.sid).fetch()).status;
  const declined = await make(ANA);
  await stage.pass(1);
  phone('ana').currentCall()?.decline();
  expect(await statusOf(declined)).toBe('busy');
  const unheard = await make(ANA);
  const busy = await make(JOSE);
  await stage.pass(1);
  phone('jose').currentCall()?.answer();
  const second = await make(JOSE);
  await stage.pass(1);
  expect([await statusOf(second), await statusOf(unheard)]).toEqual(['busy', 'ringing']);
  // Twilio lets it ring five seconds longer than it was told.
  await stage.pass(22);
  expect(await statusOf(unheard)).toBe('ringing');
  await stage.pass(2);
  expect(await statusOf(unheard)).toBe('no-answer');
  const canceled = await make(ANA);
  await stage.pass(1);
  await client.calls(canceled.sid).update({ status: 'canceled' });
  expect([await statusOf(canceled), phone('ana').currentCall()]).toEqual(['canceled', null]);
  const nobody = await make('client:operator_nobody');
  await stage.pass(1);
  expect([await statusOf(nobody), busy.sid.startsWith('CA')]).toEqual(['no-answer', true]);
});

test.each([
  ['nobody', { to: '', from: OURS, url: 'https://a.mx' }, 21201],
  ['from nobody', { to: ANA, from: '', url: 'https://a.mx' }, 21213],
  ['what is no number', { to: '2291234567', from: OURS, url: 'https://a.mx' }, 21211],
  ['from what is no number', { to: ANA, from: 'Línea', url: 'https://a.mx' }, 21212],
  ["with somebody else's number", { to: ANA, from: JOSE, url: 'https://a.mx' }, 21210],
  ['with nothing to say', { to: ANA, from: OURS }, 21205],
  ['with what is no address', { to: ANA, from: OURS, url: 'aquí' }, 21205],
  ['and rings for two seconds', { to: ANA, from: OURS, url: 'https://a.mx', timeout: 2 }, 21208],
  ['and presses letters', { to: ANA, from: OURS, url: 'https://a.mx', sendDigits: 'abc' }, 21206],
  [
    'with words that lead nowhere',
    { to: ANA, from: OURS, twiml: '<Response><Redirect>/x</Redirect></Response>' },
    20001,
  ],
  ['with words that cannot be carried out', { to: ANA, from: OURS, twiml: '<Response><Sing/></Response>' }, 20001],
])('refuses to call %s', async (_what, given, code) => {
  expect(await refusal(client.calls.create(given as never))).toEqual({ code, status: 400 });
});

test('a call is led elsewhere while it goes on, and not after', async () => {
  const ana = await inRoom('ana', 'waitUrl=""');
  await client.calls(ana.sid).update({ twiml: raw('<Say>Otra cosa</Say><Pause length="9"/>') });
  expect([ana.heard(), ana.inRoomWith()]).toEqual([['Otra cosa'], []]);
  await client.calls(ana.sid).update({ status: 'completed' });
  expect(ana.state).toBe('completed');
  expect(await refusal(client.calls(ana.sid).update({ status: 'completed' }))).toEqual({ code: 21220, status: 400 });
  expect(await refusal(client.calls(`CA${'0'.repeat(32)}`).fetch())).toEqual({ code: 20404, status: 404 });
});

test('people of a conference: called in by the name of the room, held, silent, whispering, sent out', async () => {
  const telephone = stage.simulator.telephone('operator_maria', 'María');
  const supervisor = stage.simulator.telephone('operator_sofia', 'Sofía');
  const ana = await inRoom('ana', 'statusCallback="/room" statusCallbackEvent="start end join leave mute hold modify"');
  const maria = await client.conferences('sala').participants.create({
    from: OURS,
    to: 'client:operator_maria?legId=7',
    label: 'maria',
    statusCallback: url('/leg'),
    statusCallbackEvent: ['ringing', 'answered', 'completed'],
  });
  expect([maria.label, maria.status]).toEqual(['maria', 'queued']);
  await stage.pass(1);
  expect([ana.inRoomWith(), telephone.current()?.inRoomWith()]).toEqual([['María'], ['Ana Ruiz']]);
  const sala = client.conferences((await room())?.sid ?? '');
  const people = (await sala.participants.list()).map(({ callSid, label, status }) => [callSid, label, status]);
  expect(people).toEqual([
    [ana.sid, null, 'connected'],
    [maria.callSid, 'maria', 'connected'],
  ]);

  await sala.participants(ana.sid).update({ hold: true });
  await stage.simulator.quiet();
  expect([ana.inRoomWith(), telephone.current()?.inRoomWith(), ana.captions().at(-1)?.kind]).toEqual([[], [], 'music']);
  await sala.participants(ana.sid).update({ hold: false });
  await sala.participants.create({
    from: OURS,
    to: 'client:operator_sofia',
    coaching: true,
    callSidToCoach: maria.callSid,
  });
  await stage.pass(1);
  expect([ana.inRoomWith(), telephone.current()?.inRoomWith()]).toEqual([['María'], ['Ana Ruiz', 'Sofía']]);
  expect(supervisor.current()?.inRoomWith()).toEqual(['Ana Ruiz', 'María']);
  await sala.participants('maria').update({ muted: true });
  expect(ana.inRoomWith()).toEqual([]);
  await sala.participants('maria').remove();
  await stage.pass(1);
  expect([telephone.current(), asked('/leg').map(({ CallStatus }) => CallStatus)]).toEqual([
    null,
    ['ringing', 'in-progress', 'completed'],
  ]);
  await sala.update({ status: 'completed' });
  await stage.pass(1);
  const ended = await sala.fetch();
  expect([ended.status, ended.reasonConferenceEnded]).toEqual(['completed', 'conference-ended-via-api']);
  expect(asked('/room').map(({ StatusCallbackEvent }) => StatusCallbackEvent)).toEqual([
    'participant-join',
    'participant-join',
    'conference-start',
    'participant-hold',
    'participant-unhold',
    'participant-join',
    'participant-mute',
    'participant-leave',
    'participant-leave',
    'participant-leave',
    'conference-end',
  ]);
  expect(await refusal(sala.participants(ana.sid).fetch())).toEqual({ code: 20404, status: 404 });
  expect(await refusal(client.conferences('sala').participants('maria').fetch())).toEqual({ code: 20404, status: 404 });
});

test('an operator who dies without a word is missed after ten seconds; who does not answer never came', async () => {
  const telephone = stage.simulator.telephone('operator_maria');
  const ana = await inRoom('ana', 'statusCallback="/room" statusCallbackEvent="join leave"');
  const invite = () =>
    client.conferences('sala').participants.create({ from: OURS, to: 'client:operator_maria', timeout: 15 });
  await invite();
  await stage.pass(1);
  telephone.die();
  await stage.pass(9);
  expect(ana.inRoomWith()).toEqual(['operator_maria']);
  await stage.pass(2);
  expect(ana.inRoomWith()).toEqual([]);
  const again = stage.simulator.telephone('operator_maria');
  again.answers = 'never';
  await invite();
  await stage.pass(21);
  expect(asked('/room').at(-1)).toMatchObject({
    StatusCallbackEvent: 'participant-leave',
    ParticipantCallStatus: 'no-answer',
  });
  expect(ana.state).toBe('in-progress');
});

test('what is said after the tone is recorded, reported, fetched as a sound, and erased', async () => {
  stage.city.says.set(VOICE, raw('<Record action="/said" recordingStatusCallback="/recorded"/><Say>Nada</Say>'));
  stage.city.says.set('/said', raw('<Say>Gracias</Say>'));
  const ana = phone('ana').call();
  await stage.pass(1);
  ana.speak('No hay luz en toda la colonia desde ayer');
  await stage.pass(10);
  expect(ana.heard()).toEqual(['Gracias']);
  const [said] = asked('/said');
  expect(said).toMatchObject({ RecordingSid: expect.stringMatching(/^RE/), Digits: '' });
  await until(() => asked('/recorded').length > 0, { what: 'the report' });
  const sid = String(said?.RecordingSid);
  const recording = await client.recordings(sid).fetch();
  expect(recording).toMatchObject({ status: 'completed', source: 'RecordVerb', callSid: ana.sid });
  expect(Number(recording.duration)).toBeGreaterThan(6);
  const headers = {
    authorization: `Basic ${Buffer.from(`${settings.accountSid}:${settings.authToken}`).toString('base64')}`,
  };
  expect((await fetch(`${said?.RecordingUrl}.wav`)).status).toBe(401);
  const sound = Buffer.from(await (await fetch(`${said?.RecordingUrl}.wav`, { headers })).arrayBuffer());
  expect(sound.toString('latin1', 0, 4)).toBe('RIFF');
  expect(Math.round((sound.length - 44) / 16_000)).toBe(Number(recording.duration));
  await client.recordings(sid).remove();
  expect(await refusal(client.recordings(sid).fetch())).toEqual({ code: 20404, status: 404 });

  phone('jose').call();
  await stage.pass(20);
  expect(asked('/recorded').at(-1)?.RecordingStatus).toBe('completed');
  expect(asked('/said')).toHaveLength(1);
});

test('a call is recorded from outside: begun, paused without a gap, gone on with, ended', async () => {
  const ana = await inRoom('ana');
  const { recordings } = client.calls(ana.sid);
  const made = await recordings.create({ recordingStatusCallback: url('/recorded') });
  expect([made.status, made.duration]).toEqual(['in-progress', '-1']);
  await stage.pass(10);
  await recordings('Twilio.CURRENT').update({ status: 'paused', pauseBehavior: 'skip' });
  await stage.pass(30);
  await recordings(made.sid).update({ status: 'in-progress' });
  await stage.pass(5);
  ana.hangUp();
  await stage.pass(2);
  expect(asked('/recorded')).toMatchObject([
    { RecordingStatus: 'completed', RecordingDuration: '15', CallSid: ana.sid },
  ]);
  expect(await refusal(recordings.create())).toEqual({ code: 21220, status: 400 });
});

test('a conference is recorded from its beginning to its end', async () => {
  const attributes = 'record="record-from-start" recordingStatusCallback="/recorded" endConferenceOnExit="true"';
  await inRoom('ana', attributes);
  await stage.pass(10);
  const jose = await inRoom('jose', attributes);
  await stage.pass(8);
  const sid = (await room())?.sid ?? '';
  jose.hangUp();
  await stage.pass(2);
  expect(asked('/recorded')).toMatchObject([
    { ConferenceSid: sid, RecordingDuration: '8', RecordingSource: 'Conference' },
  ]);
  expect(await client.conferences(sid).recordings.list()).toHaveLength(1);
});

test('whoever waits stands in a queue, and can be taken out of it', async () => {
  stage.city.says.set(VOICE, raw('<Enqueue action="/left">general</Enqueue>'));
  const ana = phone('ana').call();
  await stage.pass(5);
  const [queue] = await client.queues.list();
  expect(queue).toMatchObject({ friendlyName: 'general', currentSize: 1 });
  const members = client.queues(queue?.sid ?? '').members;
  expect((await members.list())[0]).toMatchObject({ callSid: ana.sid, position: 1, waitTime: 5 });
  stage.city.says.set('/taken', raw('<Say>Ya te toca</Say>'));
  await members('Front').update({ url: url('/taken') });
  await stage.simulator.quiet();
  expect([ana.heard(), asked('/left')[0]?.QueueResult]).toEqual([['Ya te toca'], 'redirected']);
  expect(await members.list()).toEqual([]);
});

test('its API fails or is slow on demand; the numbers know where they ask', async () => {
  stage.simulator.trouble({ apiDown: true });
  expect(await refusal(client.calls.list())).toEqual({ code: 20503, status: 503 });
  stage.simulator.trouble({ apiDown: false, apiDelaySeconds: 4 });
  let isThere = false;
  const slow = client.incomingPhoneNumbers.list({ phoneNumber: OURS }).then((list) => {
    isThere = true;
    return list;
  });
  await until(() => stage.timers.waiting().includes(4), { what: 'the slow answer' });
  expect(isThere).toBe(false);
  await stage.pass(4);
  expect((await slow)[0]).toMatchObject({
    voiceUrl: url(VOICE),
    voiceFallbackUrl: url(`${VOICE}/fallback`),
    statusCallback: url(`${VOICE}/status`),
  });
});
