import { TRY_AGAIN } from '../../twilio/twilio-doors.ts';
import {
  CALL_STATUS_PATH,
  FALLBACK_PATH,
  MUSIC_PATH,
  RECORDING_PATH,
  ROOM_PATH,
  STEP_PATH,
  VOICE_PATH,
} from '../../twilio/voice-paths.ts';

/** What a caller's end had been doing when it asks what next. */
export type After = 'ask' | 'wait' | 'pause' | 'record' | 'join' | 'dial' | 'queue';

/** A question of the caller's end, as it stands in the address that Twilio asks. */
export interface Question {
  /** Null: it answers no step. */
  turn: number | null;
  after: After | null;
  /** It stands in Twilio's queue, where only some verbs work. */
  inQueue?: boolean;
  /** Twilio's queue cannot hold it. */
  noQueue?: boolean;
}

/** Addresses of this server as Twilio knows it. */
export interface VoiceUrls {
  begin(call?: string): string;
  step(question: Question, heard?: Readonly<Record<string, string>>): string;
  status(callId: string, legId?: string): string;
  room(): string;
  recording(callId: string): string;
  fallback(): string;
  music(): string;
}

/** @param publicUrl as it is known from outside; asked when it is needed */
export function createVoiceUrls(publicUrl: () => string): VoiceUrls {
  const at = (path: string, query: Readonly<Record<string, string | undefined>> = {}): string => {
    const url = new URL(`${publicUrl().replace(/\/$/, '')}${path}`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    return url.href;
  };
  return {
    begin: (call) => `${at(VOICE_PATH, { call })}${TRY_AGAIN}`,
    step: ({ turn, after, inQueue, noQueue }, heard = {}) =>
      `${at(STEP_PATH, {
        turn: turn === null ? undefined : String(turn),
        after: after ?? undefined,
        queue: inQueue ? 'in' : noQueue ? 'none' : undefined,
        ...heard,
      })}${TRY_AGAIN}`,
    status: (call, leg) => `${at(CALL_STATUS_PATH, { call, leg })}${TRY_AGAIN}`,
    room: () => `${at(ROOM_PATH)}${TRY_AGAIN}`,
    recording: (call) => `${at(RECORDING_PATH, { call })}${TRY_AGAIN}`,
    fallback: () => at(FALLBACK_PATH),
    music: () => at(MUSIC_PATH),
  };
}
