import { useToast } from '@nuxt/ui/composables/useToast';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { CallTarget } from '../../../server/contract/call.ts';
import type { ApiFailure } from '../api/failure.ts';
import { useCallDevice } from '../stores/call-device.ts';
import { useCallVoice } from '../stores/call-voice.ts';
import { type CallToMake, useCalls } from '../stores/calls.ts';
import { useWorkspace } from '../stores/workspace.ts';
import { useLiveCall } from './use-live-call.ts';

/** What an operator does on the telephone; a refusal is told in a toast and changes nothing. */
export function useCallActions() {
  const calls = useCalls();
  const device = useCallDevice();
  const voice = useCallVoice();
  const workspace = useWorkspace();
  const router = useRouter();
  const toast = useToast();
  const { t } = useI18n();
  const { call, held, isHere, holds, consulted } = useLiveCall();

  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (failure) {
      toast.add({ title: (failure as ApiFailure).message, icon: 'i-lucide-circle-alert', color: 'error' });
      return false;
    }
  }
  const onCall = (work: (id: string) => Promise<unknown>) => () => {
    const id = call.value?.id;
    return id ? attempt(() => work(id)) : Promise.resolve(false);
  };

  const inRoom = () => call.value?.stage === 'room';
  const canHold = () => holds.value && inRoom() && consulted.value === null;
  const canHandOver = canHold;
  const canPause = () => holds.value && (call.value?.recording === 'on' || call.value?.recording === 'paused');

  const toggleMute = () => isHere.value && voice.mute(!voice.muted);
  const toggleHold = onCall((id) => calls.hold(id, !held.value));
  const togglePause = onCall((id) => calls.pauseRecording(id, call.value?.recording === 'on'));
  const hangUp = onCall((id) => (holds.value ? calls.hangUp(id) : calls.leave(id)));
  const back = onCall((id) => calls.endConsultation(id, 'back'));
  const conference = onCall((id) => calls.endConsultation(id, 'conference'));
  const handOver = onCall((id) => calls.endConsultation(id, 'complete'));
  const fetchHere = onCall((id) => device.fetchHere(id));

  /** Each rejects with the refusal, for the dialog to show beside its form. */
  async function transfer(to: CallTarget, name: string) {
    if (!call.value) return;
    await calls.transfer(call.value.id, to);
    toast.add({ title: t('softphone.transferred', { name }), icon: 'i-lucide-arrow-right-left' });
  }
  async function consult(to: CallTarget) {
    if (call.value) await calls.consult(call.value.id, to);
  }
  /** `clientId` makes a second click the same call. */
  async function dial(make: CallToMake, clientId: string) {
    await device.start();
    const made = await calls.start(make, clientId);
    await router.push({ name: 'ticket', params: { id: made.ticketId }, query: { view: 'mine' } });
  }

  async function answerAsked() {
    const { asked } = calls;
    if (!asked) return;
    await attempt(async () => {
      await calls.answerLeg(asked.call.id, asked.leg.id);
      await device.answer(asked.leg.id);
    });
    await router.push({ name: 'ticket', params: { id: asked.call.ticketId } });
  }
  const declineAsked = () => {
    const { asked } = calls;
    return asked ? attempt(() => calls.declineLeg(asked.call.id, asked.leg.id)) : Promise.resolve(false);
  };

  /** Turns the receiving of calls on or off; without a microphone it is told what to do. */
  async function takeCalls(on: boolean) {
    await attempt(async () => {
      if (!(await device.takeCalls(on))) workspace.open('headset');
    });
  }

  return {
    canHold,
    canHandOver,
    canPause,
    toggleMute,
    toggleHold,
    togglePause,
    hangUp,
    back,
    conference,
    handOver,
    fetchHere,
    transfer,
    consult,
    dial,
    answerAsked,
    declineAsked,
    takeCalls,
  };
}
