import type { DialogStack } from '../dialog.ts';
import { type Act, after, type Scene } from '../scene.ts';
import { moreDialog } from './more-dialog.ts';
import { textDialog } from './text-dialog.ts';

/** On a call every turn ends with a question, or ends the call: once nothing is open, what may still be wanted is asked. */
export async function roundOff(scene: Scene, stack: DialogStack, act: Act): Promise<Act> {
  const over = act.handOff !== undefined || act.close !== undefined;
  if (scene.channel !== 'voice' || over || stack.active) return act;
  const here = { ...scene, memory: act.memory };
  const { toText, offered } = act.memory;
  if (toText.length > 0) return after(act, await stack.begin(textDialog, here, toText));
  return offered.length > 0 ? act : after(act, await stack.begin(moreDialog, here, null));
}
