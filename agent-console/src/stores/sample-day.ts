import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { SampleDay } from '../../../server/contract/sample-day.ts';
import { call } from '../api/client.ts';

const LOOK_AGAIN_MS = 3_000;

/** The sample day: whether it is there, and how far it is while it is being made. */
export const useSampleDay = defineStore('sample-day', () => {
  const day = ref<SampleDay | null>(null);
  /** When `day` was asked for, in milliseconds. */
  const lookedAt = ref(0);
  const busy = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look(): Promise<void> {
    clearTimeout(timer);
    day.value = await call('sampleDay').catch(() => day.value);
    lookedAt.value = Date.now();
    if (day.value?.state === 'loading') timer = setTimeout(look, LOOK_AGAIN_MS);
  }

  /** Rejects with an `ApiFailure`. */
  async function change(work: () => Promise<unknown>): Promise<void> {
    busy.value = true;
    try {
      await work();
    } finally {
      busy.value = false;
      await look();
    }
  }

  const load = () => change(() => call('loadSampleDay', { body: { seed: 1 } }));
  /** Takes it away, or stops its making. */
  const remove = () => change(() => call('removeSampleDay'));

  return { day, lookedAt, busy, look, load, remove };
});
