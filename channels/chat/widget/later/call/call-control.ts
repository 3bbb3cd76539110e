import type { CallStep } from '../../../../../server/contract/voice.ts';
import type { joinCall, LegWire } from '../../../../../softphone/call-leg.ts';
import { createHoldMusic, type HoldMusic } from '../../../../../softphone/hold-music.ts';
import { closeMicrophone, MicrophoneError, openMicrophone } from '../../../../../softphone/microphone.ts';
import type { Chat } from '../../state/chat.ts';
import { visitMemory } from '../../state/device-memory.ts';
import { newId } from '../../state/new-id.ts';
import { createStore, type Store } from '../../state/store.ts';
import type { Answers, Heard } from './answers.ts';
import { type CallState, callBefore } from './call-state.ts';
import { carryOut, type Stage, speakAll } from './carry-out.ts';
import { createInTheRoom } from './in-the-room.ts';
import { createSpeaker } from './speaker.ts';
import { upload } from './voicemail.ts';

const ALIVE_MS = 3_000;
const AGAIN_MS = 1_500;

/** A call from this page: its state, and everything that can be done. */
export interface CallControl {
  readonly state: CallState;
  readonly subscribe: Store<CallState>['subscribe'];
  /** A call of this tab goes on, from before a reload. */
  readonly goesOn: boolean;
  /** In a click. Without a microphone one still reads, presses keys and types. */
  begin(microphone: 'needed' | 'without'): Promise<void>;
  press(key: string): void;
  write(text: string): void;
  writing(): void;
  /** Off asks for a microphone where there is none yet. */
  mute(on: boolean): Promise<void>;
  hangUp(): void;
  /** In a click: sound, where the browser waited for one. */
  wake(): void;
  /** How loud the microphone, and whoever speaks most, are right now. */
  levels(): { own: number; others: number };
  /** The screen goes away without hanging up: a reload goes on. */
  close(): void;
}

interface Live {
  callId: string;
  iceServers: Parameters<typeof joinCall>[0]['iceServers'];
}

/** The citizen's end of a call: carries out what the line says, tells it what was heard. */
export function createCallControl(chat: Chat): CallControl {
  const { connection, memory } = chat.core;
  const visit = visitMemory(chat.origin);
  const store = createStore<CallState>(callBefore);
  const speaker = createSpeaker();
  let audio: AudioContext | null = null;
  let music: HoldMusic | null = null;
  let microphone: MediaStream | null = null;
  let answers: Answers | null = null;
  let live: Live | null = null;
  let running = new AbortController();
  let asking = false;
  let recalled = false;
  let captions = 0;
  let closed = false;

  const wire: LegWire = {
    ask: (event, data) => connection.request(event, data),
    tell: (event, data) => void connection.request(event, data),
    on: connection.on,
  };
  const room = createInTheRoom(store, wire, { again, finish });
  const stops = [
    connection.on('call.recall', ({ callId }) => {
      if (callId === live?.callId) again();
    }),
    connection.on('call.over', ({ callId, legId }) => {
      if (callId === live?.callId && legId === callId) finish();
    }),
  ];
  const timer = setInterval(() => void beat(), ALIVE_MS);

  function caption(by: 'line' | 'you', text: string): void {
    captions += 1;
    store.set({ captions: [...store.get().captions, { id: captions, by, text }] });
  }

  function stage(context: AudioContext, hold: HoldMusic): Stage {
    return {
      store,
      speaker,
      audio: context,
      music: hold,
      microphone: () => microphone,
      caption,
      answer: (to) => {
        answers = to;
      },
      keep: async (file) => {
        const token = memory.get('token') ?? '';
        return (await untilDone(() => upload(chat.origin, token, file))).id;
      },
    };
  }

  /** Again and again, for as long as the call lives. */
  async function untilDone<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const done = await work();
        store.set({ offline: false });
        return done;
      } catch (error) {
        if (!live || closed) throw error;
        store.set({ offline: true });
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
  }

  async function begin(need: 'needed' | 'without'): Promise<void> {
    audio ??= new AudioContext();
    music ??= createHoldMusic(audio);
    // Refused once it is closed: a browser that waits for a gesture may wait until then.
    audio.resume().catch(() => {});
    store.set({ ...callBefore, phase: 'microphone' });
    const goesOn = visit.call();
    try {
      microphone ??= need === 'needed' ? await openMicrophone() : null;
    } catch (error) {
      // A call that goes on does not wait for that.
      if (!goesOn) {
        store.set({ phase: 'silent', fault: error instanceof MicrophoneError ? error.fault : 'unsupported' });
        return;
      }
    }
    if (closed) return closeMicrophone(microphone);
    store.set({ phase: 'connecting', blocked: audio.state === 'suspended', muted: microphone === null });
    audio.onstatechange = () => store.set({ blocked: audio?.state === 'suspended' });
    const clientId = goesOn ?? newId();
    visit.setCall(clientId);
    for (;;) {
      const answer = await connection.request('call.start', { clientId });
      if (closed) return;
      if (answer.ok) {
        live = { callId: answer.callId, iceServers: answer.iceServers };
        store.set({ beganAt: Date.now() - answer.elapsedSeconds * 1_000 });
        for (const { by, text } of answer.said) caption(by, text);
        return carryOutAll(answer.steps);
      }
      const { code } = answer.error;
      if (code === 'not_found') return goesOn ? startOver(need) : finish();
      const isPassing = code === 'unavailable' || code === 'invalid_token' || code === 'rate_limited';
      if (!isPassing) return finish();
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  /** What went on in this tab is over by now. */
  function startOver(need: 'needed' | 'without'): void {
    visit.setCall(null);
    store.set(callBefore);
    if (need === 'without') void begin(need);
  }

  function carryOutAll(steps: readonly CallStep[]): void {
    if (!audio || !music || !live) return;
    running.abort();
    running = new AbortController();
    music.play(false);
    if (steps.at(-1)?.do !== 'join') room.leave();
    void carryOutEach(steps, stage(audio, music), running.signal).catch(() => again());
  }

  async function carryOutEach(steps: readonly CallStep[], on: Stage, signal: AbortSignal): Promise<void> {
    for (const step of steps) {
      if (signal.aborted) return;
      if (step.do === 'join' || step.do === 'dial' || step.do === 'hangUp') {
        await speakAll(on, step.say, signal);
        if (signal.aborted) return;
        if (step.do === 'join') return live ? room.join(live, on.audio, microphone) : undefined;
        return step.do === 'hangUp' ? hangUp() : again();
      }
      const heard = await carryOut(step, on, signal);
      if (signal.aborted) return;
      if (heard) return tell('turn' in step ? step.turn : null, heard);
    }
  }

  async function tell(turn: number | null, heard: Heard): Promise<void> {
    if (!live) return;
    const { callId } = live;
    asking = true;
    recalled = false;
    const answer = await untilDone(async () => {
      const told = await connection.request('call.heard', { callId, turn, heard });
      if (!told.ok && told.error.code !== 'not_found') throw new Error(told.error.code);
      return told;
    }).catch(() => null);
    asking = false;
    if (!answer || !live) return;
    if (!answer.ok) return finish();
    if (!recalled) return carryOutAll(answer.steps);
    // What they were to hear meanwhile is not lost.
    for (const step of answer.steps) {
      const words = step.do === 'pause' ? [] : [step.say].flat();
      for (const { text } of words) caption('line', text);
    }
    return tell(null, { kind: 'again' });
  }

  /** Asks what next, whatever it does now. */
  function again(): void {
    if (asking) {
      recalled = true;
      return;
    }
    running.abort();
    void tell(null, { kind: 'again' });
  }

  async function beat(): Promise<void> {
    if (!live || room.leg) return;
    const { callId } = live;
    const answer = await connection.request('call.alive', { callId, legId: callId });
    if (callId !== live?.callId) return;
    store.set({ offline: !answer.ok && answer.error.code !== 'not_found' });
    if (!answer.ok && answer.error.code === 'not_found') finish();
  }

  function hangUp(): void {
    if (live) void connection.request('call.hangUp', { callId: live.callId, legId: live.callId });
    finish();
  }

  function finish(): void {
    visit.setCall(null);
    silence();
    store.set({ phase: 'ended', asked: null, endedAt: Date.now(), offline: false });
  }

  function silence(): void {
    live = null;
    running.abort();
    answers = null;
    room.leave();
    music?.play(false);
    closeMicrophone(microphone);
    microphone = null;
  }

  return {
    get state() {
      return store.get();
    },
    subscribe: store.subscribe,
    goesOn: visit.call() !== null,
    begin,
    press: (key) => answers?.key(key),
    write: (text) => answers?.text(text),
    writing: () => answers?.writing(),
    async mute(on) {
      if (!on && !microphone) {
        microphone = await openMicrophone().catch(() => null);
        if (!microphone) return;
        room.leg?.peers.microphone(microphone);
      }
      store.set({ muted: on });
      room.leg?.peers.mute(on);
    },
    hangUp,
    wake() {
      audio?.resume().catch(() => {});
      room.leg?.peers.wake();
      store.set({ blocked: false });
    },
    levels() {
      const of = (legId: string) => room.leg?.peers.level(legId) ?? 0;
      return {
        own: live ? of(live.callId) : 0,
        others: Math.max(0, ...store.get().others.map(({ legId }) => of(legId))),
      };
    },
    close() {
      closed = true;
      clearInterval(timer);
      for (const stop of stops) stop();
      silence();
      music?.close();
      audio?.close().catch(() => {});
    },
  };
}
