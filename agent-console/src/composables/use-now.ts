import { useIntervalFn } from '@vueuse/core';
import { type Ref, ref } from 'vue';
import { serverNow } from '../api/server-clock.ts';

const now = ref(serverNow());
let running = false;

/** The server's time in milliseconds, a step a second, one timer for the whole console. */
export function useNow(): Readonly<Ref<number>> {
  if (!running) {
    running = true;
    useIntervalFn(() => {
      now.value = serverNow();
    }, 1_000);
  }
  return now;
}
