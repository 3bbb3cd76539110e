import { useDebounceFn } from '@vueuse/core';
import { ref, watch } from 'vue';
import type { NearbyCase } from '../../../server/contract/case.ts';
import { call } from '../api/client.ts';
import type { CaseForm } from './case-draft-storage.ts';

/** Open cases that may be the one that is being filled in. */
export function useNearbyCases(form: () => CaseForm) {
  const nearby = ref<NearbyCase[]>([]);

  const look = useDebounceFn(async (key: string) => {
    const { serviceId, place } = form();
    if (!serviceId || !place.point) return;
    const found = await call('nearbyCases', { query: { serviceId, ...place.point } }).catch(() => null);
    if (key === keyOf()) nearby.value = found?.cases ?? [];
  }, 250);
  const keyOf = () => JSON.stringify([form().serviceId, form().place.point]);

  watch(
    keyOf,
    (key) => {
      nearby.value = [];
      void look(key);
    },
    { immediate: true },
  );
  return { nearby };
}
