import type { Danger } from '../../understanding/find-danger.ts';
import { wordsOf } from '../../understanding/normalise.ts';
import { yesOrNo } from '../../understanding/small-talk.ts';
import type { Dialog } from '../dialog.ts';
import { passOn } from '../hand-off.ts';
import { type Act, ask, button, menuOf, type Scene, titleOf } from '../scene.ts';
import { raiseAlarm } from './raise-alarm.ts';

/** It may be danger, or something else. */
export interface Doubt {
  danger: Danger;
  /** What else it may be, likeliest first. */
  candidates: string[];
}

const picks = { yes: 'danger:yes', no: 'danger:no' } as const;
const PERSON = 'hablar-persona';
const LONGEST_YES_OR_NO = 6;

/** Asks whether somebody is in danger, when it is not sure that nobody is. */
export const dangerCheckDialog: Dialog<Doubt, Doubt> = {
  id: 'danger-check',
  version: '1',
  insists: true,

  async begin(scene, doubt) {
    return { ...askInDanger(scene), slots: doubt };
  },

  async answer(scene, { danger, candidates }) {
    const { text, choice } = scene.heard;
    const short = wordsOf(text).length <= LONGEST_YES_OR_NO ? yesOrNo(text) : null;
    if (choice === picks.yes || short === 'yes') return { ...(await raiseAlarm(scene, danger)), slots: null };
    if (choice !== picks.no && short !== 'no') return null;
    if (candidates.length === 0) return { ...passOn(scene), slots: null };
    const options = candidates.map((id) => ({ id, title: titleOf(scene, id) }));
    return { ...ask(scene, 'bot.which', [...options, { id: PERSON, title: titleOf(scene, PERSON) }]), slots: null };
  },

  repeat: askInDanger,
  cancel: (scene) => ask(scene, 'bot.menu', menuOf(scene)),
  summary: () => [],
};

function askInDanger(scene: Scene): Act {
  return ask(scene, 'danger.check', [
    button(scene, picks.yes, 'danger.check_yes'),
    button(scene, picks.no, 'danger.check_no'),
  ]);
}
