import { computed, onUnmounted, ref } from 'vue';
import type { TestMessage } from '../../../server/contract/connection.ts';
import { call } from '../api/client.ts';
import { useSubmit } from './use-submit.ts';

const ASK_EVERY_MILLISECONDS = 2_000;
/** Who has not reported by then seldom does. */
const PATIENCE_MILLISECONDS = 120_000;

/** A test message, from when it is sent until its provider has nothing more to tell. */
export function useTestMessage(id: string, to: () => string) {
  const taken = ref<TestMessage['steps']>([]);
  const reported = ref<TestMessage['steps']>([]);
  const waiting = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const steps = computed(() => [...taken.value, ...reported.value]);
  const isOver = () => steps.value.some(({ step }) => step === 'delivered' || step === 'read' || step === 'failed');

  function follow(messageId: string, until: number) {
    waiting.value = !isOver() && Date.now() < until;
    if (!waiting.value) return;
    timer = setTimeout(async () => {
      const news = await call('followTestMessage', { params: { id, messageId } }).catch(() => null);
      if (news) reported.value = news.steps;
      follow(messageId, until);
    }, ASK_EVERY_MILLISECONDS);
  }

  const { busy, failure, submit } = useSubmit(async () => {
    clearTimeout(timer);
    [taken.value, reported.value] = [[], []];
    const sent = await call('sendTestMessage', { params: { id }, body: { to: to() } });
    taken.value = sent.steps;
    // Mail servers take a mail and say no more.
    if (sent.id && id.startsWith('account:')) follow(sent.id, Date.now() + PATIENCE_MILLISECONDS);
  });
  onUnmounted(() => clearTimeout(timer));
  return { steps, waiting, busy, failure, submit };
}
