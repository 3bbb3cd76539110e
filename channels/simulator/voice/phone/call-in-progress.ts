import { type CallStatus, type Caption, hears, isOver, type VoiceCall } from '../call.ts';
import type { Telephony } from '../telephony.ts';

/** A call as whoever has the telephone in their hand knows it. */
export interface CallInProgress {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly state: CallStatus;
  /** What the city has said so far, the last perhaps not to its end. */
  heard(): string[];
  captions(): readonly Caption[];
  /** Whether an instruction hears what they say and press now. */
  isListening(): boolean;
  press(keys: string): void;
  /** Says something: to whatever listens, and to everybody in the same room. */
  speak(text: string, how?: { confidence?: number }): void;
  hangUp(): void;
  /** Of a call that rings. */
  answer(): void;
  decline(): void;
  /** Names of those whom they hear. */
  inRoomWith(): string[];
}

export function callInProgress(telephony: Telephony, call: VoiceCall): CallInProgress {
  return {
    sid: call.sid,
    from: call.from,
    to: call.to,
    get state() {
      return call.status;
    },
    heard: () => call.captions.flatMap(({ kind, text }) => (kind === 'said' ? text : [])),
    captions: () => call.captions,
    isListening: () => call.listeners.length > 0,
    press: (keys) => telephony.press(call, keys),
    speak: (text, { confidence } = {}) => telephony.speak(call, text, confidence),
    hangUp() {
      if (!isOver(call)) telephony.hangUp(call);
    },
    answer: () => telephony.answer(call),
    decline: () => telephony.decline(call),
    inRoomWith: () => heardBy(call),
  };
}

/** Names of those whom a call hears. */
export function heardBy({ sid, room }: VoiceCall): string[] {
  const members = room?.members() ?? [];
  const listener = members.find((one) => one.sid === sid);
  return listener ? members.filter((one) => hears(listener, one)).map(({ name }) => name) : [];
}
