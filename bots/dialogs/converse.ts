import type { BotOutcome, BotTurn, Desk } from '../../server/contract/bot.ts';
import type { Part } from '../../server/contract/message.ts';
import { type Advice, noAdvice } from '../language-model/advice.ts';
import { findDanger } from '../understanding/find-danger.ts';
import { wordsOf } from '../understanding/normalise.ts';
import { idOfDanger, type Understand, type Understanding } from '../understanding/understand.ts';
import type { OpenStack } from './dialog.ts';
import { languageAfter } from './follow-language.ts';
import { findContact } from './hearing/contact.ts';
import { isPlainAnswer } from './hearing/wishes.ts';
import { listen } from './listen.ts';
import { type Memory, recall, remember } from './memory.ts';
import { dangerMeant, respond } from './respond.ts';
import { type Act, phrase, type Scene } from './scene.ts';
import { breakSilence, breakSilenceAt } from './silence.ts';
import { roundOff } from './voice/round-off.ts';

/** The conversation as a function of a turn and of the dialogs under way. */
export type Conversation = (turn: BotTurn, desk: Desk, openStack: OpenStack) => Promise<BotOutcome>;

const nothing: Understanding = { certainty: 'unsure', id: 'ninguno', confidence: 1, candidates: [], also: [] };
/** What somebody means who comes in without a word. */
const GREETING = 'saludo';
/** Of what was said in doubt, for a report that may come of it. */
const LONGEST_KEPT = 2_000;
/** In words. */
const LONGEST_CRY = 40;
/** How long words of danger wait for the rest to be weighed. */
const LONGEST_THOUGHT_MS = 1_500;

/** @param advised by which language model a turn may be advised; by none, unless said */
export function converse(understand: Understand, advised: (turn: BotTurn) => Advice = () => noAdvice): Conversation {
  return async (turn, desk, openStack) => {
    const advice = advised(turn);
    const { memory: before, lost } = recall(turn.state);
    const stack = openStack(before.stack);
    const aloud = turn.channel === 'voice';
    const heard = listen(turn.messages, before.offered, aloud);
    const locale = languageAfter(heard.choice ? '' : heard.text, turn.locale);
    const scene: Scene = {
      desk,
      asker: { conversationId: turn.conversationId, ticketId: turn.ticketId },
      channel: turn.channel,
      canText: aloud && turn.canText === true,
      locale,
      citizenName: turn.citizenName,
      consent: turn.consent,
      now: turn.now,
      heard,
      meaning: nothing,
      understand: (text) => understand(text, desk),
      advice,
      memory: {
        ...before,
        greeted: true,
        files: before.files + heard.files,
        location: before.location || heard.point !== null,
      },
    };
    if (turn.messages.length === 0) return outcomeOf(turn, scene, await breakSilence(scene, stack), stack);
    // To a sticker there is nothing to say, but to somebody who only comes in.
    if (heard.asksNothing && before.greeted) return outcomeOf(turn, scene, { replies: [], memory: before }, stack);

    const inDialog = stack.active?.insists === true;
    const meaning = await meaningOf(scene, inDialog);
    const understood = { ...scene, meaning, memory: { ...scene.memory, reminded: false } };
    const act = await roundOff(understood, stack, await respond(understood, stack, lost || stack.lost));
    // A call has been greeted by its line.
    const greeted =
      aloud || before.greeted || lost || act.handOff?.reason === 'danger' ? act : greetFirst(understood, act);
    const outcome = {
      ...outcomeOf(turn, understood, greeted, stack),
      ...(advice.shaped.length > 0 && { shaped: advice.shaped }),
    };
    // An answer to a question of the bot's own says nothing of what is understood.
    return inDialog && act.handOff?.reason !== 'danger'
      ? outcome
      : { ...outcome, ...whatWasUnderstood(understood, before) };
  };
}

function outcomeOf(turn: BotTurn, scene: Scene, act: Act, stack: ReturnType<OpenStack>): BotOutcome {
  const { replies, memory, ...effects } = act;
  const over = effects.handOff !== undefined || effects.close !== undefined;
  const asksSomething = stack.active?.insists === true;
  return {
    replies,
    ...effects,
    ...(scene.locale !== turn.locale && { locale: scene.locale }),
    ...(!over && { breakSilenceAt: breakSilenceAt({ ...scene, memory }, asksSomething) }),
    state: remember({ ...memory, stack: over ? [] : stack.saved(), doubted: doubtedBy(scene) }),
  };
}

async function meaningOf({ heard, desk, understand }: Scene, asks: boolean): Promise<Understanding> {
  const danger = findDanger(heard.text, desk.danger);
  // In few words it is a cry for help; in a long story they may be about anything, and are weighed.
  if (danger && (heard.choice || wordsOf(heard.text).length <= LONGEST_CRY)) return sure(idOfDanger(danger, desk));
  if (heard.choice) return sure(heard.choice);
  if (heard.asksNothing) return sure(GREETING);
  if (asks && !danger && isPlainAnswer(heard.text)) return nothing;
  const thinking = understand(heard.text);
  // Right after a start the bot is still learning: danger does not wait for that.
  const meaning = await (danger ? inTime(thinking, sure(idOfDanger(danger, desk))) : thinking);
  if (!danger && isPlainAnswer(heard.text) && dangerMeant(desk, [meaning.id, ...meaning.candidates])) return nothing;
  if (meaning.certainty === 'sure') return meaning;
  const { rest } = findContact(heard.text);
  if (rest === '' || rest === heard.text) return meaning;
  // Who they are says nothing of what they want.
  const without = await understand(rest);
  return without.certainty === 'sure' ? without : meaning;
}

/** What is thought, or `otherwise` when that takes too long. */
function inTime(thinking: Promise<Understanding>, otherwise: Understanding): Promise<Understanding> {
  const { promise, resolve, reject } = Promise.withResolvers<Understanding>();
  const timer = setTimeout(resolve, LONGEST_THOUGHT_MS, otherwise);
  thinking.then(resolve, reject).finally(() => clearTimeout(timer));
  return promise;
}

function sure(id: string): Understanding {
  return { certainty: 'sure', id, confidence: 1, candidates: [], also: [] };
}

function doubtedBy({ heard, meaning }: Scene): Memory['doubted'] {
  const doubts = !heard.choice && meaning.certainty !== 'sure' && heard.text !== '';
  return doubts ? { id: meaning.id, text: heard.text.slice(0, LONGEST_KEPT) } : null;
}

function whatWasUnderstood(
  { desk, meaning: { id, confidence, certainty }, heard }: Scene,
  { doubted }: Memory,
): Pick<BotOutcome, 'understood' | 'corrects'> {
  const entry = desk.catalogue('es').find((one) => one.id === id);
  if (!entry) return {};
  // Picked from what was offered in doubt: that is what they had meant.
  const meant = heard.choice !== null && doubted !== null && doubted.id !== id && entry.kind !== 'action';
  return { understood: { id, confidence, certainty }, ...(meant && { corrects: { id } }) };
}

/** The first answer opens with a greeting, in the same message. */
function greetFirst(scene: Scene, act: Act): Act {
  const name = scene.citizenName?.split(' ')[0];
  const values = { city: scene.desk.cityName, ...(name && { name }) };
  const greeting = phrase(scene, name ? 'bot.greeting_named' : 'bot.greeting', values);
  const [[first, ...parts] = [], ...replies] = act.replies;
  const opening: Part[] =
    first?.type === 'text'
      ? [{ ...first, text: `${greeting}\n\n${first.text}` }]
      : [{ type: 'text', text: greeting }, ...(first ? [first] : [])];
  return { ...act, replies: [[...opening, ...parts], ...replies] };
}
