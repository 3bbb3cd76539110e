import { useDebounceFn } from '@vueuse/core';
import { type Ref, ref, watch } from 'vue';
import type { PlaceSuggestion, Point, Whereabouts } from '../../../server/contract/place.ts';
import { call } from '../api/client.ts';
import type { FormPlace } from './case-draft-storage.ts';

/** Fills in of a place what the rest of it tells: suggestions while the address is typed, the colonia of a pin. */
export function usePlace(place: Ref<FormPlace>) {
  const suggestions = ref<PlaceSuggestion[]>([]);
  const whereabouts = ref<Whereabouts | null>(null);
  /** What was filled in from a pin, and may be overwritten by the next. */
  const filled = { address: '', coloniaId: '' };

  const suggest = useDebounceFn(async (typed: string) => {
    const q = typed.trim();
    // An address can be typed without any help, so that none is not worth a word.
    const found = q.length < 3 ? null : await call('findPlaces', { query: { q } }).catch(() => null);
    if (q === place.value.address.trim()) suggestions.value = found?.suggestions ?? [];
  }, 180);

  function choose({ place: chosen, label }: PlaceSuggestion) {
    place.value.address = chosen.address ?? label;
    if (chosen.coloniaId) place.value.coloniaId = chosen.coloniaId;
    if (chosen.point) place.value.point = chosen.point;
    filled.address = '';
    suggestions.value = [];
  }

  async function lookAt(point: Point) {
    const found = await call('whereIs', { query: { ...point } }).catch(() => null);
    if (place.value.point !== point) return;
    whereabouts.value = found;
    if (!found) return;
    if (found.coloniaId && (!place.value.coloniaId || place.value.coloniaId === filled.coloniaId)) {
      place.value.coloniaId = found.coloniaId;
      filled.coloniaId = found.coloniaId;
    }
    if (found.near && (!place.value.address.trim() || place.value.address === filled.address)) {
      place.value.address = found.near;
      filled.address = found.near;
    }
  }
  watch(
    () => place.value.point,
    (point) => {
      whereabouts.value = null;
      if (point) void lookAt(point);
      else place.value.triage = false;
    },
    { immediate: true },
  );
  return { suggestions, whereabouts, suggest, choose };
}
