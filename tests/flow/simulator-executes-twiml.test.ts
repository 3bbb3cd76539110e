import twilio from 'twilio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TwilioSettings } from '../../server/contract/messaging.ts';
import { accounts, type SimulatedProvider, startSimulatedProvider } from '../support/simulated-provider.ts';

let stage: SimulatedProvider;
const VOICE = '/webhooks/twilio/voice';

beforeEach(async () => {
  stage = await startSimulatedProvider();
});
afterEach(() => stage.close());

const twiml = () => new twilio.twiml.VoiceResponse();
const raw = (inner: string) => `<?xml version="1.0" encoding="UTF-8"?><Response>${inner}</Response>`;
const says = (document: string | { toString(): string }, path = VOICE) => stage.city.says.set(path, String(document));
const asked = (path: string) => stage.city.received.filter((one) => one.path.split('?')[0] === path);
const last = (path: string) => asked(path).at(-1)?.fields;

async function call(person = 'ana') {
  const made = stage.simulator.phone(person, 'voz').call();
  await stage.simulator.quiet();
  return made;
}

test('a call is asked for signed, answered by the first instruction, spoken at a pace, and reported when it is over', async () => {
  const settings = stage.simulator.settingsFor(accounts.voice) as TwilioSettings;
  const document = twiml();
  document.say({ language: 'es-MX', voice: 'Polly.Mia' }, 'Bienvenida a la línea de la ciudad.');
  document.pause({ length: 2 });
  document.say({ language: 'es-MX' }, 'Adiós.');
  says(document);
  const phone = await call();
  const [request] = asked(VOICE);
  expect(request?.fields).toMatchObject({
    From: '+522291234567',
    To: accounts.voice.address,
    Direction: 'inbound',
    CallStatus: 'ringing',
    AccountSid: settings.accountSid,
  });
  const signature = String(request?.headers['x-twilio-signature']);
  expect(
    twilio.validateRequest(settings.authToken, signature, `${stage.city.url}${VOICE}`, request?.fields ?? {}),
  ).toBe(true);
  expect([phone.state, phone.heard()]).toEqual(['in-progress', ['Bienvenida a la línea de la ciudad.']]);
  await stage.pass(4);
  expect(phone.heard()).toHaveLength(1);
  await stage.pass(1);
  expect([phone.state, phone.heard()[1]]).toEqual(['completed', 'Adiós.']);
  expect(last(`${VOICE}/status`)).toMatchObject({ CallStatus: 'completed', CallDuration: '5', CallSid: phone.sid });
});

test('Gather waits five seconds for keys after its words, then goes on with what comes next', async () => {
  says(raw('<Gather action="/keys"><Say language="es-MX">Marca.</Say></Gather><Say language="es-MX">Nada.</Say>'));
  const phone = await call();
  phone.speak('Hola');
  await stage.pass(5.4);
  expect(phone.heard()).toEqual(['Marca.']);
  await stage.pass(0.2);
  expect([phone.heard(), asked('/keys')]).toEqual([['Marca.', 'Nada.'], []]);
});

test('keys cut its words short; the last key, enough of them, or silence ends it', async () => {
  const ask = (attributes: string) =>
    raw(`<Gather action="/keys" ${attributes}><Say>${'a'.repeat(300)}</Say></Gather>`);
  for (const [attributes, keys, digits, finished] of [
    ['', '12#', '12', '#'],
    ['', '#7#', '7', '#'],
    ['numDigits="1"', '34', '3', ''],
    ['finishOnKey="*"', '#1*', '#1', '*'],
    ['finishOnKey=""  numDigits="2"', '##', '##', ''],
  ] as const) {
    says(ask(attributes));
    says(raw('<Hangup/>'), '/keys');
    const phone = await call();
    phone.press(keys);
    await stage.pass(0.1);
    expect([attributes, last('/keys')]).toMatchObject([attributes, { Digits: digits, FinishedOnKey: finished }]);
    expect(phone.state).toBe('completed');
  }
  says(ask('timeout="3"'));
  const phone = await call();
  phone.press('55');
  await stage.pass(2.9);
  expect(phone.state).toBe('in-progress');
  await stage.pass(0.2);
  expect(last('/keys')?.Digits).toBe('55');
});

test('words are recognised once they end; whatever is not asked for is not heard', async () => {
  says(
    raw(
      '<Gather input="dtmf speech" language="es-MX" speechTimeout="auto" action="/heard"><Say>¿Qué pasa?</Say></Gather>',
    ),
  );
  says(raw('<Gather input="speech" actionOnEmptyResult="true" action="/again"/>'), '/heard');
  says(raw('<Hangup/>'), '/again');
  const phone = await call();
  phone.speak('Hay un bache', { confidence: 0.71 });
  phone.speak('en mi calle');
  await stage.pass(0.5);
  expect(asked('/heard')).toEqual([]);
  await stage.pass(2);
  expect(last('/heard')).toMatchObject({ SpeechResult: 'Hay un bache en mi calle', Confidence: '0.71' });
  expect(last('/heard')).not.toHaveProperty('Digits');
  phone.press('1');
  await stage.pass(5);
  expect(asked('/again')).toHaveLength(1);
  expect(last('/again')).not.toHaveProperty('SpeechResult');
});

test('a queue is waited in, its document over and over, until it is left', async () => {
  says(raw('<Enqueue waitUrl="/wait" action="/left">general</Enqueue>'));
  says(raw('<Say>Espera</Say><Gather numDigits="1" timeout="2" action="/key"/>'), '/wait');
  says(raw('<Leave/>'), '/key');
  says(raw('<Hangup/>'), '/left');
  const phone = await call();
  const other = await call('jose');
  expect(asked('/wait').map(({ fields }) => fields.QueuePosition)).toEqual(['1', '2']);
  await stage.pass(8);
  expect(phone.heard().length).toBeGreaterThan(2);
  expect(Number(last('/wait')?.QueueTime)).toBeGreaterThan(4);
  phone.press('1');
  await stage.pass(0.1);
  expect(last('/left')).toMatchObject({ QueueResult: 'leave', CallSid: phone.sid });
  other.hangUp();
  await stage.simulator.quiet();
  expect(last('/left')).toMatchObject({ QueueResult: 'hangup', CallSid: other.sid, CallStatus: 'completed' });
});

test('a conference begins with the second who comes; until then there is music', async () => {
  const room = (attributes: string) =>
    raw(
      `<Dial action="/after"><Conference waitUrl="/music" statusCallback="/room" statusCallbackEvent="start end join leave" ${attributes}>sala</Conference></Dial>`,
    );
  says(room('startConferenceOnEnter="true"'));
  says(raw('<Say>Ya casi</Say><Pause length="5"/>'), '/music');
  const ana = await call();
  await stage.pass(7);
  expect([ana.heard(), ana.inRoomWith()]).toEqual([['Ya casi', 'Ya casi'], []]);
  says(room('endConferenceOnExit="true"'));
  const jose = await call('jose');
  expect([ana.inRoomWith(), jose.inRoomWith()]).toEqual([['José Manuel Uscanga'], ['Ana Ruiz']]);
  jose.speak('¿Bueno?');
  expect(ana.captions().at(-1)).toMatchObject({ kind: 'voice', text: '¿Bueno?', from: 'José Manuel Uscanga' });
  says(raw('<Say>Adiós</Say>'), '/after');
  jose.hangUp();
  await stage.pass(1);
  expect([ana.state, ana.heard().at(-1)]).toEqual(['completed', 'Adiós']);
  expect(asked('/room').map(({ fields }) => fields.StatusCallbackEvent)).toEqual([
    'participant-join',
    'participant-join',
    'conference-start',
    'participant-leave',
    'participant-leave',
    'conference-end',
  ]);
  expect(asked('/room').map(({ fields }) => fields.SequenceNumber)).toEqual(['1', '2', '3', '4', '5', '6']);
});

test('Dial rings a number for thirty seconds, joins whoever answers, and says how it went', async () => {
  says(raw('<Dial action="/after"><Number>+522299876543</Number></Dial>'));
  says(raw('<Say>Colgó</Say>'), '/after');
  const ana = await call();
  await stage.pass(1);
  const jose = stage.simulator.phone('jose', 'voz');
  expect(jose.currentCall()).toMatchObject({ state: 'ringing', from: '+522291234567' });
  jose.currentCall()?.answer();
  await stage.pass(20);
  expect([ana.inRoomWith(), jose.currentCall()?.inRoomWith()]).toEqual([['José Manuel Uscanga'], ['Ana Ruiz']]);
  jose.currentCall()?.hangUp();
  await stage.pass(1);
  expect(last('/after')).toMatchObject({ DialCallStatus: 'completed', DialCallDuration: '20', DialBridged: 'true' });
  expect(ana.state).toBe('completed');
  for (const [what, status, seconds] of [
    [() => jose.currentCall()?.decline(), 'busy', 1],
    [() => {}, 'no-answer', 31],
  ] as const) {
    await call();
    await stage.pass(1);
    what();
    await stage.pass(seconds);
    expect(last('/after')?.DialCallStatus).toBe(status);
    await stage.pass(1);
  }
});

test.each([
  [12_100, '<Response><Say>a & b</Say></Response>'],
  [12_100, '<Response><Say>a</Response>'],
  [12_102, '<Answer/>'],
  [12_200, raw('<Speak>Hola</Speak>')],
  [12_200, raw('<Say speed="2">Hola</Say>')],
  [12_200, raw('Hola')],
  [11_750, raw(`<!--${'a'.repeat(65_536)}-->`)],
  [13_520, raw(`<Say>${'a'.repeat(4_097)}</Say>`)],
  [13_520, raw('<Say></Say>')],
  [13_511, raw('<Say voice="Mia">Hola</Say>')],
  [13_313, raw('<Gather timeout="soon"/>')],
  [13_310, raw('<Gather finishOnKey="12"/>')],
  [13_320, raw('<Gather><Dial>+522299876543</Dial></Gather>')],
  [13_612, raw('<Record maxLength="0"/>')],
  [13_223, raw('<Dial>2299876543</Dial>')],
  [13_214, raw('<Dial callerId="+15005550006">+522299876543</Dial>')],
  [13_237, raw('<Dial><Conference></Conference></Dial>')],
  [13_215, raw('<Dial><Sip>sip:a@b.mx</Sip></Dial>')],
  [14_205, raw(`<Enqueue>${'a'.repeat(65)}</Enqueue>`)],
  [13_710, raw('<Redirect method="PUT">/x</Redirect>')],
  [13_910, raw('<Pause length="-1"/>')],
])('error %i: the fallback is asked, and what it says is carried out', async (code, document) => {
  says(document);
  says(raw('<Say language="es-MX">Un momento</Say><Pause length="60"/>'), `${VOICE}/fallback`);
  const phone = await call();
  expect(last(`${VOICE}/fallback`)).toMatchObject({ ErrorCode: String(code), ErrorUrl: `${stage.city.url}${VOICE}` });
  expect([phone.state, phone.heard()]).toEqual(['in-progress', ['Un momento']]);
  expect(stage.simulator.telephony.office.faults[0]).toMatchObject({ code, callSid: phone.sid });
});

test('a city that fails, says nothing or no XML is asked at the fallback; failing there too, an apology ends it', async () => {
  says(raw('<Say>Sigo aquí</Say><Pause length="9"/>'), `${VOICE}/fallback`);
  for (const [answers, code] of [
    [[500], '11200'],
    [[null, null], '11205'],
  ] as const) {
    stage.city.answers.push(...answers);
    const phone = await call();
    await stage.pass(1.1);
    expect([last(`${VOICE}/fallback`)?.ErrorCode, phone.heard()]).toEqual([code, ['Sigo aquí']]);
    phone.hangUp();
    await stage.simulator.quiet();
  }
  stage.city.answers.push(200, 500);
  const phone = await call();
  await stage.pass(10);
  expect([phone.heard(), phone.state]).toEqual([['An application error has occurred. Goodbye.'], 'completed']);
});

test('instructions are asked for at once and twice, reports late, when that is wanted', async () => {
  stage.simulator.trouble({ double: true, delaySeconds: 30 });
  says(raw('<Say>Hola</Say>'));
  const phone = await call();
  expect([phone.heard(), asked(VOICE).length]).toEqual([['Hola'], 2]);
  await stage.pass(29);
  expect([phone.state, asked(`${VOICE}/status`).length]).toEqual(['completed', 0]);
  await stage.pass(3);
  expect(asked(`${VOICE}/status`)).toHaveLength(2);
});

test('what is whispered to who is called is not for the caller; a whisper that cannot be had ends only their end', async () => {
  says(raw('<Dial action="/after"><Number url="/whisper">+522299876543</Number></Dial>'));
  says(raw('<Say>Te llama un vecino</Say>'), '/whisper');
  says(raw('<Hangup/>'), '/after');
  const ana = await call();
  const pick = async () => {
    await stage.pass(1);
    stage.simulator.phone('jose', 'voz').currentCall()?.answer();
    await stage.pass(3);
  };
  await pick();
  const jose = stage.simulator.phone('jose', 'voz').currentCall();
  expect([jose?.heard(), ana.heard(), ana.inRoomWith()]).toEqual([['Te llama un vecino'], [], ['José Manuel Uscanga']]);
  ana.hangUp();
  await stage.simulator.quiet();
  says(raw('<Enqueue>x</Enqueue>'), '/whisper');
  await call();
  await pick();
  expect(last('/after')).toMatchObject({ DialCallStatus: 'failed', DialBridged: 'false' });
});

test('documents that lead round in circles are stopped', async () => {
  says(raw(`<Redirect>${VOICE}</Redirect>`));
  const phone = await call();
  expect(last(`${VOICE}/fallback`)?.ErrorCode).toBe('11215');
  expect(phone.state).not.toBe('ringing');
});
