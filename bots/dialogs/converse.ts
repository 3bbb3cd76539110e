import type { Bot, Desk } from '../../server/contract/bot.ts';
import type { ChoiceOption, Part } from '../../server/contract/message.ts';
import { type Danger, findDanger } from '../understanding/find-danger.ts';
import { wordsOf } from '../understanding/normalise.ts';
import { yesOrNo } from '../understanding/small-talk.ts';
import { idOfDanger, type Understand, type Understanding } from '../understanding/understand.ts';
import { giveUp, passOn, passOnFolio, passOnTopic, raiseAlarm, takeReport } from './hand-off.ts';
import { listen } from './listen.ts';
import { type Memory, recall, remember } from './memory.ts';
import { type Act, ask, type Scene, say, titleOf } from './scene.ts';

const MISSES_TO_GIVE_UP = 2;
const SAYINGS_KEPT = 3;
const HELPED = 'si';
const PERSON = 'hablar-persona';
const EMERGENCY = 'emergencia';
/** In words: what is longer is more than an answer to «did that help?». */
const LONGEST_YES_OR_NO = 5;
/** What people say to the bot rather than about their matter. */
const smallTalk = new Set(['saludo', 'despedida']);

/** The conversation as a function of a turn: danger first, then what was picked or understood. */
export function converse(understand: Understand): Bot['turn'] {
  return async (turn, desk) => {
    const before = recall(turn.state);
    const heard = listen(turn.messages, before.offered);
    const memory = {
      ...before,
      greeted: true,
      files: before.files + heard.files,
      location: before.location || heard.location,
    };
    const scene: Scene = { desk, locale: turn.locale, citizenName: turn.citizenName, heard, memory };

    const meaning = await meaningOf(scene, understand);
    const danger = meaning.certainty === 'sure' ? dangerMeant([meaning.id, ...meaning.also], desk) : null;
    const act = danger ? raiseAlarm(scene, danger) : greetFirst(scene, before, await answer(scene, meaning));
    return {
      replies: act.replies,
      state: remember(act.memory),
      understood: { id: meaning.id, confidence: meaning.confidence },
      ...(act.handOff && { handOff: act.handOff }),
    };
  };
}

function dangerMeant(ids: readonly string[], desk: Desk): Danger | null {
  if (desk.catalogue('es').some((entry) => entry.protected && ids.includes(entry.id))) return 'violence';
  return ids.includes(EMERGENCY) ? 'emergency' : null;
}

async function meaningOf({ heard, desk }: Scene, understand: Understand): Promise<Understanding> {
  if (!heard.choice) return understand(heard.text, desk);
  const danger = findDanger(heard.text, desk.danger);
  return meant(danger ? idOfDanger(danger, desk) : heard.choice);
}

function meant(id: string): Understanding {
  return { certainty: 'sure', id, confidence: 1, candidates: [], also: [] };
}

async function answer(before: Scene, meaning: Understanding): Promise<Act> {
  const scene = keepWords(before, meaning);
  const { memory, heard } = scene;
  if (memory.asking && (meaning.certainty !== 'sure' || meaning.id === 'despedida')) {
    const helped = wordsOf(heard.text).length <= LONGEST_YES_OR_NO ? yesOrNo(heard.text) : null;
    if (helped === 'yes') return settled(scene, 'bot.glad');
    if (helped === 'no') return passOnTopic(scene, memory.asking, say(scene, 'bot.handing_off'));
  }
  if (meaning.certainty !== 'sure') return notUnderstood(scene, meaning);
  if (meaning.id === PERSON) {
    return memory.asking ? passOnTopic(scene, memory.asking, say(scene, 'bot.handing_off')) : passOn(scene);
  }
  if (meaning.id === HELPED) return settled(scene, 'bot.glad');
  if (meaning.id === 'saludo') return showMenu(scene);
  if (meaning.id === 'despedida') return settled(scene, 'bot.goodbye');
  if (meaning.id === 'estatus-folio') return passOnFolio(scene);

  const asked = new Set([meaning.id, ...meaning.also]);
  const entries = scene.desk.catalogue(scene.locale).filter(({ id }) => asked.has(id));
  const topics = entries.filter(({ kind }) => kind === 'topic').map(({ id }) => id);
  const services = entries.filter(({ kind }) => kind === 'service').map(({ id }) => id);
  if (services.length > 0) return answerAndReport(scene, topics, services);
  return topics.length > 0 ? tell(scene, topics) : notUnderstood(scene, meaning);
}

/** A report goes to a person, so what can be answered is answered before. */
async function answerAndReport(scene: Scene, topics: string[], services: string[]): Promise<Act> {
  const articles = await articlesOf(scene, topics);
  const seen = [...new Set([...scene.memory.seen, ...articles.map(({ id }) => id)])];
  const report = takeReport({ ...scene, memory: { ...scene.memory, seen } }, services);
  return { ...report, replies: [...articles.map(({ reply }) => reply), ...report.replies] };
}

/** The articles of what was asked, and whether they helped. */
async function tell(scene: Scene, ids: string[]): Promise<Act> {
  const articles = await articlesOf(scene, ids);
  const unanswered = ids.find((id) => articles.every((article) => article.id !== id));
  if (unanswered) {
    const reply = say(scene, 'bot.no_answer', { title: titleOf(scene, unanswered) });
    const act = passOnTopic(scene, unanswered, reply);
    return { ...act, replies: [...articles.map((article) => article.reply), ...act.replies] };
  }
  const question = ask(
    scene,
    'bot.helped',
    [
      { id: HELPED, title: scene.desk.phrase('bot.helped_yes', scene.locale) },
      { id: PERSON, title: scene.desk.phrase('bot.helped_no', scene.locale) },
    ],
    { asking: ids.at(-1) ?? null, seen: [...new Set([...scene.memory.seen, ...ids])] },
  );
  return { ...question, replies: [...articles.map(({ reply }) => reply), ...question.replies] };
}

async function articlesOf({ desk, locale }: Scene, ids: string[]): Promise<{ id: string; reply: Part[] }[]> {
  const articles = await Promise.all(ids.map(async (id) => ({ id, text: await desk.answer(id, locale) })));
  return articles.flatMap(({ id, text }) => (text === null ? [] : [{ id, reply: [{ type: 'text' as const, text }] }]));
}

function notUnderstood(scene: Scene, { candidates }: Understanding): Act {
  const { heard, memory } = scene;
  if (candidates.length > 0) {
    const options = candidates.map((id) => ({ id, title: titleOf(scene, id) }));
    return ask(scene, 'bot.which', [...options, personOption(scene)]);
  }
  const misses = memory.misses + 1;
  if (misses >= MISSES_TO_GIVE_UP) return giveUp(scene);
  if (heard.text !== '' || (heard.files === 0 && !heard.location)) {
    return ask(scene, 'bot.missed', scene.desk.menu(scene.locale), { misses });
  }
  const key = heard.files > 0 ? 'bot.attachment' : 'bot.location';
  return { replies: [[say(scene, key)]], memory: { ...memory, misses, asking: null, offered: [] } };
}

function showMenu(scene: Scene): Act {
  return ask(scene, 'bot.menu', scene.desk.menu(scene.locale));
}

function settled(scene: Scene, key: 'bot.glad' | 'bot.goodbye'): Act {
  return { replies: [[say(scene, key)]], memory: { ...scene.memory, asking: null, misses: 0, offered: [], said: [] } };
}

/** The first answer opens with a greeting, in the same message. */
function greetFirst(scene: Scene, before: Memory, act: Act): Act {
  if (before.greeted) return act;
  const name = scene.citizenName?.split(' ')[0];
  const values = { city: scene.desk.cityName, ...(name && { name }) };
  const greeting = scene.desk.phrase(name ? 'bot.greeting_named' : 'bot.greeting', scene.locale, values);
  const [[first, ...parts] = [], ...replies] = act.replies;
  const opening: Part[] =
    first?.type === 'text' ? [{ ...first, text: `${greeting}\n\n${first.text}` }] : [{ type: 'text', text: greeting }];
  return { ...act, replies: [[...opening, ...parts], ...replies] };
}

function keepWords(scene: Scene, { id }: Understanding): Scene {
  const { heard, memory } = scene;
  const alreadyToldByChoice = heard.choice !== null;
  if (heard.text === '' || alreadyToldByChoice || smallTalk.has(id)) return scene;
  return { ...scene, memory: { ...memory, said: [...memory.said, heard.text].slice(-SAYINGS_KEPT) } };
}

function personOption(scene: Scene): ChoiceOption {
  return { id: PERSON, title: titleOf(scene, PERSON) };
}
