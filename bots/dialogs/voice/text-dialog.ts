import { wordsOf } from '../../understanding/normalise.ts';
import { yesOrNo } from '../../understanding/small-talk.ts';
import type { Dialog } from '../dialog.ts';
import { type Act, ask, button, type Scene, say } from '../scene.ts';

const picks = { yes: 'text:yes', no: 'text:no' } as const;
const LONGEST_YES_OR_NO = 5;
/** «Mándamelo». */
const SEND = /^(?:si )?(?:mandame|mandamel[oa]|mandal[oa]|enviamel[oa]|enviame|send it|text me)\b/;

/** Offers to send to their telephone what nobody could write down while listening. */
export const textDialog: Dialog<string[], string[]> = {
  id: 'text',
  version: '1',
  insists: false,

  async begin(scene, texts) {
    return { ...askToText(scene), slots: texts };
  },

  async answer(scene, texts) {
    const { text, choice } = scene.heard;
    const words = wordsOf(text);
    const short = words.length <= LONGEST_YES_OR_NO ? yesOrNo(text) : null;
    if (choice === picks.yes || short === 'yes' || SEND.test(words.join(' '))) {
      return { replies: [[say(scene, 'voice.text_sent')]], memory: kept(scene), texts, slots: null };
    }
    return choice === picks.no || short === 'no' ? { replies: [], memory: kept(scene), slots: null } : null;
  },

  repeat: askToText,
  cancel: (scene) => ({ replies: [], memory: kept(scene) }),
  summary: () => [],
};

function askToText(scene: Scene): Act {
  const act = ask(scene, 'voice.text_offer', [
    button(scene, picks.yes, 'voice.yes'),
    button(scene, picks.no, 'voice.no'),
  ]);
  return { ...act, memory: { ...act.memory, toText: [] } };
}

const kept = ({ memory }: Scene): Scene['memory'] => ({ ...memory, misses: 0, offered: [] });
