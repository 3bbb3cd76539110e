import { onUnmounted, ref, watch } from 'vue';
import type { Merge, MergeSuggestion } from '../../../server/contract/merge.ts';
import { call } from '../api/client.ts';
import { consoleSocket } from '../api/socket.ts';

/**
 * Who may be the same person as a citizen, and who turned out to be. Something to know on the side: while it is not
 * there, or cannot be had, nothing is said of it.
 */
export function useMerges(citizenId: () => string) {
  const suggestions = ref<MergeSuggestion[]>([]);
  const merges = ref<Merge[]>([]);

  async function load() {
    const id = citizenId();
    const found = await call('listMerges', { params: { id } }).catch(() => null);
    if (!found || id !== citizenId()) return;
    suggestions.value = found.suggestions;
    merges.value = found.merges;
  }
  watch(
    citizenId,
    () => {
      suggestions.value = [];
      merges.value = [];
      void load();
    },
    { immediate: true },
  );
  const heard = (changed: { citizenId: string }) => {
    if (changed.citizenId === citizenId()) void load();
  };
  consoleSocket().on('citizen.changed', heard);
  onUnmounted(() => consoleSocket().off('citizen.changed', heard));

  /** Both reject with the refusal, for the dialog to show. */
  async function unite(otherId: string) {
    await call('mergeCitizens', { params: { id: citizenId() }, body: { otherId } });
    await load();
  }
  async function part(mergeId: string) {
    await call('undoMerge', { params: { id: mergeId } });
    await load();
  }
  return { suggestions, merges, unite, part };
}
