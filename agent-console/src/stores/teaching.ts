import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { Trial } from '../../../server/contract/learning.ts';
import { call } from '../api/client.ts';
import { type Pending, readTeaching, writeTeaching } from '../composables/teaching-storage.ts';
import { useSession } from './session.ts';

const ASK_EVERY_MILLISECONDS = 1_500;

/** What is about to be taught, from the first pick to its publication. */
export const useTeaching = defineStore('teaching', () => {
  const operatorId = useSession().operator?.id ?? '';
  const kept = readTeaching(operatorId);
  const pending = ref<Pending[]>(kept.pending);
  const trialId = ref(kept.trialId);
  const trial = ref<Trial | null>(null);
  const lost = ref(false);

  const running = computed(() => trialId.value !== null && (trial.value === null || trial.value.state === 'running'));
  const turnIds = computed(() => new Set(pending.value.flatMap(({ turnId }) => turnId ?? [])));
  watch([pending, trialId], () => writeTeaching(operatorId, { pending: pending.value, trialId: trialId.value }), {
    deep: true,
  });

  /** Other words than those that were tried: what the trial found no longer holds. */
  function forgetTrial() {
    trialId.value = null;
    trial.value = null;
    lost.value = false;
  }
  function add(lessonId: string, text: string, turnId: string | null): Pending {
    const item = { key: crypto.randomUUID(), lessonId, text, turnId };
    pending.value.push(item);
    forgetTrial();
    return item;
  }
  function remove(key: string) {
    pending.value = pending.value.filter((item) => item.key !== key);
    forgetTrial();
  }

  /** Rejects with the refusal. */
  async function tryOut() {
    forgetTrial();
    const additions = pending.value.map(({ lessonId, text, turnId }) => ({ lessonId, text, turnId }));
    const started = await call('startTrial', { body: { additions } });
    trial.value = started;
    trialId.value = started.id;
    void follow(started.id);
  }

  /** Asks how a trial is going until it is over, or another has taken its place. */
  async function follow(id: string) {
    while (trialId.value === id) {
      const news = await call('readTrial', { params: { id } }).catch((failure) => {
        // A trial is kept for a day.
        if (failure.code === 'not_found') forgetTrial();
        return null;
      });
      if (trialId.value !== id) return;
      lost.value = news === null;
      if (news) trial.value = news;
      if (news && news.state !== 'running') return;
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MILLISECONDS));
    }
  }
  if (trialId.value) void follow(trialId.value);

  /** Rejects with the refusal; a conflict means that it has to be tried again. */
  async function publish() {
    if (!trialId.value) return;
    try {
      await call('publishTrial', { body: { trialId: trialId.value } });
    } catch (failure) {
      if ((failure as { code?: string }).code === 'conflict') forgetTrial();
      throw failure;
    }
    pending.value = [];
    forgetTrial();
  }

  return { pending, trial, running, lost, turnIds, add, remove, edited: forgetTrial, tryOut, publish };
});
