import { defineStore } from 'pinia';
import { ref } from 'vue';

const aboutContact = ['close', 'forward', 'openCase', 'snooze', 'transfer'] as const;
const aboutCase = ['caseBroadcast', 'caseEdit', 'caseStatus'] as const;
export type Dialog = (typeof aboutContact)[number] | (typeof aboutCase)[number] | 'help' | 'newCase' | 'palette';
/** Whether a dialog asks something about the open contact. */
export const isAboutContact = (dialog: Dialog | null): boolean => aboutContact.some((each) => each === dialog);
/** Whether a dialog asks something about the case on screen. */
export const isAboutCase = (dialog: Dialog | null): boolean => aboutCase.some((each) => each === dialog);

/** What of the screen commands reach into: dialogs, the caret, the list in view. */
export const useWorkspace = defineStore('workspace', () => {
  const dialog = ref<Dialog | null>(null);
  /** Where the caret was asked to go; whoever has that place takes it and sets this back, be it already there or later. */
  const caretWanted = ref<'caseNote' | 'caseUpdate' | 'composer' | 'search' | null>(null);
  /** The message, by its seq, that the open conversation was asked to show; the timeline sets this back. */
  const messageWanted = ref<number | null>(null);
  const composerMode = ref<'reply' | 'note'>('reply');
  /** The case open over the contact. */
  const caseShown = ref<string | null>(null);
  /** Ids of the list on screen in their order there, for going to the next and the one before. */
  const rows = ref<string[]>([]);

  function open(which: Dialog) {
    dialog.value = which;
  }

  function toggle(which: Dialog) {
    dialog.value = dialog.value === which ? null : which;
  }

  function toComposer(mode: 'reply' | 'note') {
    composerMode.value = mode;
    caretWanted.value = 'composer';
  }

  function toSearch() {
    caretWanted.value = 'search';
  }

  return { dialog, caretWanted, messageWanted, composerMode, caseShown, rows, open, toggle, toComposer, toSearch };
});
