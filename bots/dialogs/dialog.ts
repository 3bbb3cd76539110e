import type { SavedDialog } from './saved-dialog.ts';
import type { Act, Scene } from './scene.ts';

/** What a step of a dialog does, and what the dialog keeps until it is answered; `slots` null: it is over. */
export interface Step<Slots> extends Act {
  slots: Slots | null;
}

/** One thing the bot can do with somebody over several turns. Every step is a function of the scene and the slots. */
export interface Dialog<Slots, Opening> {
  readonly id: string;
  /** Raise it when `Slots` change: whoever is in the middle is asked again instead of being misunderstood. */
  readonly version: string;
  /** Whether its question stays open when something else is said in between; else the dialog is dropped. */
  readonly insists: boolean;
  begin(scene: Scene, opening: Opening): Promise<Step<Slots>>;
  /** Null: what was heard answers nothing that is asked here. */
  answer(scene: Scene, slots: Slots): Promise<Step<Slots> | null>;
  /** The open question once more. */
  repeat(scene: Scene, slots: Slots): Act;
  /** They want no more of it. */
  cancel(scene: Scene, slots: Slots): Act;
  /** What a person who takes over should know, in the city's first language. */
  summary(scene: Scene, slots: Slots): string[];
}

/** The dialogs under way in one conversation; only the last one begun is talked in. */
export interface DialogStack {
  /** Whether there is one, and whether its question stays open. */
  readonly active: { id: string; insists: boolean } | null;
  /** Whether there were some that this version of the bot no longer knows how to go on with. */
  readonly lost: boolean;
  begin<Slots, Opening>(dialog: Dialog<Slots, Opening>, scene: Scene, opening: Opening): Promise<Act>;
  answer(scene: Scene): Promise<Act | null>;
  repeat(scene: Scene): Promise<Act>;
  cancel(scene: Scene): Promise<Act>;
  /** Ends the one that is talked in without a word. */
  drop(): Promise<void>;
  summary(scene: Scene): string[];
  saved(): SavedDialog[];
}

/** Takes the dialogs of a conversation up where they were left. */
export type OpenStack = (saved: readonly SavedDialog[]) => DialogStack;
