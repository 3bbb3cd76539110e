import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import { keepRecording } from '../softphone/keep-recording.ts';
import type { LiveLeg, Ring } from '../softphone/telephone.ts';
import { claimCall } from '../softphone/window-lock.ts';
import { useCalls } from './calls.ts';
import { useHeadset } from './headset.ts';

/** This window has the voice of a call, or is about to. */
interface Spoken {
  callId: string;
  legId: string;
  /** Null while the line is being put through. */
  leg: LiveLeg | null;
}

/** The call that is spoken in this window. */
export const useCallVoice = defineStore('call-voice', () => {
  const calls = useCalls();
  const headset = useHeadset();

  const spoken = shallowRef<Spoken | null>(null);
  const leg = computed(() => spoken.value?.leg ?? null);
  const muted = ref(false);
  /** The browser plays nothing until somebody clicks. */
  const blocked = ref(false);
  /** What the other side typed last instead of saying it. */
  const typed = ref<string | null>(null);
  /** The call whose voice another window of this browser has. */
  const elsewhere = ref<string | null>(null);
  let claim: { callId: string; release(): void } | null = null;
  const recording = keepRecording((callId) => (spoken.value?.callId === callId && leg.value?.mixed()) || null);

  /** @returns whether the voice of a call is this window's; `steal` takes it from another */
  async function claimFor(callId: string, steal = false): Promise<boolean> {
    if (claim?.callId === callId) return true;
    const onStolen = () => {
      claim = null;
      silence();
      elsewhere.value = callId;
    };
    const release = await claimCall(callId, { steal, onStolen });
    elsewhere.value = release ? null : callId;
    if (release) claim = { callId, release };
    return release !== null;
  }

  /**
   * Answers a leg that rings, in one window alone.
   * @returns `deaf`: there is no microphone, and somebody expects to hear them
   */
  async function take(
    ring: Ring,
    { listens }: { listens: boolean },
  ): Promise<'taken' | 'elsewhere' | 'deaf' | 'failed'> {
    // Rung twice, or by two ways, it is one leg.
    if (spoken.value?.legId === ring.legId) return 'taken';
    if (spoken.value?.callId !== ring.callId) end();
    else silence();
    if (!(await claimFor(ring.callId))) {
      ring.ignore();
      return 'elsewhere';
    }
    const attempt: Spoken = { callId: ring.callId, legId: ring.legId, leg: null };
    spoken.value = attempt;
    const microphone = await headset.open();
    const isOver = () => spoken.value !== attempt;
    if (isOver()) {
      headset.release();
      return 'failed';
    }
    if (!microphone && !listens) {
      end();
      return 'deaf';
    }
    try {
      const answered = await ring.answer(
        { context: headset.sound(), microphone, output: headset.chosenOutput },
        {
          onOver: () => drop(ring.legId),
          onBlocked: () => {
            blocked.value = true;
          },
          onTyped: (text) => {
            typed.value = text;
          },
        },
      );
      if (isOver()) {
        answered.close();
        return 'failed';
      }
      spoken.value = { ...attempt, leg: answered };
      recording.begin(ring.callId);
      return 'taken';
    } catch {
      if (!isOver()) end();
      return 'failed';
    }
  }

  /** The voice is gone from this window, which may have it again in a moment. */
  function silence() {
    const over = spoken.value;
    if (!over) return;
    spoken.value = null;
    blocked.value = false;
    muted.value = false;
    typed.value = null;
    recording.end();
    over.leg?.close();
    headset.release();
  }

  function end() {
    silence();
    claim?.release();
    claim = null;
  }

  /** That leg is over. */
  function drop(legId: string) {
    if (spoken.value?.legId === legId) end();
  }

  function mute(on: boolean) {
    muted.value = on;
    leg.value?.mute(on);
  }

  function wake() {
    blocked.value = false;
    leg.value?.wake();
  }

  watch(
    () => headset.stream,
    (stream) => stream && leg.value?.microphone(stream),
  );
  watch(
    () => headset.chosenOutput,
    (output) => void leg.value?.output(output).catch(() => {}),
  );
  // A call can end without the line's word: the server's is as good.
  watch(
    () => spoken.value && calls.calls.get(spoken.value.callId)?.stage,
    (stage) => {
      if (stage === 'ended') end();
    },
  );

  return { spoken, leg, muted, blocked, typed, elsewhere, claimFor, take, drop, mute, wake, record: recording.set };
});
