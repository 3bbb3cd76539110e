import type { LegRole } from '../../../server/contract/call.ts';

/** With what somebody talks: the parts of this computer. */
export interface Headset {
  /** Made, or resumed, in a click: browsers are silent before. */
  context: AudioContext;
  /** Null: they only listen. Whoever opened it closes it. */
  microphone: MediaStream | null;
  /** Where the others come out; empty: as the computer has it. */
  output: string;
}

export interface LegEvents {
  /** The leg is over, at the line's word. Told once. */
  onOver(): void;
  /** The browser plays nothing until somebody clicks; `wake` in that click. */
  onBlocked(): void;
  /** Somebody without a microphone typed what they would say: on the emulated line alone. */
  onTyped(text: string): void;
}

/** One's own leg of a call, in this window. */
export interface LiveLeg {
  mute(on: boolean): void;
  /** Presses keys for the others' machines to hear. */
  keys(digits: string): void;
  microphone(stream: MediaStream): void;
  output(deviceId: string): Promise<void>;
  /** How loud one speaks right now, 0 to 1. */
  level(): number;
  /** Mean opinion score, 1 to 5; null: nothing to judge by yet. */
  quality(): number | null;
  /** What is to be recorded here; null where the line records by itself. */
  mixed(): MediaStream | null;
  wake(): void;
  /** Goes out of the call. */
  leave(): void;
  /** Lets go without a word: the page goes away and may come back. */
  close(): void;
}

/** A leg of this operator that rings at a line. */
export interface Ring {
  callId: string;
  legId: string;
  /** Null where the line does not know. */
  role: LegRole | null;
  answer(headset: Headset, events: LegEvents): Promise<LiveLeg>;
  /** Another window answers. */
  ignore(): void;
}

export interface TelephoneEvents {
  onRing(ring: Ring): void;
  /** Rings no longer. */
  onOver(legId: string): void;
  /** Recording of a call is to be so, by whoever has its voices here. */
  onRecord(callId: string, to: 'on' | 'paused' | 'off'): void;
  /** Whether calls can come by this line at the moment; `reason` is for the log. */
  onReach(reached: boolean, reason?: string): void;
}

/** One line at this operator's desk, listening until it is stopped. */
export interface Telephone {
  stop(): void;
}
