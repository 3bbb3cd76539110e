import type { Desk } from '../../server/contract/bot.ts';
import type { Danger } from '../understanding/find-danger.ts';
import { idOfDanger } from '../understanding/understand.ts';
import { answerAfresh, isPerson, keepWords, troubles } from './answer-afresh.ts';
import { answerAside } from './answer-aside.ts';
import { dangerCheckDialog } from './danger/danger-check-dialog.ts';
import { raiseAlarm } from './danger/raise-alarm.ts';
import type { DialogStack } from './dialog.ts';
import { giveUp, passOn, passOnUpset } from './hand-off.ts';
import { isUpset } from './hearing/upset.ts';
import { wantsToCancel } from './hearing/wishes.ts';
import { introducedBy } from './report/steps.ts';
import { type Act, ask, menuOf, phrase, type Scene } from './scene.ts';

const EMERGENCY = 'emergencia';
const MISSES_TO_GIVE_UP = 2;

/**
 * What the bot does with a burst: danger first, then who should rather talk to a person, then the open question, then
 * whatever it is about. `forgot`: there was more, but this version of the bot cannot read it.
 */
export async function respond(scene: Scene, stack: DialogStack, forgot: boolean): Promise<Act> {
  const { meaning, heard } = scene;
  const danger = meaning.certainty === 'sure' ? dangerMeant(scene.desk, [meaning.id, ...meaning.also]) : null;
  if (danger) return raiseAlarm(scene, danger);
  if (heard.choice === null && isUpset(heard.text)) return passOnUpset(keepWords(scene), stack.summary(scene));

  const doubt = stack.active?.insists ? null : dangerMeant(scene.desk, meaning.candidates);
  if (doubt) {
    const candidates = meaning.candidates.filter((id) => dangerMeant(scene.desk, [id]) === null);
    return stack.begin(dangerCheckDialog, keepWords(scene), { danger: doubt, candidates });
  }
  if (stack.active?.insists) return within(scene, stack);
  if (stack.active) {
    const act = await stack.answer(keepWords(scene));
    if (act) return act;
    await stack.drop();
  }
  if (forgot && meaning.certainty !== 'sure') return ask(scene, 'bot.lost_thread', menuOf(scene));
  return answerAfresh(keepWords(scene), stack);
}

export function dangerMeant(desk: Desk, ids: readonly string[]): Danger | null {
  const violence = idOfDanger('violence', desk);
  if (violence !== EMERGENCY && ids.includes(violence)) return 'violence';
  return ids.includes(EMERGENCY) ? 'emergency' : null;
}

/** In the midst of a dialog whose question stays open. */
async function within(scene: Scene, stack: DialogStack): Promise<Act> {
  const { heard, meaning, memory } = scene;
  if (isPerson(scene)) return passOn(scene, stack.summary(scene));
  if (heard.choice === null && wantsToCancel(heard.text)) return stack.cancel(scene);
  const aside = await answerAside(scene, stack);
  if (aside) return aside;
  // Asked whom to call, people send a card.
  const told = heard.text === '' && heard.card !== null ? { ...scene, heard: { ...heard, text: heard.card } } : scene;
  const act = await stack.answer(told);
  if (act) return act;

  const again = await stack.repeat(scene);
  if (meaning.id === 'saludo' || meaning.id === 'despedida') return again;
  const misses = memory.misses + 1;
  if (misses >= MISSES_TO_GIVE_UP) return giveUp(keepWords(scene), stack.summary(scene));
  const lead = phrase(scene, heard.trouble && heard.text === '' ? troubles[heard.trouble] : 'bot.missed_answer');
  return { ...again, replies: introducedBy(lead, again.replies), memory: { ...again.memory, misses } };
}
