import { wordsOf } from '../../understanding/normalise.ts';
import { isFarewell, yesOrNo } from '../../understanding/small-talk.ts';
import type { Dialog } from '../dialog.ts';
import { type Act, ask, button, menuOf, type Scene, say } from '../scene.ts';

const picks = { yes: 'more:yes', no: 'more:no' } as const;
const LONGEST_YES_OR_NO = 4;
const THAT_IS_ALL = /\b(?:es todo|seria todo|nada mas|that is all|thats all|nothing else)\b/;

/** A call goes on until somebody says that it is enough: silence on a telephone is a fault. */
export const moreDialog: Dialog<Record<string, never>, null> = {
  id: 'more',
  version: '1',
  insists: false,

  async begin(scene) {
    return { ...askForMore(scene), slots: {} };
  },

  async answer(scene) {
    const { text, choice } = scene.heard;
    const words = wordsOf(text);
    const short = words.length <= LONGEST_YES_OR_NO ? yesOrNo(text) : null;
    const over = isFarewell(text) || THAT_IS_ALL.test(words.join(' '));
    if (choice === picks.no || short === 'no' || over) return { ...goodbye(scene), slots: null };
    if (choice !== picks.yes && short !== 'yes') return null;
    return { ...ask(scene, 'bot.menu', menuOf(scene)), slots: null };
  },

  repeat: askForMore,
  cancel: goodbye,
  summary: () => [],
};

function askForMore(scene: Scene): Act {
  return ask(scene, 'voice.more', [button(scene, picks.yes, 'voice.yes'), button(scene, picks.no, 'voice.no')]);
}

/** Whoever says goodbye on a telephone hangs up. */
export function goodbye({ memory, ...scene }: Scene): Act {
  return {
    replies: [[say(scene, 'bot.goodbye')]],
    memory: { ...memory, misses: 0, offered: [], said: [] },
    close: memory.outcome ?? 'sin-respuesta',
  };
}
