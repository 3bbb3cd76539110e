import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { useWorkspace } from './workspace.ts';

/** The server takes so many at once. */
const MOST = 200;

/** Contacts of the list that were picked to be worked on together. */
export const useSelection = defineStore('selection', () => {
  const workspace = useWorkspace();
  const picked = ref<ReadonlySet<string>>(new Set());
  /** Where a range begins. */
  let anchor: string | null = null;

  const count = computed(() => picked.value.size);
  const has = (id: string) => picked.value.has(id);

  function toggle(id: string) {
    const next = new Set(picked.value);
    if (!next.delete(id) && next.size < MOST) next.add(id);
    picked.value = next;
    anchor = id;
  }

  /** Everything from the one picked last to this one. */
  function reach(id: string) {
    const [from, to] = [workspace.rows.indexOf(anchor ?? id), workspace.rows.indexOf(id)];
    if (from < 0 || to < 0) return toggle(id);
    const range = workspace.rows.slice(Math.min(from, to), Math.max(from, to) + 1);
    picked.value = new Set([...picked.value, ...range].slice(0, MOST));
  }

  function clear() {
    picked.value = new Set();
    anchor = null;
  }

  return { picked, count, has, toggle, reach, clear };
});
