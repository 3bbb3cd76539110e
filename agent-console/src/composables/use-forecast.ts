import { computed, ref, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { Forecast } from '../../../server/contract/forecast.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { serverNow } from '../api/server-clock.ts';
import { useFormats } from './use-formats.ts';

const DATE = /^\d{4}-\d\d-\d\d$/;

/** The forecast that the address names: of a day, a queue, and so many contacts at once. */
export function useForecast() {
  const route = useRoute();
  const router = useRouter();
  const { dateOf } = useFormats();

  const day = computed(() => {
    const asked = String(route.query.day ?? '');
    return DATE.test(asked) ? asked : dateOf(serverNow());
  });
  const queue = computed(() => String(route.query.queue ?? ''));
  const atOnce = computed(() => Math.min(6, Math.max(1, Number(route.query.atOnce) || 1)));
  const change = (query: Record<string, string>) => void router.replace({ query: { ...route.query, ...query } });

  const forecast = shallowRef<Forecast | null>(null);
  const failure = ref<ApiFailure | null>(null);
  const busy = ref(false);
  let latest = 0;

  /** An answer that was overtaken is dropped. */
  async function load() {
    latest += 1;
    const mine = latest;
    busy.value = true;
    failure.value = null;
    try {
      const answer = await call('forecast', {
        query: { day: day.value, atOnce: atOnce.value, ...(queue.value ? { queue: queue.value } : {}) },
      });
      if (mine === latest) forecast.value = answer;
    } catch (error) {
      if (mine === latest) failure.value = error as ApiFailure;
    } finally {
      if (mine === latest) busy.value = false;
    }
  }
  watch([day, queue, atOnce], load, { immediate: true });
  return { day, queue, atOnce, change, forecast, failure, busy, load };
}
