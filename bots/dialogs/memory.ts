import type { BotState } from '../../server/contract/bot.ts';
import type { ChoiceOption } from '../../server/contract/message.ts';

/** What the bot keeps of a ticket between turns. */
export interface Memory {
  greeted: boolean;
  /** Turns in a row that were not understood. */
  misses: number;
  /** Id of the topic whose answer is being asked about. */
  asking: string | null;
  /** Quick answers last shown: a number or a typed title picks one on channels without buttons. */
  offered: ChoiceOption[];
  /** What they asked for in their own words, shortened; the latest few. */
  said: string[];
  /** Ids of topics already answered. */
  seen: string[];
  files: number;
  location: boolean;
}

/** Raise it when `Memory` changes its shape: tickets under way then start afresh instead of failing. */
const VERSION = 1;

const nothing: Memory = {
  greeted: false,
  misses: 0,
  asking: null,
  offered: [],
  said: [],
  seen: [],
  files: 0,
  location: false,
};

export function recall(state: BotState | null): Memory {
  // Under its own version the data is what `remember` wrote.
  return state?.version === VERSION ? { ...nothing, ...(state.data as Partial<Memory>) } : nothing;
}

export function remember(memory: Memory): BotState {
  return { version: VERSION, data: { ...memory } };
}
