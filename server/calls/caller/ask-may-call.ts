import type { Spoken } from '../../contract/voice.ts';
import { ask, type CallerScene, type NextStep, numberOf, speak, unspokenWords } from './caller-scene.ts';
import { keepSafeContact } from './keep-safe-contact.ts';
import { saidYes } from './said-yes.ts';

/** Where being called could harm, they are asked before anything else what is to happen if the call drops. */
export const mustAskMayCall = (scene: CallerScene): boolean =>
  scene.ticket.protected &&
  scene.script.mayCall === null &&
  (scene.ticket.state === 'waiting' || scene.ticket.state === 'offered') &&
  numberOf(scene) !== null;

export function askMayCall(scene: CallerScene): NextStep[] {
  scene.script.asking = 'may_call';
  const say = [...unspokenWords(scene), speak(scene, 'call.may_call')];
  return [ask(scene, say, { keys: { most: 1, finishOn: null }, speech: true })];
}

/** Silence is no. Called away from the question, they are asked again. @returns what is said to the answer */
export async function hearMayCall(scene: CallerScene): Promise<Spoken[]> {
  const { script, heard, unit, ticket } = scene;
  script.asking = null;
  if (heard.kind === 'again') return [];
  script.mayCall = saidYes(heard);
  scene.heard = { kind: 'again' };
  await keepSafeContact(scene, script.mayCall);
  if (!script.mayCall) {
    // Asked for in an earlier call, when it was still safe.
    await unit.tx
      .updateTable('callback')
      .set({ done_at: unit.now })
      .where('ticket_id', '=', ticket.id)
      .where('done_at', 'is', null)
      .execute();
  }
  return [speak(scene, 'call.may_call_heard')];
}
