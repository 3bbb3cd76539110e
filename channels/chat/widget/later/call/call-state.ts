import type { RoomMember } from '../../../../../server/contract/call-room.ts';
import type { MicrophoneFault } from '../../../../../softphone/microphone.ts';

/** Something said on the line, as it is read on the screen. */
export interface Caption {
  id: number;
  by: 'line' | 'you';
  text: string;
}

/**
 * before: not called yet · microphone: the browser asks for it · silent: there is none · connecting · bot: the
 * assistant, or a question of ours · queue: they wait · record: they leave a message · room: with a person · ended
 */
export type CallPhase =
  | 'before'
  | 'microphone'
  | 'silent'
  | 'connecting'
  | 'bot'
  | 'queue'
  | 'record'
  | 'room'
  | 'ended';

export interface CallState {
  phase: CallPhase;
  fault: MicrophoneFault | null;
  captions: readonly Caption[];
  /** What may be answered now; null: nothing. */
  asked: { speech: boolean; keys: boolean } | null;
  /** Pressed so far, and not sent. */
  digits: string;
  listening: boolean;
  soFar: string;
  /** People in the room beside the caller. */
  others: readonly RoomMember[];
  held: boolean;
  muted: boolean;
  /** The browser plays nothing until it is touched. */
  blocked: boolean;
  /** No answer from the server: the call waits for it. */
  offline: boolean;
  beganAt: number | null;
  endedAt: number | null;
}

export const callBefore: CallState = {
  phase: 'before',
  fault: null,
  captions: [],
  asked: null,
  digits: '',
  listening: false,
  soFar: '',
  others: [],
  held: false,
  muted: false,
  blocked: false,
  offline: false,
  beganAt: null,
  endedAt: null,
};
