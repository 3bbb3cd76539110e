import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { CallDevice } from '../../../server/contract/call.ts';
import { call as ask } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { consoleSocket } from '../api/socket.ts';
import { keepRecording } from '../softphone/keep-recording.ts';
import type { LiveLeg, Ring } from '../softphone/telephone.ts';
import { startTelephones, type TelephoneKind } from '../softphone/telephones.ts';
import { claimCall, isClaimed } from '../softphone/window-lock.ts';
import { useCalls } from './calls.ts';
import { useConnection } from './connection.ts';
import { useHeadset } from './headset.ts';
import { useSession } from './session.ts';
import { useWorkspace } from './workspace.ts';

/** This window's part in a call: it has its voice, or is about to. */
export interface LiveCall {
  callId: string;
  legId: string;
  /** Null while the line is being put through. */
  leg: LiveLeg | null;
  /** Lets another window have it. */
  letGo: () => void;
}

/** How long a line that was asked to ring again may take. */
const RETURN_MILLISECONDS = 8_000;

export type DeviceState = 'off' | 'starting' | 'ready' | 'failed';

/** The operator's telephone in this window: lines, rings, and the call that is spoken here. */
export const useCallDevice = defineStore('call-device', () => {
  const calls = useCalls();
  const session = useSession();
  const headset = useHeadset();
  const workspace = useWorkspace();
  const socket = consoleSocket();

  const state = ref<DeviceState>('off');
  const failure = ref<ApiFailure | null>(null);
  const device = shallowRef<CallDevice | null>(null);
  const unreached = ref(new Set<TelephoneKind>());
  const ringing = shallowRef(new Map<string, Ring>());
  const live = shallowRef<LiveCall | null>(null);
  const muted = ref(false);
  const blocked = ref(false);
  /** This browser has the voice of the call in another window. */
  const elsewhere = ref(false);
  /** The line was asked to ring again, and will. */
  const returning = ref(false);
  let stopTelephones = () => {};
  let starting: Promise<void> | null = null;
  const recording = keepRecording((callId) => (live.value?.callId === callId && live.value.leg?.mixed()) || null);

  const takesCalls = computed(() => session.presence?.takesCalls ?? false);

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
      stopTelephones();
      stopTelephones = await startTelephones(device.value, socket, (kind) => ({
        onRing,
        onOver,
        onRecord: (callId, to) => recording.set(callId, to),
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

  /** The page is new and the call is not: its line rings again. */
  async function goOn(current: CallDevice['current']) {
    if (!current) return;
    calls.receive(current.call);
    const leg = current.call.legs.find(({ id }) => id === current.legId);
    if (leg?.role === 'consulted' && leg.state === 'ringing') return;
    elsewhere.value = await isClaimed(current.call.id);
    if (!elsewhere.value && !live.value) await fetchHere(current.call.id).catch(() => {});
  }

  /** Brings a call whose voice got lost, or is in another window, to this one: its line rings again. */
  async function fetchHere(callId: string) {
    elsewhere.value = false;
    returning.value = true;
    setTimeout(() => {
      returning.value = false;
    }, RETURN_MILLISECONDS);
    try {
      await calls.rejoin(callId);
    } catch (refusal) {
      returning.value = false;
      throw refusal;
    }
  }

  async function onRing(ring: Ring) {
    ringing.value = new Map(ringing.value).set(ring.legId, ring);
    if (legIn(ring) === undefined) await calls.load(ring.callId).catch(() => null);
    // Whoever is asked for advice is asked first; all others have said that they want the call.
    if (roleOf(ring) !== 'consulted') await answer(ring.legId);
  }

  const legIn = ({ callId, legId }: Ring) => calls.calls.get(callId)?.legs.find(({ id }) => id === legId);
  const roleOf = (ring: Ring) => ring.role ?? legIn(ring)?.role;

  function forget(legId: string) {
    const left = new Map(ringing.value);
    left.delete(legId);
    ringing.value = left;
  }

  function onOver(legId: string) {
    forget(legId);
    if (live.value?.legId === legId) end();
  }

  /** Takes a leg that rings, in one window. Without a microphone the call goes back to where it came from. */
  async function answer(legId: string) {
    const ring = ringing.value.get(legId);
    if (!ring) return;
    if (live.value?.callId === ring.callId) end();
    const letGo = await claimCall(ring.callId);
    elsewhere.value = letGo === null;
    if (!letGo) {
      ring.ignore();
      return forget(legId);
    }
    const attempt: LiveCall = { callId: ring.callId, legId, leg: null, letGo };
    live.value = attempt;
    returning.value = false;
    const microphone = await headset.open();
    if (live.value !== attempt) return headset.release();
    if (!microphone && roleOf(ring) !== 'supervisor') {
      await calls.leave(ring.callId).catch(() => {});
      return end();
    }
    try {
      const leg = await ring.answer(
        { context: headset.sound(), microphone, output: headset.chosenOutput },
        {
          onOver: () => onOver(legId),
          onBlocked: () => {
            blocked.value = true;
          },
        },
      );
      if (live.value !== attempt) return leg.close();
      live.value = { ...attempt, leg };
      muted.value = false;
      forget(legId);
      recording.begin(ring.callId);
    } catch {
      end();
    }
  }

  /** The voice is gone from this window. */
  function end() {
    const over = live.value;
    if (!over) return;
    live.value = null;
    blocked.value = false;
    muted.value = false;
    recording.end();
    over.leg?.close();
    over.letGo();
    headset.release();
  }

  function mute(on: boolean) {
    muted.value = on;
    live.value?.leg?.mute(on);
  }

  function wake() {
    blocked.value = false;
    live.value?.leg?.wake();
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

  watch(
    () => headset.stream,
    (stream) => stream && live.value?.leg?.microphone(stream),
  );
  watch(
    () => headset.chosenOutput,
    (output) => void live.value?.leg?.output(output).catch(() => {}),
  );
  // The call can end without the line's word: the server's is as good.
  watch(
    () => live.value && calls.calls.get(live.value.callId)?.stage,
    (stage) => {
      if (stage === 'ended') end();
    },
  );
  useConnection().onReconnect(() => {
    if (state.value !== 'off') void refresh();
  });

  /** After a loss of the connection: a ring may have been missed. */
  async function refresh() {
    const fresh = await ask('callDevice').catch(() => null);
    if (!fresh) return;
    device.value = fresh;
    if (live.value?.callId !== fresh.current?.call.id) await goOn(fresh.current);
  }

  return {
    state,
    failure,
    device,
    unreached,
    ringing,
    live,
    muted,
    blocked,
    elsewhere,
    returning,
    takesCalls,
    start,
    answer,
    mute,
    wake,
    fetchHere,
    takeCalls,
  };
});
