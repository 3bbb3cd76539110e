import { ref } from 'vue';
import { useRouter } from 'vue-router';
import type { ApiFailure } from '../api/failure.ts';
import { useCallDevice } from '../stores/call-device.ts';
import { useCalls } from '../stores/calls.ts';
import { useTicketActions } from './use-ticket-actions.ts';

/** Calls back whoever waits for it, or gave up: their contact opens, and the operator's own line rings first. */
export function useCallBack() {
  const calls = useCalls();
  const router = useRouter();
  const { tell } = useTicketActions();
  const busy = ref(false);
  /** Kept until it succeeds: asked again after a lost answer, it is the same call. */
  let clientId = crypto.randomUUID();

  async function callBack(ticketId: string) {
    if (busy.value) return;
    busy.value = true;
    try {
      await useCallDevice().start();
      const call = await calls.start({ ticketId }, clientId);
      clientId = crypto.randomUUID();
      await router.push({ name: 'ticket', params: { id: call.ticketId }, query: { view: 'mine' } });
    } catch (failure) {
      tell(failure as ApiFailure);
    } finally {
      busy.value = false;
    }
  }
  return { busy, callBack };
}
