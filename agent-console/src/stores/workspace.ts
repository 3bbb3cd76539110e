import { defineStore } from 'pinia';
import { ref } from 'vue';

export type Dialog = 'close' | 'help' | 'palette' | 'transfer';

/** What of the screen commands reach into: dialogs, the caret, the list in view. */
export const useWorkspace = defineStore('workspace', () => {
  const dialog = ref<Dialog | null>(null);
  /** Grows with each request to put the caret there. */
  const caret = ref({ composer: 0, search: 0 });
  const composerMode = ref<'reply' | 'note'>('reply');
  /** Ids of the list on screen in their order there, for going to the next and the one before. */
  const rows = ref<string[]>([]);

  function toComposer(mode: 'reply' | 'note') {
    composerMode.value = mode;
    caret.value.composer += 1;
  }

  function toSearch() {
    caret.value.search += 1;
  }

  return { dialog, caret, composerMode, rows, toComposer, toSearch };
});
