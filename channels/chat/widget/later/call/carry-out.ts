import type { CallStep, Spoken } from '../../../../../server/contract/voice.ts';
import type { HoldMusic } from '../../../../../softphone/hold-music.ts';
import type { Store } from '../../state/store.ts';
import { type Answers, askFor, type Heard } from './answers.ts';
import type { CallState } from './call-state.ts';
import type { Speaker } from './speaker.ts';
import { record, tone } from './voicemail.ts';

/** What a step needs of the screen and of the device. */
export interface Stage {
  store: Store<CallState>;
  speaker: Speaker;
  audio: AudioContext;
  music: HoldMusic;
  microphone(): MediaStream | null;
  caption(by: 'line' | 'you', text: string): void;
  answer(answers: Answers | null): void;
  /** Sends up what was recorded. @returns its id */
  keep(file: File): Promise<string>;
}

/** Steps that end by themselves; `join`, `dial` and `hangUp` are for whoever holds the call. */
export type OwnStep = Exclude<CallStep, { do: 'join' | 'dial' | 'hangUp' }>;

/** Carries out one step. @returns what was heard; null: nothing, the next step follows */
export async function carryOut(step: OwnStep, stage: Stage, signal: AbortSignal): Promise<Heard | null> {
  const { store } = stage;
  switch (step.do) {
    case 'say':
      await speakAll(stage, [step.say], signal);
      return null;
    case 'ask': {
      store.set({ phase: 'bot' });
      const hasMicrophone = stage.microphone() !== null;
      const say = (cut: AbortSignal) => speakAll(stage, step.say, cut);
      const heard = await askFor(step, { store, hasMicrophone, say, answer: stage.answer }, signal);
      if (heard.kind === 'speech') stage.caption('you', heard.text);
      if (heard.kind === 'keys') stage.caption('you', heard.digits);
      return heard;
    }
    case 'pause':
      await over(step.seconds * 1_000, signal);
      return { kind: 'again' };
    case 'wait':
      return wait(step, stage, signal);
    case 'record':
      return leaveMessage(step, stage, signal);
  }
}

/** All of it is on the screen at once; the voice follows. */
export async function speakAll(
  { speaker, caption }: Pick<Stage, 'speaker' | 'caption'>,
  words: readonly Spoken[],
  signal: AbortSignal,
): Promise<void> {
  for (const { text } of words) caption('line', text);
  for (const spoken of words) await speaker.say(spoken, signal);
}

async function wait(step: Extract<CallStep, { do: 'wait' }>, stage: Stage, signal: AbortSignal): Promise<Heard> {
  const { store, music } = stage;
  store.set({ phase: 'queue', asked: step.keys ? { speech: false, keys: true } : null });
  const done = new AbortController();
  signal.addEventListener('abort', () => done.abort());
  let heard: Heard = { kind: 'again' };
  const press = (key: string) => {
    if (!step.keys.includes(key)) return;
    stage.caption('you', key);
    heard = { kind: 'keys', digits: key };
    done.abort();
  };
  stage.answer({ key: press, text: press, writing: () => {} });
  await speakAll(stage, step.say, done.signal);
  music.play(!done.signal.aborted);
  await over(step.seconds * 1_000, done.signal);
  stage.answer(null);
  store.set({ asked: null });
  return heard;
}

async function leaveMessage(
  step: Extract<CallStep, { do: 'record' }>,
  stage: Stage,
  signal: AbortSignal,
): Promise<Heard> {
  await speakAll(stage, step.say, signal);
  const microphone = stage.microphone();
  if (!microphone || signal.aborted) return { kind: 'silence' };
  await tone(stage.audio);
  const done = new AbortController();
  signal.addEventListener('abort', () => done.abort());
  stage.store.set({ phase: 'record' });
  stage.answer({ key: (key) => key === '#' && done.abort(), text: () => {}, writing: () => {} });
  const { file, milliseconds } = await record(microphone, step.mostSeconds, done.signal);
  stage.answer(null);
  stage.store.set({ phase: 'connecting' });
  return { kind: 'recorded', attachmentId: await stage.keep(file), milliseconds };
}

function over(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
