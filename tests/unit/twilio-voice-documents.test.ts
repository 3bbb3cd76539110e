import { describe, expect, test } from 'vitest';
import { readTwiml } from '../../channels/simulator/voice/twiml/read-twiml.ts';
import { renderSteps } from '../../channels/voice/twilio/render-steps.ts';
import { createVoiceUrls, type Question } from '../../channels/voice/twilio/voice-urls.ts';
import type { CallStep, Spoken } from '../../server/contract/voice.ts';

const CALL = '0b0e8f0c-6c0c-4d2a-9b8e-2f6f0f6f0f6f';
const urls = createVoiceUrls(() => 'https://linea.example.org/');
const voices = { es: 'Polly.Mia-Neural', en: 'Polly.Joanna-Neural' };
const begun: Question = { turn: null, after: null };
const hello: Spoken = { text: 'Hola', locale: 'es' };

/** Read back as Twilio reads it: with its own choices where we make none, and refused where it would refuse. */
function read(steps: readonly CallStep[], asked: Question = begun, musicSeconds: number | null = 24) {
  return readTwiml(renderSteps(steps, asked, { urls, voices, musicSeconds }), 'https://linea.example.org/asked');
}
const at = (path: string) => ({
  url: `https://linea.example.org/webhooks/twilio/voice${path}#rc=5&rp=5xx,ct,rt`,
  method: 'POST',
});
const said = (text: string, language = 'es-MX', voice = 'Polly.Mia-Neural') => ({
  verb: 'Say',
  text,
  language,
  voice,
  loop: 1,
});

describe('what a caller hears', () => {
  test('is spoken in their language, by a voice of it', () => {
    const [spanish, english] = read([
      { do: 'say', say: hello },
      { do: 'say', say: { text: 'Hello', locale: 'en' } },
    ]);
    expect(spanish).toEqual(said('Hola'));
    expect(english).toEqual(said('Hello', 'en-US', 'Polly.Joanna-Neural'));
  });

  test('may hold anything that somebody wrote', () => {
    const text = 'Ana & «Beto» <3 "sí" \u0007\ud800 fin';
    expect(read([{ do: 'hangUp', say: [{ text, locale: 'es' }] }])[0]).toMatchObject({
      text: 'Ana & «Beto» <3 "sí" \ufffd fin',
    });
  });

  test('is cut between sentences where it is longer than Twilio takes', () => {
    const text = 'Una frase cualquiera de un artículo. '.repeat(200);
    const pieces = read([{ do: 'hangUp', say: [{ text, locale: 'es' }] }]).flatMap((verb) =>
      verb.verb === 'Say' ? [verb.text] : [],
    );
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.every((piece) => piece.length <= 3_000 && piece.endsWith('.'))).toBe(true);
    expect(pieces.join(' ')).toBe(text.trim());
  });
});

test('a question listens to keys and speech in their language, and silence is an answer', () => {
  const ask: CallStep = {
    do: 'ask',
    turn: 3,
    say: [hello],
    keys: { most: 6, finishOn: '#' },
    speech: true,
    hints: ['bache', 'luz, agua'],
    waitSeconds: 5,
    locale: 'es',
  };
  const [gather, redirect] = read([ask]);
  expect(gather).toMatchObject({
    verb: 'Gather',
    action: at('/step?turn=3&after=ask'),
    dtmf: true,
    speech: true,
    language: 'es-MX',
    timeout: 5,
    speechTimeout: 'auto',
    finishOnKey: '#',
    numDigits: 6,
    actionOnEmptyResult: true,
    hints: ['bache', 'luz agua'],
    prompts: [said('Hola')],
  });
  expect(redirect).toEqual({ verb: 'Redirect', to: at('/step?turn=3&after=ask') });
  expect(read([{ ...ask, keys: { most: 1, finishOn: null }, speech: false, locale: 'en' }])[0]).toMatchObject({
    dtmf: true,
    speech: false,
    language: 'en-US',
    finishOnKey: '',
    numDigits: 1,
  });
});

describe('who waits', () => {
  const wait: CallStep = { do: 'wait', turn: 8, say: [hello], seconds: 40, keys: '12', locale: 'es' };

  test('goes into a queue, in which the same question is asked again', () => {
    expect(read([wait], { turn: 7, after: 'ask' })).toEqual([
      {
        verb: 'Enqueue',
        queue: 'linea',
        action: at('/step?turn=7&after=queue'),
        wait: at('/step?turn=7&after=ask&queue=in'),
      },
    ]);
  });

  test('hears their place and music there, and can press a key all the while', () => {
    const next = at('/step?turn=8&after=wait&queue=in');
    expect(read([wait], { turn: 7, after: 'ask', inQueue: true })).toMatchObject([
      {
        verb: 'Gather',
        action: next,
        dtmf: true,
        speech: false,
        numDigits: 1,
        actionOnEmptyResult: true,
        prompts: [
          said('Hola'),
          { verb: 'Play', url: 'https://linea.example.org/webhooks/twilio/voice/music', loop: 2 },
        ],
      },
      { verb: 'Redirect', to: next },
    ]);
  });

  test('of music of the city whose length nobody knows hears one playing', () => {
    const [gather] = read([wait], { turn: 7, after: 'ask', inQueue: true }, null);
    expect(gather).toMatchObject({ prompts: [said('Hola'), { verb: 'Play', loop: 1 }] });
  });

  test('waits without a queue where it is full', () => {
    expect(read([wait], { turn: 7, after: 'wait', noQueue: true })[0]).toMatchObject({
      verb: 'Gather',
      action: at('/step?turn=8&after=wait&queue=none'),
    });
  });

  test('leaves the queue for whatever else comes', () => {
    const join: CallStep = { do: 'join', turn: 9, callId: CALL, say: [hello] };
    expect(read([join], { turn: 8, after: 'wait', inQueue: true })).toEqual([{ verb: 'Leave' }]);
  });

  test('was called out of the blue: what is to be said is said before the queue', () => {
    expect(read([wait], begun)).toMatchObject([
      said('Hola'),
      { verb: 'Enqueue', wait: at('/step?turn=8&after=wait&queue=in') },
    ]);
  });
});

test('a room bears the id of the call, and goes on when somebody leaves it', () => {
  const [spoken, dial] = read([{ do: 'join', turn: 9, callId: CALL, say: [hello] }]);
  expect(spoken).toEqual(said('Hola'));
  expect(dial).toMatchObject({
    verb: 'Dial',
    action: at('/step?turn=9&after=join'),
    to: {
      noun: 'Conference',
      name: CALL,
      label: CALL,
      beep: 'false',
      startOnEnter: true,
      endOnExit: false,
      wait: { url: 'https://linea.example.org/webhooks/twilio/voice/music', method: 'GET' },
      reports: { ...at('/room'), events: ['start', 'end', 'join', 'leave', 'hold'] },
    },
  });
});

test('other steps go on by themselves too', () => {
  expect(read([{ do: 'pause', turn: 4, seconds: 1 }])).toEqual([
    { verb: 'Pause', seconds: 1 },
    { verb: 'Redirect', to: at('/step?turn=4&after=pause') },
  ]);
  expect(read([{ do: 'record', turn: 5, say: [hello], mostSeconds: 120 }])).toMatchObject([
    said('Hola'),
    { verb: 'Record', action: at('/step?turn=5&after=record'), maxLength: 120, finishOnKey: '#', playBeep: true },
    { verb: 'Redirect', to: at('/step?turn=5&after=record') },
  ]);
  const dial = { do: 'dial', turn: 6, say: [], number: '+522299876543', callerId: '+522291000400' } as const;
  expect(read([{ ...dial, ringSeconds: 2 }])).toMatchObject([
    {
      verb: 'Dial',
      action: at('/step?turn=6&after=dial'),
      callerId: '+522291000400',
      timeout: 5,
      to: [{ noun: 'Number', to: '+522299876543' }],
    },
  ]);
  expect(read([{ do: 'hangUp', say: [hello] }])).toEqual([said('Hola'), { verb: 'Hangup' }]);
  expect(read([])).toEqual([{ verb: 'Redirect', to: at('/step') }]);
});
