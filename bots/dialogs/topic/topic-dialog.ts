import type { Part } from '../../../server/contract/message.ts';
import { wordsOf } from '../../understanding/normalise.ts';
import { yesOrNo } from '../../understanding/small-talk.ts';
import type { Dialog, Step } from '../dialog.ts';
import { passOnTopic } from '../hand-off.ts';
import { type Act, ask, button, phrase, type Scene, say, titleOf } from '../scene.ts';
import { tellAloud } from '../voice/tell-aloud.ts';

/** Topics that were answered; the question is whether that helped. */
export interface Answered {
  ids: string[];
  /** On a call: what has not been told yet, a breath each. */
  rest?: string[];
}

const HELPED = 'si';
const picks = { goOn: 'voice:go-on', text: 'voice:text', enough: 'voice:enough' } as const;
const PERSON = 'hablar-persona';
/** In words: what is longer is more than an answer to «did that help?». */
const LONGEST_YES_OR_NO = 5;

/** Answers topics from the city's articles and asks once whether that helped. */
export const topicDialog: Dialog<Answered, Answered> = {
  id: 'topic',
  version: '1',
  insists: false,

  async begin(scene, { ids }) {
    const articles = await articlesOf(scene, ids);
    const replies = articles.map(({ reply }) => [reply]);
    const unanswered = ids.find((id) => articles.every((article) => article.id !== id));
    if (unanswered) {
      const act = passOnTopic(scene, unanswered, say(scene, 'bot.no_answer', { title: titleOf(scene, unanswered) }));
      return { ...act, replies: [...replies, ...act.replies], slots: null };
    }
    const seen = [...new Set([...scene.memory.seen, ...ids])];
    const answered = { ...scene, memory: { ...scene.memory, seen, outcome: 'informado' } };
    if (scene.channel === 'voice')
      return aloud(
        answered,
        ids,
        articles.flatMap(({ reply }) => tellAloud(reply)),
      );
    const question = askHelped(answered);
    return { ...question, replies: [...replies, ...question.replies], slots: { ids } };
  },

  async answer(scene, { ids, rest = [] }) {
    const { heard, meaning } = scene;
    if (rest.length > 0) {
      const more = await goOn(scene, ids, rest);
      if (more) return more;
    }
    if (heard.choice === HELPED) return { ...settled(scene), slots: null };
    const about = ids.at(-1) ?? '';
    const notHelped = () => ({
      ...passOnTopic(scene, about, say(scene, 'bot.handing_off')),
      corrects: { id: null },
      slots: null,
    });
    if (meaning.id === PERSON && meaning.certainty === 'sure') return notHelped();
    if (heard.choice || (meaning.certainty === 'sure' && meaning.id !== 'despedida')) return null;
    const helped = wordsOf(heard.text).length <= LONGEST_YES_OR_NO ? yesOrNo(heard.text) : null;
    if (helped === 'yes') return { ...settled(scene), slots: null };
    return helped === 'no' ? notHelped() : null;
  },

  repeat: (scene, { rest = [] }) => (rest.length > 0 ? askWhetherToGoOn(scene) : askHelped(scene)),
  cancel: settled,
  summary: () => [],
};

/** What the city has to say about topics; those it has nothing about are missing. */
export async function articlesOf(scene: Scene, ids: readonly string[]): Promise<{ id: string; reply: Part }[]> {
  const { desk, locale, heard, advice } = scene;
  const articles = await Promise.all(
    ids.map(async (id) => {
      const article = await desk.answer(id, locale);
      if (article === null) return [];
      // A button says nothing that an answer could be made to fit.
      const told = heard.choice ? null : await advice.wording(article, heard.text, locale);
      return [{ id, reply: { type: 'text' as const, text: told ?? article } }];
    }),
  );
  return articles.flat();
}

/** Nobody keeps more than a few sentences in mind: the rest is told to who wants it, or sent to their telephone. */
function aloud(scene: Scene, ids: string[], [first, ...rest]: string[]): Step<Answered> {
  const told = first === undefined ? [] : [[{ type: 'text' as const, text: first }]];
  const question = rest.length > 0 ? askWhetherToGoOn(scene) : askHelped(scene);
  return { ...question, replies: [...told, ...question.replies], slots: { ids, rest } };
}

async function goOn(scene: Scene, ids: string[], rest: string[]): Promise<Step<Answered> | null> {
  const { choice, text } = scene.heard;
  const short = wordsOf(text).length <= LONGEST_YES_OR_NO ? yesOrNo(text) : null;
  if (choice === picks.goOn || short === 'yes' || /^sig[ua]/i.test(text)) return aloud(scene, ids, rest);
  if (choice === picks.enough || short === 'no') {
    return { ...askHelped(scene), slots: { ids, rest: [] } };
  }
  if (choice !== picks.text) return null;
  const articles = await articlesOf(scene, ids);
  return {
    replies: [[say(scene, 'voice.text_sent')]],
    texts: articles.flatMap(({ reply }) => (reply.type === 'text' ? [reply.text] : [])),
    memory: { ...scene.memory, misses: 0, offered: [], said: [], outcome: 'resuelto' },
    slots: null,
  };
}

function askWhetherToGoOn(scene: Scene): Act {
  return ask(scene, 'voice.go_on', [
    button(scene, picks.goOn, 'voice.go_on_yes'),
    ...(scene.canText ? [button(scene, picks.text, 'voice.go_on_text')] : []),
    button(scene, picks.enough, 'voice.go_on_no'),
  ]);
}

function askHelped(scene: Scene): Act {
  return ask(scene, 'bot.helped', [
    button(scene, HELPED, 'bot.helped_yes'),
    { id: PERSON, title: phrase(scene, 'bot.helped_no') },
  ]);
}

function settled(scene: Scene): Act {
  return {
    replies: [[say(scene, 'bot.glad')]],
    memory: { ...scene.memory, misses: 0, offered: [], said: [], outcome: 'resuelto' },
  };
}
