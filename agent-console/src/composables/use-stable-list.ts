import { computed, type Ref, shallowRef, watch } from 'vue';

/**
 * A list that does not move under the reader's hand. While `held`, what is on screen keeps its place; new entries are
 * counted in `waiting` and let in by `apply`, or by themselves as soon as the list is free.
 */
export function useStableList(
  source: Readonly<Ref<string[]>>,
  held: Readonly<Ref<boolean>>,
  reset: Readonly<Ref<unknown>>,
) {
  const shown = shallowRef(source.value);
  const apply = () => {
    shown.value = source.value;
  };
  watch(source, (now, before) => {
    // Pages added at the end move nothing.
    const grew = now.length > before.length && before.every((id, index) => now[index] === id);
    if (!held.value || grew || shown.value.length === 0) apply();
  });
  watch(held, (isHeld) => {
    if (!isHeld) apply();
  });
  watch(reset, apply, { flush: 'post' });

  const waiting = computed(() => {
    const here = new Set(shown.value);
    return source.value.filter((id) => !here.has(id)).length;
  });
  return { shown, waiting, apply };
}
