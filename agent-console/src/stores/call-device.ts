import { until } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { CallDevice } from '../../../server/contract/call.ts';
import { call as ask } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { consoleSocket } from '../api/socket.ts';
import type { Ring } from '../softphone/telephone.ts';
import { startTelephones, type TelephoneKind } from '../softphone/telephones.ts';
import { isClaimed, whenFree } from '../softphone/window-lock.ts';
import { useCallVoice } from './call-voice.ts';
import { useCalls } from './calls.ts';
import { useConnection } from './connection.ts';
import { useHeadset } from './headset.ts';
import { useSession } from './session.ts';
import { useWorkspace } from './workspace.ts';

export type DeviceState = 'off' | 'starting' | 'ready' | 'failed';

/** How long a line that was asked to ring again may take, and how often it is asked. */
const RETURN_MILLISECONDS = 2_500;
const RETURN_TRIES = 4;

/** The operator's telephones in this window: their lines, and what rings there. */
export const useCallDevice = defineStore('call-device', () => {
  const calls = useCalls();
  const voice = useCallVoice();
  const session = useSession();
  const headset = useHeadset();
  const workspace = useWorkspace();

  const state = ref<DeviceState>('off');
  const failure = ref<ApiFailure | null>(null);
  const device = shallowRef<CallDevice | null>(null);
  /** Lines by which no call comes at the moment. */
  const unreached = ref(new Set<TelephoneKind>());
  /** The line was asked to ring again, and will. */
  const returning = ref(false);
  const ringing = new Map<string, Ring>();
  /** Legs that were accepted before their line rang. */
  const accepted = new Set<string>();
  const takesCalls = computed(() => session.presence?.takesCalls ?? false);
  let starting: Promise<void> | null = null;

  /** Puts the telephones on the desk; once, however often it is asked for. */
  function start(): Promise<void> {
    workspace.telephones = true;
    starting ??= begin();
    return starting;
  }

  async function begin() {
    state.value = 'starting';
    try {
      device.value = await ask('callDevice');
      await startTelephones(device.value, consoleSocket(), (kind) => ({
        onRing,
        onOver(legId) {
          ringing.delete(legId);
          voice.drop(legId);
        },
        onRecord: voice.record,
        onReach(reached) {
          const next = new Set(unreached.value);
          if (reached) next.delete(kind);
          else next.add(kind);
          unreached.value = next;
        },
      }));
      state.value = 'ready';
      failure.value = null;
      await goOn(device.value.current);
    } catch (error) {
      state.value = 'failed';
      failure.value = error as ApiFailure;
      starting = null;
    }
  }

  /** The page is new and the call is not: its line rings again, unless another window has it. */
  async function goOn(current: CallDevice['current']) {
    if (!current || voice.spoken) return;
    const { call, legId } = current;
    calls.receive(call);
    const leg = call.legs.find(({ id }) => id === legId);
    if (leg?.role === 'consulted' && leg.state === 'ringing') return;
    if (await isClaimed(call.id)) standBy(call.id);
    // Refused: the call is over, or somebody else's by now.
    else void ringAgain(call.id).catch(() => {});
  }

  /** Another window has the voice; should it be closed, this one goes on. */
  function standBy(callId: string) {
    voice.elsewhere = callId;
    void whenFree(callId).then(refresh);
  }

  async function refresh() {
    const fresh = await ask('callDevice').catch(() => null);
    if (!fresh) return;
    device.value = fresh;
    voice.elsewhere = null;
    await goOn(fresh.current);
  }

  /** A ring is told once, and may be lost on a connection that is only being made: asked again, the same leg rings. */
  async function ringAgain(callId: string) {
    returning.value = true;
    try {
      for (let tries = 0; returning.value && tries < RETURN_TRIES; tries += 1) {
        // Over meanwhile: there is nothing to come back to.
        if (calls.calls.get(callId)?.stage === 'ended') return;
        await calls.rejoin(callId);
        await until(returning).toBe(false, { timeout: RETURN_MILLISECONDS });
      }
    } finally {
      returning.value = false;
    }
  }

  /** Brings a call whose voice got lost, or is in another window, to this one. */
  async function fetchHere(callId: string) {
    headset.sound();
    await voice.claimFor(callId, true);
    await ringAgain(callId);
  }

  async function onRing(ring: Ring) {
    ringing.set(ring.legId, ring);
    if (!ring.role && !legOf(ring)) await calls.load(ring.callId).catch(() => null);
    // Whoever is asked for advice is asked first; all others have said that they want the call.
    if (roleOf(ring) !== 'consulted' || accepted.has(ring.legId)) await answer(ring.legId);
  }

  const legOf = ({ callId, legId }: Ring) => calls.calls.get(callId)?.legs.find(({ id }) => id === legId);
  const roleOf = (ring: Ring) => ring.role ?? legOf(ring)?.role;

  /** Takes a leg, now or as soon as it rings. Without a microphone the call goes back to where it came from. */
  async function answer(legId: string) {
    const ring = ringing.get(legId);
    if (!ring) {
      accepted.add(legId);
      return;
    }
    ringing.delete(legId);
    accepted.delete(legId);
    returning.value = false;
    const outcome = await voice.take(ring, { listens: roleOf(ring) === 'supervisor' });
    if (outcome === 'elsewhere') standBy(ring.callId);
    if (outcome === 'deaf') await calls.leave(ring.callId).catch(() => {});
  }

  /**
   * Calls come, or come no longer. Before they may, the microphone is asked for.
   * @returns false where it cannot be had
   */
  async function takeCalls(on: boolean): Promise<boolean> {
    if (on) {
      headset.sound();
      if (!(await headset.check())) return false;
      await start();
    }
    const status = session.presence?.status === 'available' ? 'available' : 'away';
    session.presence = await ask('setPresence', { body: { status, takesCalls: on } });
    return true;
  }

  // While the connection was lost a ring may have been missed.
  useConnection().onReconnect(() => state.value === 'ready' && refresh());

  return { state, failure, device, unreached, returning, takesCalls, start, answer, fetchHere, takeCalls };
});
