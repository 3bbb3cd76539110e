import type { ChoiceOption, Part } from '../../server/contract/message.ts';
import type { PhraseKey } from '../../server/contract/phrases.ts';
import { requestsIn } from '../understanding/requests.ts';
import type { Understanding } from '../understanding/understand.ts';
import type { DialogStack } from './dialog.ts';
import { giveUp, passOn } from './hand-off.ts';
import { findFolio } from './hearing/folio.ts';
import { type ReportOpening, reportDialog } from './report/report-dialog.ts';
import { type Act, after, ask, entryOf, menuOf, type Scene, say, titleOf } from './scene.ts';
import { statusDialog } from './status/status-dialog.ts';
import { articlesOf, topicDialog } from './topic/topic-dialog.ts';
import { goodbye as hangUp } from './voice/more-dialog.ts';

const MISSES_TO_GIVE_UP = 2;
const SAYINGS_KEPT = 3;
const PERSON = 'hablar-persona';
/** What people say to the bot rather than about their matter. */
const smallTalk = new Set(['saludo', 'despedida']);

/** What is done about a burst that answers no open question. */
export async function answerAfresh(doubtful: Scene, stack: DialogStack): Promise<Act> {
  const scene = await settleDoubt(doubtful);
  const { meaning, heard, desk, now } = scene;
  if (isPerson(scene)) return passOn(scene);
  const named = heard.choice === null && findFolio(heard.text, desk.folioPrefix, now.getFullYear()) !== null;
  if (named || (meaning.certainty === 'sure' && meaning.id === 'estatus-folio')) {
    return stack.begin(statusDialog, scene, null);
  }
  if (meaning.certainty !== 'sure') return notUnderstood(scene, meaning);
  if (meaning.id === 'saludo') return ask(scene, 'bot.menu', menuOf(scene));
  if (meaning.id === 'despedida') return scene.channel === 'voice' ? hangUp(scene) : goodbye(scene);

  const entries = [meaning.id, ...meaning.also].flatMap((id) => entryOf(scene, id) ?? []);
  const topics = entries.filter(({ kind }) => kind === 'topic').map(({ id }) => id);
  const services = entries.filter(({ kind }) => kind === 'service').map(({ id }) => id);
  if (services.length > 0) return answerAndReport(scene, stack, topics, openingOf(scene, services));
  if (topics.length > 0) return stack.begin(topicDialog, scene, { ids: topics });
  return heard.choice ? ask(scene, 'bot.old_button', menuOf(scene)) : notUnderstood(scene, meaning);
}

/**
 * Between several, a language model is asked as well. Where it agrees with what was thought likeliest that is taken for
 * meant; alone it decides nothing but what is offered first.
 */
async function settleDoubt(scene: Scene): Promise<Scene> {
  const { meaning, heard, advice } = scene;
  const [likeliest] = meaning.candidates;
  if (meaning.certainty !== 'between' || heard.choice !== null || likeliest === undefined) return scene;
  const chosen = await advice.choice(heard.text, titled(scene, meaning.candidates));
  if (chosen === null) return scene;
  if (chosen === likeliest) return { ...scene, meaning: { ...meaning, certainty: 'sure', id: chosen, candidates: [] } };
  return { ...scene, meaning: { ...meaning, candidates: [...new Set([chosen, ...meaning.candidates])] } };
}

const titled = (scene: Scene, ids: readonly string[]): ChoiceOption[] =>
  ids.map((id) => ({ id, title: titleOf(scene, id) }));

export function isPerson({ heard, meaning }: Scene): boolean {
  return heard.choice === PERSON || (meaning.id === PERSON && meaning.certainty === 'sure');
}

/** What is said of something that says nothing to the bot. */
export const troubles = {
  voice: 'bot.cannot_listen',
  lost: 'bot.file_lost',
  kind: 'bot.cannot_open',
} as const satisfies Record<NonNullable<Scene['heard']['trouble']>, PhraseKey>;

/** The scene with what was said in mind, for whoever takes over. */
export function keepWords(scene: Scene): Scene {
  const { heard, memory, meaning } = scene;
  if (heard.text === '' || heard.choice !== null || smallTalk.has(meaning.id)) return scene;
  return { ...scene, memory: { ...memory, said: [...memory.said, heard.text].slice(-SAYINGS_KEPT) } };
}

/** What can be answered is answered before a report begins. */
async function answerAndReport(
  scene: Scene,
  stack: DialogStack,
  topics: string[],
  opening: ReportOpening,
): Promise<Act> {
  const articles = await articlesOf(scene, topics);
  const seen = [...new Set([...scene.memory.seen, ...articles.map(({ id }) => id)])];
  const here = { ...scene, memory: { ...scene.memory, seen, misses: 0 } };
  const report = await stack.begin(reportDialog, here, opening);
  return after({ replies: articles.map(({ reply }) => [reply]), memory: here.memory }, report);
}

/** What was said of each matter; of one that was picked from what was offered in doubt, what had been said before. */
function openingOf({ heard, meaning, memory }: Scene, serviceIds: readonly string[]): ReportOpening {
  const text = heard.choice === null ? heard.text : (memory.doubted?.text ?? '');
  const ids = [meaning.id, ...meaning.also];
  const { parts } = requestsIn(text);
  const aboutOf = (id: string): string => (parts.length === ids.length ? (parts[ids.indexOf(id)] ?? text) : text);
  return { text, matters: serviceIds.map((serviceId) => ({ serviceId, text: aboutOf(serviceId) })) };
}

async function notUnderstood(scene: Scene, { candidates }: Understanding): Promise<Act> {
  const { heard, memory, locale } = scene;
  if (candidates.length > 0) {
    const options = titled(scene, candidates);
    const act = ask(scene, 'bot.which', [...options, personOption(scene)]);
    const better =
      options.length > 1 && !heard.choice ? await scene.advice.question(heard.text, options, locale) : null;
    return better ? { ...act, replies: reworded(act.replies, better) } : act;
  }
  const { files, trouble, point, card } = heard;
  const wordless = heard.text === '' && (files > 0 || trouble !== null || point !== null || card !== null);
  // Who cannot write should not be asked to, over and over.
  const misses = wordless && trouble !== 'voice' ? memory.misses : memory.misses + 1;
  if (misses >= MISSES_TO_GIVE_UP) return giveUp(scene);
  const kept = {
    ...memory,
    misses,
    offered: [],
    photos: [...memory.photos, ...heard.photos],
    pin: point ?? memory.pin,
  };
  if (wordless && trouble) return ask(scene, troubles[trouble], [personOption(scene)], kept);
  if (wordless) {
    const got = files > 0 ? 'bot.attachment' : point ? 'bot.location' : 'bot.contact';
    return { replies: [[say(scene, got)]], memory: kept };
  }
  return ask(scene, 'bot.missed', menuOf(scene), { misses });
}

/** The same replies, the first of them asked in other words. */
const reworded = ([[, ...others] = [], ...later]: Part[][], text: string): Part[][] => [
  [{ type: 'text', text }, ...others],
  ...later,
];

function goodbye({ memory, ...scene }: Scene): Act {
  return {
    replies: [[say(scene, 'bot.goodbye')]],
    memory: { ...memory, misses: 0, offered: [], said: [] },
  };
}

function personOption(scene: Scene): ChoiceOption {
  return { id: PERSON, title: titleOf(scene, PERSON) };
}
