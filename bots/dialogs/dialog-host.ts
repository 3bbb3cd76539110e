import type { TurnContext } from 'botbuilder';
// The package as a whole brings prompts with recognisers for a dozen languages: 40 MB, of which nothing is used here.
import { Dialog as SdkDialog } from 'botbuilder-dialogs/lib/dialog.js';
import { DialogContext } from 'botbuilder-dialogs/lib/dialogContext.js';
import { DialogSet } from 'botbuilder-dialogs/lib/dialogSet.js';
import type { Dialog, DialogStack, OpenStack, Step } from './dialog.ts';
import type { SavedDialog } from './saved-dialog.ts';
import { type Act, after, type Scene } from './scene.ts';

/** What passes between a step and whoever asked for it, while the SDK stands in between. */
interface Stage {
  scene: Scene;
  act: Act | null;
}
const STAGE = Symbol('stage');

/** Runs dialogs, which know nothing of it, on the dialog stack of the SDK. */
export function dialogHost(dialogs: readonly Dialog<unknown, unknown>[]): (context: TurnContext) => OpenStack {
  const known = new Map(dialogs.map((dialog) => [dialog.id, dialog]));
  const set = new DialogSet();
  for (const dialog of known.values()) set.add(new StepDialog(dialog));
  return (context) => (saved) => stackOf(context, set, known, saved);
}

function stackOf(
  context: TurnContext,
  set: DialogSet,
  known: ReadonlyMap<string, Dialog<unknown, unknown>>,
  saved: readonly SavedDialog[],
): DialogStack {
  const readable = saved.every(({ id, version }) => known.get(id)?.version === version);
  const dialogStack = readable ? saved.map(({ id, version, slots }) => ({ id, version, state: slots })) : [];
  const dc = new DialogContext(set, context, { dialogStack });
  const steps = (): Dialog<unknown, unknown> | undefined => known.get(dc.activeDialog?.id ?? '');

  async function perform(scene: Scene, move: () => Promise<unknown>): Promise<Act | null> {
    const stage: Stage = { scene, act: null };
    context.turnState.set(STAGE, stage);
    await move();
    return stage.act;
  }
  async function must(scene: Scene, move: () => Promise<unknown>): Promise<Act> {
    return (await perform(scene, move)) ?? { replies: [], memory: scene.memory };
  }

  return {
    get active() {
      const dialog = steps();
      return dialog ? { id: dialog.id, insists: dialog.insists } : null;
    },
    lost: !readable,
    begin: (dialog, scene, opening) => must(scene, () => dc.beginDialog(dialog.id, opening as object)),
    answer: (scene) => perform(scene, () => dc.continueDialog()),
    repeat: (scene) => must(scene, () => dc.repromptDialog()),
    async cancel(scene) {
      const act = steps()?.cancel(scene, dc.activeDialog?.state) ?? { replies: [], memory: scene.memory };
      await dc.cancelAllDialogs();
      return act;
    },
    async drop() {
      dc.stack.pop();
    },
    summary: (scene) => dc.stack.flatMap(({ id, state }) => known.get(id)?.summary(scene, state) ?? []),
    saved: () => dc.stack.map(({ id, version = '', state }) => ({ id, version, slots: state })),
  };
}

class StepDialog extends SdkDialog {
  readonly #steps: Dialog<unknown, unknown>;

  constructor(steps: Dialog<unknown, unknown>) {
    super(steps.id);
    this.#steps = steps;
  }

  override async beginDialog(dc: DialogContext, opening?: object) {
    return this.#settle(dc, await this.#steps.begin(stageOf(dc.context).scene, opening));
  }

  override async continueDialog(dc: DialogContext) {
    const step = await this.#steps.answer(stageOf(dc.context).scene, dc.activeDialog?.state);
    return step ? this.#settle(dc, step) : SdkDialog.EndOfTurn;
  }

  /** The one that was begun over this one is over: what is asked here is still open. */
  override async resumeDialog(dc: DialogContext) {
    const stage = stageOf(dc.context);
    if (stage.act?.handOff || stage.act?.close) return SdkDialog.EndOfTurn;
    const scene = { ...stage.scene, memory: stage.act?.memory ?? stage.scene.memory };
    stage.act = after(stage.act, this.#steps.repeat(scene, dc.activeDialog?.state));
    return SdkDialog.EndOfTurn;
  }

  override async repromptDialog(context: TurnContext, instance: { state: unknown }) {
    const stage = stageOf(context);
    stage.act = after(stage.act, this.#steps.repeat(stage.scene, instance.state));
  }

  override getVersion() {
    return this.#steps.version;
  }

  async #settle(dc: DialogContext, { slots, ...act }: Step<unknown>) {
    const stage = stageOf(dc.context);
    stage.act = after(stage.act, act);
    if (slots === null) return dc.endDialog();
    if (dc.activeDialog) Object.assign(dc.activeDialog, { state: slots, version: this.#steps.version });
    return SdkDialog.EndOfTurn;
  }
}

function stageOf(context: TurnContext): Stage {
  const stage = context.turnState.get<Stage | undefined>(STAGE);
  if (!stage) throw new Error('A dialog was moved by nobody');
  return stage;
}
