import { defineStore } from 'pinia';
import { computed, reactive } from 'vue';
import type { CallLeg, CallTarget, CallView } from '../../../server/contract/call.ts';
import { call as ask } from '../api/client.ts';
import { consoleSocket } from '../api/socket.ts';
import { isLive, isOn, myLeg } from '../composables/call-legs.ts';
import { useConnection } from './connection.ts';
import { useSession } from './session.ts';

/** What another way to begin a call needs: whom, and about what. */
export interface CallToMake {
  to?: string;
  accountId?: string;
  ticketId?: string;
  citizenId?: string;
  caseId?: string;
}

/** This operator's own end of a call that goes on. */
export interface OwnCall {
  call: CallView;
  leg: CallLeg;
}

/**
 * Telephone calls as the server tells them, and what can be asked of it about them. The voice itself is the
 * softphone's: `stores/call-device.ts`.
 */
export const useCalls = defineStore('calls', () => {
  const session = useSession();
  const calls = reactive(new Map<string, CallView>());
  const live = computed(() => [...calls.values()].filter(isLive));

  /** Every call of which this operator has an end, the one with their voice first. */
  const own = computed<OwnCall[]>(() =>
    live.value
      .flatMap((call) => {
        const leg = myLeg(call, session.operator?.id);
        return leg ? [{ call, leg }] : [];
      })
      .sort((a, b) => Number(isOn(b.leg)) - Number(isOn(a.leg))),
  );
  /** Somebody asks this operator for advice on a call, and waits for an answer. */
  const asked = computed(
    () => own.value.find(({ leg }) => leg.role === 'consulted' && leg.state === 'ringing') ?? null,
  );
  /** The call that this operator is in, or that is being put through to them. */
  const current = computed(() => own.value.find((each) => each !== asked.value) ?? null);
  /** Their own call that has ended, while they are left alone to finish it. */
  const wrappingUp = computed(
    () =>
      [...calls.values()].find(
        (call) =>
          call.stage === 'ended' &&
          call.wrapUpUntil !== null &&
          call.legs.some((leg) => leg.role === 'operator' && leg.operatorId === session.operator?.id),
      ) ?? null,
  );

  /** Takes in newer news of a call; older news is ignored. */
  function receive(call: CallView): CallView {
    const known = calls.get(call.id);
    if (known && known.version >= call.version) return known;
    calls.set(call.id, call);
    return call;
  }

  /** The calls of a contact, oldest first. */
  const ofTicket = (ticketId: string) =>
    [...calls.values()]
      .filter((call) => call.ticketId === ticketId)
      .sort((a, b) => a.startedAt.localeCompare(b.startedAt));
  const liveOf = (ticketId: string) => ofTicket(ticketId).find(isLive) ?? null;

  const load = async (id: string) => receive(await ask('openCall', { params: { id } }));

  /** Each resolves to the call as it stands then, and rejects with the refusal. */
  const start = async (make: CallToMake, clientId: string = crypto.randomUUID()) =>
    receive(await ask('startCall', { body: { clientId, ...make } }));
  const answerLeg = async (id: string, legId: string) => receive(await ask('answerLeg', { params: { id, legId } }));
  const declineLeg = (id: string, legId: string) => ask('declineLeg', { params: { id, legId } });
  const hold = async (id: string, held: boolean) => receive(await ask('holdCall', { params: { id }, body: { held } }));
  const transfer = async (id: string, to: CallTarget) =>
    receive(await ask('transferCall', { params: { id }, body: to }));
  const consult = async (id: string, to: CallTarget) => receive(await ask('consult', { params: { id }, body: to }));
  const endConsultation = async (id: string, how: 'back' | 'conference' | 'complete') =>
    receive(await ask('endConsultation', { params: { id }, body: { how } }));
  const pauseRecording = async (id: string, paused: boolean) =>
    receive(await ask('pauseRecording', { params: { id }, body: { paused } }));
  const monitor = async (id: string, how: 'listen' | 'whisper' | 'join') =>
    receive(await ask('monitorCall', { params: { id }, body: { how } }));
  const leave = (id: string) => ask('leaveCall', { params: { id } });
  const rejoin = async (id: string) => receive(await ask('rejoinCall', { params: { id } }));
  const hangUp = async (id: string) => receive(await ask('hangUpCall', { params: { id } }));
  const extendWrapUp = async (id: string, seconds: number) =>
    receive(await ask('extendWrapUp', { params: { id }, body: { seconds } }));

  consoleSocket().on('call', receive);
  useConnection().onReconnect(() => {
    for (const { id } of live.value) void load(id).catch(() => {});
  });

  return {
    calls,
    live,
    current,
    asked,
    wrappingUp,
    receive,
    ofTicket,
    liveOf,
    load,
    start,
    answerLeg,
    declineLeg,
    hold,
    transfer,
    consult,
    endConsultation,
    pauseRecording,
    monitor,
    leave,
    rejoin,
    hangUp,
    extendWrapUp,
  };
});
