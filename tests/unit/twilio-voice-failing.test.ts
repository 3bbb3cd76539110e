import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readTwiml } from '../../channels/simulator/voice/twiml/read-twiml.ts';
import type { TwilioAccount } from '../../channels/twilio/twilio-account.ts';
import { createTwilioVoiceDoors } from '../../channels/voice/twilio/voice-doors.ts';
import { createVoiceUrls } from '../../channels/voice/twilio/voice-urls.ts';
import type { CallHost, CallMoment } from '../../server/contract/voice.ts';

const PUBLIC = 'https://linea.example.org';
const account: TwilioAccount = {
  id: 'voz',
  channel: 'voice',
  provider: 'twilio',
  name: 'Línea',
  address: '+522291000400',
  messagesPerSecond: 10,
  simulated: false,
  settings: {
    provider: 'twilio',
    accountSid: `AC${'0'.repeat(32)}`,
    authToken: 'a token for tests',
    messagingServiceSid: null,
    apiKey: null,
    voices: { es: 'Polly.Mia-Neural', en: 'Polly.Joanna-Neural' },
    apiUrl: 'https://api.twilio.com',
  },
};

let asked: CallMoment[];
let answer: CallHost['next'];
const failures: unknown[] = [];
const doors = createTwilioVoiceDoors({
  accounts: [account],
  host: {
    next(moment) {
      asked.push(moment);
      return answer(moment);
    },
    report: async () => {},
    findCall: async () => null,
  },
  urls: createVoiceUrls(() => PUBLIC),
  musicSeconds: 24,
  now: () => new Date(),
  failed: (error) => failures.push(error),
});

beforeEach(() => {
  asked = [];
  failures.length = 0;
  vi.useFakeTimers({ now: new Date('2026-11-22T14:00:00Z') });
});
afterEach(() => void vi.useRealTimers());

async function ask(to: string, fields: Record<string, string> = {}) {
  const url = to.split('#')[0] ?? '';
  const form = {
    AccountSid: account.settings.accountSid,
    CallSid: `CA${'1'.repeat(32)}`,
    From: '+522291234567',
    To: account.address,
    Direction: 'inbound',
    CallStatus: 'in-progress',
    ...fields,
  };
  const door = doors.find(({ path }) => path === new URL(url).pathname);
  const signature = getExpectedTwilioSignature(account.settings.authToken, url, form);
  const answered = await door?.answer({
    method: 'POST',
    url,
    headers: { 'x-twilio-signature': signature },
    rawBody: Buffer.from(new URLSearchParams(form).toString()),
  });
  return readTwiml(answered?.body ?? '', url);
}
const redirectOf = (verbs: Awaited<ReturnType<typeof ask>>): string => {
  const last = verbs.at(-1);
  return last?.verb === 'Redirect' ? last.to.url : '';
};
const STEP = `${PUBLIC}/webhooks/twilio/voice/step?turn=4&after=ask`;
const goodbye = [{ do: 'hangUp', say: [] }] as const;

test('who cannot be answered is told so, and what they said is not lost', async () => {
  answer = async () => {
    throw new Error('the database is away');
  };
  const verbs = await ask(STEP, { SpeechResult: 'hay un bache en Allende', Confidence: '0.8' });
  expect(verbs.map(({ verb }) => verb)).toEqual(['Say', 'Say', 'Pause', 'Redirect']);
  expect(failures).toHaveLength(1);

  answer = async () => [...goodbye];
  expect((await ask(redirectOf(verbs))).map(({ verb }) => verb)).toEqual(['Hangup']);
  const [first, again] = asked.map(({ turn, heard }) => ({ turn, heard }));
  expect(again).toEqual(first);
  expect(again?.heard).toEqual({ kind: 'speech', text: 'hay un bache en Allende', confidence: 0.8 });
});

test('the same while it takes too long: nobody is left in silence', async () => {
  answer = () => new Promise(() => {});
  const waiting = ask(STEP, { Digits: '2' });
  await vi.advanceTimersByTimeAsync(9_000);
  expect((await waiting).map(({ verb }) => verb)).toEqual(['Say', 'Say', 'Pause', 'Redirect']);
});

test('a call that cannot begin begins again', async () => {
  answer = async () => {
    throw new Error('the database is away');
  };
  const verbs = await ask(`${PUBLIC}/webhooks/twilio/voice`, { CallStatus: 'ringing' });
  await ask(redirectOf(verbs));
  expect(asked.map(({ heard }) => heard.kind)).toEqual(['began', 'began']);
});

test('after a quarter of an hour they are asked to call again', async () => {
  answer = async () => {
    throw new Error('the database is away');
  };
  let to = STEP;
  let seconds = 0;
  for (;;) {
    const verbs = await ask(to);
    for (const one of verbs) if (one.verb === 'Pause') seconds += one.seconds;
    to = redirectOf(verbs);
    if (!to) break;
  }
  expect(seconds).toBeGreaterThan(10 * 60);
  expect(seconds).toBeLessThan(20 * 60);
});

test('somebody whom we called may answer before it is known which call that is', async () => {
  answer = async () => [...goodbye];
  const verbs = await ask(`${PUBLIC}/webhooks/twilio/voice?call=0b0e8f0c-6c0c-4d2a-9b8e-2f6f0f6f0f6f`, {
    Direction: 'outbound-api',
    From: account.address,
    To: '+522291234567',
  });
  expect(verbs.map(({ verb }) => verb)).toEqual(['Pause', 'Redirect']);
  expect(asked).toEqual([]);
});

test('what is recorded, dialled and waited for is told as what it is', async () => {
  answer = async () => [...goodbye];
  const after = (what: string) => `${PUBLIC}/webhooks/twilio/voice/step?turn=2&after=${what}`;
  const sid = `RE${'2'.repeat(32)}`;
  await ask(after('record'), {
    RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/AC/Recordings/${sid}`,
    RecordingDuration: '12',
    Digits: 'hangup',
    CallStatus: 'completed',
  });
  await ask(after('record'));
  await ask(after('dial'), { DialCallStatus: 'no-answer' });
  await ask(after('wait'), { Digits: '1' });
  await ask(after('wait'));
  await ask(after('join'), { DialCallStatus: 'completed' });
  await ask(after('queue'), { QueueResult: 'leave' });
  await ask(after('queue'), { QueueResult: 'queue-full' });
  expect(asked.map(({ heard }) => heard)).toEqual([
    { kind: 'recorded', source: { sid }, milliseconds: 12_000, at: new Date('2026-11-22T13:59:48Z') },
    { kind: 'silence' },
    { kind: 'dialled', result: 'no_answer' },
    { kind: 'keys', digits: '1' },
    { kind: 'again' },
    { kind: 'again' },
    { kind: 'again' },
    { kind: 'again' },
  ]);
  expect(redirectOf(await ask(after('queue'), { QueueResult: 'redirected' }))).toContain('/step#');
  expect(await ask(after('queue'), { QueueResult: 'hangup' })).toEqual([]);
  expect(asked).toHaveLength(8);
});
