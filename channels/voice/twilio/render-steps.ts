import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import type { CallStep } from '../../../server/contract/voice.ts';
import { LANGUAGES, speak, type Voices } from './speech.ts';
import type { Question, VoiceUrls } from './voice-urls.ts';

export interface Renderer {
  urls: VoiceUrls;
  voices: Voices;
  /** How long one playing of the hold music takes, in seconds; null: nobody knows, it is played once. */
  musicSeconds: number | null;
}

type Document = InstanceType<typeof VoiceResponse>;
type Step<Do extends CallStep['do']> = Extract<CallStep, { do: Do }>;

const POST = 'POST';
/** The name of Twilio's queue. Who is next is decided here, so that one holds them all. */
const QUEUE = 'linea';
/** Twilio's bounds. */
const MOST_HINTS = 100;
const HINT_LENGTH = 100;
const RING = { least: 5, most: 600 } as const;
/** Silence after which somebody who leaves a message has said it. */
const MESSAGE_OVER_SECONDS = 6;
export const ROOM_EVENTS = ['start', 'end', 'join', 'leave', 'hold'] as const;

/**
 * Steps as a document that Twilio carries out. Whatever happens it goes on by itself: where an answer may be missing, it
 * ends by asking what next.
 * @param asked the question that these steps answer: asked again, it gets the same
 */
export function renderSteps(steps: readonly CallStep[], asked: Question, renderer: Renderer): string {
  const response = new VoiceResponse();
  const last = steps.at(-1);
  // In a queue there is only waiting: everything else is done outside, where the same question is asked again.
  if (asked.inQueue && last?.do !== 'wait') {
    response.leave();
    return response.toString();
  }
  for (const step of steps) renderStep(response, step, asked, renderer);
  if (!last || last.do === 'say') response.redirect({ method: POST }, renderer.urls.step({ turn: null, after: null }));
  return response.toString();
}

function renderStep(response: Document, step: CallStep, asked: Question, renderer: Renderer): void {
  const { urls, voices } = renderer;
  switch (step.do) {
    case 'say':
      speak(response, [step.say], voices);
      break;
    case 'ask':
      renderAsk(response, step, renderer);
      break;
    case 'wait':
      if (asked.inQueue || asked.noQueue) renderWait(response, step, asked, renderer);
      else enterQueue(response, step, asked, renderer);
      break;
    case 'pause':
      response.pause({ length: Math.max(1, Math.round(step.seconds)) });
      response.redirect({ method: POST }, urls.step({ turn: step.turn, after: 'pause' }));
      break;
    case 'record':
      renderRecord(response, step, renderer);
      break;
    case 'join':
      renderJoin(response, step, renderer);
      break;
    case 'dial':
      renderDial(response, step, renderer);
      break;
    case 'hangUp':
      speak(response, step.say, voices);
      response.hangup();
  }
}

/** Every attribute is named: Twilio's own choices are English, keys alone, and silence that asks nothing. */
function renderAsk(response: Document, step: Step<'ask'>, { urls, voices }: Renderer): void {
  const action = urls.step({ turn: step.turn, after: 'ask' });
  const byKeys = step.keys.most > 0;
  const gather = response.gather({
    action,
    method: POST,
    input: [...(byKeys ? (['dtmf'] as const) : []), ...(step.speech || !byKeys ? (['speech'] as const) : [])],
    language: LANGUAGES[step.locale],
    actionOnEmptyResult: true,
    timeout: Math.max(1, Math.round(step.waitSeconds)),
    ...(byKeys ? { numDigits: step.keys.most, finishOnKey: step.keys.finishOn ?? '' } : {}),
    // Insults are heard as they are: who is threatened repeats them.
    ...(step.speech ? { speechTimeout: 'auto', hints: hintsOf(step.hints), profanityFilter: false } : {}),
  });
  speak(gather, step.say, voices);
  response.redirect({ method: POST }, action);
}

const hintsOf = (hints: readonly string[]): string =>
  hints
    .slice(0, MOST_HINTS)
    .map((hint) =>
      hint
        .replace(/[,\s]+/g, ' ')
        .slice(0, HINT_LENGTH)
        .trim(),
    )
    .filter(Boolean)
    .join(', ');

/** Into Twilio's queue, whose own documents then ask this same question: what is said there can be cut short by a key. */
function enterQueue(response: Document, step: Step<'wait'>, asked: Question, { urls, voices }: Renderer): void {
  const same = asked.turn === null ? { turn: step.turn, after: 'wait' as const } : asked;
  if (asked.turn === null) speak(response, step.say, voices);
  response.enqueue(
    {
      action: urls.step({ ...same, after: 'queue' }),
      method: POST,
      waitUrl: urls.step({ ...same, inQueue: true }),
      waitUrlMethod: POST,
    },
    QUEUE,
  );
}

function renderWait(response: Document, step: Step<'wait'>, asked: Question, renderer: Renderer): void {
  const { urls, voices, musicSeconds } = renderer;
  const { inQueue = false, noQueue = false } = asked;
  const next = urls.step({ turn: step.turn, after: 'wait', inQueue, noQueue });
  const listening = step.keys
    ? response.gather({
        action: next,
        method: POST,
        input: ['dtmf'],
        language: LANGUAGES[step.locale],
        numDigits: 1,
        finishOnKey: '',
        timeout: 1,
        actionOnEmptyResult: true,
      })
    : response;
  speak(listening, step.say, voices);
  const loop = musicSeconds === null ? 1 : Math.max(1, Math.round(step.seconds / musicSeconds));
  listening.play({ loop }, urls.music());
  response.redirect({ method: POST }, next);
}

function renderRecord(response: Document, step: Step<'record'>, { urls, voices }: Renderer): void {
  const action = urls.step({ turn: step.turn, after: 'record' });
  speak(response, step.say, voices);
  response.record({
    action,
    method: POST,
    maxLength: step.mostSeconds,
    timeout: MESSAGE_OVER_SECONDS,
    finishOnKey: '#',
    playBeep: true,
  });
  // Nobody said anything: then there is no recording, and Twilio goes on here.
  response.redirect({ method: POST }, action);
}

function renderJoin(response: Document, step: Step<'join'>, { urls, voices }: Renderer): void {
  speak(response, step.say, voices);
  const dial = response.dial({ action: urls.step({ turn: step.turn, after: 'join' }), method: POST });
  dial.conference(
    {
      participantLabel: step.callId,
      startConferenceOnEnter: true,
      endConferenceOnExit: false,
      beep: 'false',
      waitUrl: urls.music(),
      waitMethod: 'GET',
      statusCallback: urls.room(),
      statusCallbackEvent: [...ROOM_EVENTS],
      statusCallbackMethod: POST,
    },
    step.callId,
  );
}

function renderDial(response: Document, step: Step<'dial'>, { urls, voices }: Renderer): void {
  speak(response, step.say, voices);
  const dial = response.dial({
    action: urls.step({ turn: step.turn, after: 'dial' }),
    method: POST,
    callerId: step.callerId,
    timeout: boundedRing(step.ringSeconds),
    answerOnBridge: true,
  });
  dial.number(step.number);
}

/** As long as Twilio lets a telephone ring. */
export const boundedRing = (seconds: number): number => Math.min(RING.most, Math.max(RING.least, Math.round(seconds)));
