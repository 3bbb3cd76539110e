import type { ChoiceOption } from '../../contract/message.ts';
import type { Spoken } from '../../contract/voice.ts';
import type { ForTheEar } from '../ear/to-ear.ts';
import type { CallRow } from '../find-call.ts';

/** What the caller's end has been through, kept with the call. */
export interface CallerScript {
  /** They were given greeting and notices. */
  greeted: boolean;
  /** And heard them to the end: nobody spoke into them. */
  noticed: boolean;
  /** Prompts in a row that nobody answered. */
  silences: number;
  /** What keys stand for in the prompt that they hear. */
  choices: readonly ChoiceOption[];
  /** How many keys it takes. */
  keys: ForTheEar['keys'];
  /** The last prompt, for whoever did not hear it. */
  prompt: readonly Spoken[];
  /** What their next answer is for, where it is not for the bot. */
  asking: 'may_call' | 'number' | 'voicemail' | null;
  /** May they be called at their number, should the call drop? Null: nobody asked. */
  mayCall: boolean | null;
  /** They asked for a person by key: the message that says so. */
  personAsked: number | null;
  /** The event that put them into the queue they wait in. */
  queuedBy: number | null;
  /** Announcements since then. */
  round: number;
  /** They were told that somebody is about to answer. */
  almost: boolean;
  /** For what, and when, they were given the steps that they follow. */
  givenFor: string | null;
  givenAt: string | null;
}

const beginning: CallerScript = {
  greeted: false,
  noticed: false,
  silences: 0,
  choices: [],
  keys: { most: 1, finishOn: null },
  prompt: [],
  asking: null,
  mayCall: null,
  personAsked: null,
  queuedBy: null,
  round: 0,
  almost: false,
  givenFor: null,
  givenAt: null,
};

export const readScript = ({ script }: Pick<CallRow, 'script'>): CallerScript => ({ ...beginning, ...script });

/**
 * Whether their number may be called, should the call drop: what they said when they were asked.
 * @returns null when nobody asked
 */
export const mayCallBack = (call: Pick<CallRow, 'script'>): boolean | null => readScript(call).mayCall;
