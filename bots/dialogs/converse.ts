import type { Bot, Desk } from '../../server/contract/bot.ts';
import type { ChoiceOption, Part } from '../../server/contract/message.ts';
import { type Danger, findDanger } from '../understanding/find-danger.ts';
import { yesOrNo } from '../understanding/small-talk.ts';
import type { Understand, Understanding } from '../understanding/understand.ts';
import { giveUp, passOn, passOnFolio, passOnTopic, raiseAlarm, takeReport } from './hand-off.ts';
import { type Heard, listen } from './listen.ts';
import { type Memory, recall, remember } from './memory.ts';
import { type Act, ask, type Scene, say, titleOf } from './scene.ts';

const MISSES_TO_GIVE_UP = 2;
const SAYINGS_KEPT = 3;
const HELPED = 'si';
const PERSON = 'hablar-persona';
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

    const danger = dangerIn(heard, desk);
    const act = danger
      ? raiseAlarm(scene, danger)
      : greetFirst(scene, before, await answer(scene, await meaningOf(scene, understand)));
    return { replies: act.replies, state: remember(act.memory), ...(act.handOff && { handOff: act.handOff }) };
  };
}

function dangerIn({ text, choice }: Heard, desk: Desk): Danger | null {
  if (choice === 'emergencia') return 'emergency';
  if (desk.catalogue('es').some((entry) => entry.id === choice && entry.protected)) return 'violence';
  return findDanger(text, desk.danger);
}

async function meaningOf({ heard, desk, locale }: Scene, understand: Understand): Promise<Understanding> {
  if (heard.choice) return { id: heard.choice, confidence: 1, candidates: [] };
  return understand(heard.text, desk, locale);
}

async function answer(before: Scene, meaning: Understanding): Promise<Act> {
  const scene = keepWords(before, meaning);
  const { memory, heard } = scene;
  if (meaning.id === PERSON) {
    return memory.asking ? passOnTopic(scene, memory.asking, say(scene, 'bot.handing_off')) : passOn(scene);
  }
  if (meaning.id === HELPED) return settled(scene, 'bot.glad');
  if (memory.asking && meaning.candidates.length === 0 && (meaning.id === 'ninguno' || meaning.id === 'despedida')) {
    const helped = yesOrNo(heard.text);
    if (helped === 'yes') return settled(scene, 'bot.glad');
    if (helped === 'no') return passOnTopic(scene, memory.asking, say(scene, 'bot.handing_off'));
  }
  if (meaning.id === 'saludo') return showMenu(scene);
  if (meaning.id === 'despedida') return settled(scene, 'bot.goodbye');
  if (meaning.id === 'estatus-folio') return passOnFolio(scene);

  const entry = scene.desk.catalogue(scene.locale).find(({ id }) => id === meaning.id);
  if (entry?.kind === 'service') return takeReport(scene, entry.id);
  if (entry?.kind === 'topic') return tell(scene, entry.id);
  return notUnderstood(scene, meaning);
}

/** The article of a topic, and whether it helped. */
async function tell(scene: Scene, id: string): Promise<Act> {
  const article = await scene.desk.answer(id, scene.locale);
  if (article === null) return passOnTopic(scene, id, say(scene, 'bot.no_answer', { title: titleOf(scene, id) }));
  const question = ask(
    scene,
    'bot.helped',
    [
      { id: HELPED, title: scene.desk.phrase('bot.helped_yes', scene.locale) },
      { id: PERSON, title: scene.desk.phrase('bot.helped_no', scene.locale) },
    ],
    { asking: id, seen: [...new Set([...scene.memory.seen, id])] },
  );
  return { ...question, replies: [[{ type: 'text', text: article }], ...question.replies] };
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
