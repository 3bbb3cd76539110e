import { fileRoutes } from '../../../server/contract/endpoints.ts';
import { type Recorder, type RecorderStore, startRecorder } from './recorder.ts';

/** Recording of the call whose voices are in this window, as the server wants it. */
export interface RecordingKeeper {
  /** The voices of a call are here: what was wanted of it before begins. */
  begin(callId: string): void;
  set(callId: string, to: 'on' | 'paused' | 'off'): void;
  end(): void;
}

/** `soundOf` gives a call's voices; null where they are not in this window, or where the line records by itself. */
export function keepRecording(soundOf: (callId: string) => MediaStream | null): RecordingKeeper {
  let wanted: { callId: string; to: 'on' | 'paused' | 'off' } | null = null;
  let recorder: Recorder | null = null;

  function stop() {
    void recorder?.stop();
    recorder = null;
  }

  function apply(callId: string) {
    const to = wanted?.callId === callId ? wanted.to : 'off';
    if (to === 'off') return stop();
    const sound = recorder ? null : soundOf(callId);
    if (sound && to === 'on') recorder = startRecorder(sound, storeOf(callId));
    if (to === 'on') recorder?.resume();
    else recorder?.pause();
  }

  return {
    begin: apply,
    set(callId, to) {
      wanted = { callId, to };
      apply(callId);
    },
    end: stop,
  };
}

function storeOf(callId: string): RecorderStore {
  async function send(path: string, init: RequestInit): Promise<'kept' | 'refused'> {
    const response = await fetch(path, init);
    if (response.ok) return 'kept';
    if (response.status >= 500 || response.status === 429) throw new Error(`recording: ${response.status}`);
    return 'refused';
  }
  return {
    put: (segment, chunk, sound) =>
      send(fileRoutes.callSound(callId, segment, chunk), {
        method: 'PUT',
        body: sound,
        headers: { 'content-type': sound.type },
      }),
    end: (segment) => send(fileRoutes.callSoundEnd(callId, segment), { method: 'POST' }),
  };
}
