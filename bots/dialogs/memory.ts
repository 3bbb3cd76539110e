import type { BotState } from '../../server/contract/bot.ts';
import type { ChoiceOption } from '../../server/contract/message.ts';

import type { Heard } from './listen.ts';
import type { SavedDialog } from './saved-dialog.ts';

/** What the bot keeps of a ticket between turns. */
export interface Memory {
  greeted: boolean;
  /** Turns in a row that were not understood. */
  misses: number;
  /** Quick answers last shown: a number or a typed title picks one on channels without buttons. */
  offered: ChoiceOption[];
  /** What they asked for in their own words, shortened; the latest few. */
  said: string[];
  /** Ids of topics already answered. */
  seen: string[];
  files: number;
  location: boolean;
  /** Pictures and a place sent before anything was said about them. */
  photos: string[];
  pin: Heard['point'];
  /** What was said last without being surely understood, and what it was taken for; null when it was. */
  doubted: { id: string; text: string } | null;
  /** Dialogs under way, the one that is talked in last. */
  stack: SavedDialog[];
  /** Reports begun in this ticket: each draft has a key of its own. */
  drafts: number;
  /** How the contact ends if nothing more is said; id of a disposition. */
  outcome: string | null;
  /** The open question was repeated into silence. */
  reminded: boolean;
  /** On a call: what is worth having in writing, to be offered once nothing is open. */
  toText: string[];
}

/** Raise it when `Memory` changes its shape: tickets under way then start afresh instead of failing. */
const VERSION = 2;

const nothing: Memory = {
  greeted: false,
  misses: 0,
  offered: [],
  said: [],
  seen: [],
  files: 0,
  location: false,
  photos: [],
  pin: null,
  doubted: null,
  stack: [],
  drafts: 0,
  outcome: null,
  reminded: false,
  toText: [],
};

/** `lost`: there was something to remember that this version cannot read. */
export function recall(state: BotState | null): { memory: Memory; lost: boolean } {
  // Under its own version the data is what `remember` wrote.
  if (state?.version === VERSION) return { memory: { ...nothing, ...(state.data as Partial<Memory>) }, lost: false };
  return { memory: nothing, lost: state !== null };
}

export function remember(memory: Memory): BotState {
  return { version: VERSION, data: { ...memory } };
}
