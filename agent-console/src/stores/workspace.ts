import { defineStore } from 'pinia';
import { nextTick, ref, shallowRef } from 'vue';
import type { Insertion } from '../composables/suggestion-use.ts';

const aboutContact = ['close', 'followUp', 'forward', 'macro', 'merge', 'openCase', 'snooze', 'transfer'] as const;
const aboutCase = ['caseBroadcast', 'caseEdit', 'caseFollowUp', 'caseStatus'] as const;
const aboutCall = ['callConsult', 'callKeypad', 'callTransfer', 'dial', 'headset'] as const;
export type Dialog =
  | (typeof aboutContact)[number]
  | (typeof aboutCase)[number]
  | (typeof aboutCall)[number]
  | 'help'
  | 'newCase'
  | 'palette';
/** Whether a dialog asks something about the open contact. */
export const isAboutContact = (dialog: Dialog | null): boolean => aboutContact.some((each) => each === dialog);
/** Whether a dialog asks something about the case on screen. */
export const isAboutCase = (dialog: Dialog | null): boolean => aboutCase.some((each) => each === dialog);

/** Whether a dialog is the telephone's. */
export const isAboutCall = (dialog: Dialog | null): boolean => aboutCall.some((each) => each === dialog);

/** Whom to call, and about what, as far as that is known. */
export interface PersonToCall {
  phone?: string;
  name?: string | null;
  citizenId?: string;
  caseId?: string;
  ticketId?: string;
}

/** What of the screen commands reach into: dialogs, the caret, the list in view. */
export const useWorkspace = defineStore('workspace', () => {
  const dialog = ref<Dialog | null>(null);
  /** Where the caret was asked to go; whoever has that place takes it and sets this back, be it already there or later. */
  const caretWanted = ref<'caseNote' | 'caseUpdate' | 'composer' | 'files' | 'search' | null>(null);
  /** The message, by its seq, that the open conversation was asked to show; the timeline sets this back. */
  const messageWanted = ref<number | null>(null);
  const composerMode = ref<'reply' | 'note'>('reply');
  /** What is suggested for the open contact. */
  const suggested = shallowRef<Insertion | null>(null);
  /** What the composer was asked to take in; it does so and sets this back. */
  const insertion = shallowRef<Insertion | null>(null);
  /** What is done about the promise of the open contact; its band does it and sets this back. */
  const followUpWanted = ref<'done' | 'later' | null>(null);
  /** Said to screen readers: where one was led. */
  const announced = ref('');
  /** The case open over the contact. */
  const caseShown = ref<string | null>(null);
  /** Whoever telephones has loaded the telephone; it stays. */
  const telephones = ref(false);
  /** Null: whom the open conversation is with. */
  const toCall = ref<PersonToCall | null>(null);
  /** What narrows the list of contacts is on screen. */
  const filtering = ref(false);
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

  /** Asks which files to attach; where none can be, nothing happens. */
  async function toFiles() {
    caretWanted.value = 'files';
    await nextTick();
    if (caretWanted.value === 'files') caretWanted.value = null;
  }

  function toDial(person: PersonToCall | null = null) {
    toCall.value = person;
    dialog.value = 'dial';
  }

  function toSearch() {
    caretWanted.value = 'search';
  }

  return {
    dialog,
    caretWanted,
    messageWanted,
    composerMode,
    followUpWanted,
    announced,
    suggested,
    insertion,
    caseShown,
    telephones,
    toCall,
    filtering,
    rows,
    open,
    toggle,
    toComposer,
    toFiles,
    toDial,
    toSearch,
  };
});
