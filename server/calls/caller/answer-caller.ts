import type { CallStep, Spoken } from '../../contract/voice.ts';
import { followFacts } from '../follow-facts.ts';
import { askMayCall, hearMayCall, mustAskMayCall } from './ask-may-call.ts';
import { type CallerScene, changeScene, give, type NextStep, speak, unspokenWords } from './caller-scene.ts';
import { greet } from './greet.ts';
import type { Said } from './hear-caller.ts';
import { inTheQueue } from './in-the-queue.ts';
import { keepVoicemail } from './keep-voicemail.ts';
import { isRungAgain, noteWhy } from './rung-again.ts';
import { passedOn, withPeople } from './with-people.ts';
import { withTheBot } from './with-the-bot.ts';

/**
 * What the caller's end does next, by where call and contact stand.
 * @param isLate the bot has been waited for long enough
 * @returns null while the bot thinks: ask again when something has been said
 */
export async function answerCaller(
  scene: CallerScene,
  said: Said | null,
  isLate: boolean,
): Promise<readonly CallStep[] | null> {
  const { call, moment, script } = scene;
  const { heard, turn } = moment;
  if (heard.kind === 'recorded' && script.asking === 'voicemail') {
    const steps = await keepVoicemail(scene, heard);
    if (!call.ended_at) return give(scene, steps);
    await followFacts(scene.context, scene.unit, scene);
    return [{ do: 'hangUp', say: [] }];
  }
  if (call.ended_at) return [{ do: 'hangUp', say: [] }];
  if (call.last_steps && isRepeated(turn, call.turn, heard.kind)) return call.last_steps;

  if (scene.ticket.protected && call.recording !== 'protected') await changeScene(scene, { recording: 'protected' });
  if (said?.forPerson) script.personAsked = said.seq;
  if (said && script.asking === null) scene.heard = { kind: 'again' };
  if (call.last_steps && isRungAgain(scene)) return call.last_steps;
  const steps = await stepsFor(scene, isLate);
  if (steps) noteWhy(scene);
  return steps && give(scene, steps);
}

/** Answered already, or begun twice. */
const isRepeated = (turn: number | null, last: number, kind: string): boolean =>
  turn === null ? (kind === 'began' || kind === 'picked_up') && last === 1 : turn < last;

async function stepsFor(scene: CallerScene, isLate: boolean): Promise<readonly NextStep[] | null> {
  const { ticket, script, call } = scene;
  if (call.transfer_to) {
    const steps = await passedOn(scene, call.transfer_to);
    if (steps) return steps;
  }
  const answered = script.asking === 'may_call' ? await hearMayCall(scene) : [];
  const isNew = !script.greeted && call.direction === 'in';
  const words = isNew ? await greet(scene) : [];
  // Whoever is in danger need not hear it out: with the bot it gives way to their first word or key.
  if (ticket.state === 'bot') return withTheBot(scene, words, isLate);
  const greeting = words.map((say): NextStep => ({ do: 'say', say }));
  script.noticed ||= isNew;
  if (mustAskMayCall(scene)) return [...greeting, ...askMayCall(scene)];
  switch (ticket.state) {
    case 'waiting':
    case 'offered':
    case 'snoozed':
      return [...greeting, ...(await inTheQueue(scene, answered))];
    case 'assigned':
      return [...greeting, ...withPeople(scene)];
    case 'closed':
      return [{ do: 'hangUp', say: lastWords(scene) }];
  }
}

/** Whoever ends a contact has said goodbye, or nobody has. */
function lastWords(scene: CallerScene): Spoken[] {
  const words = unspokenWords(scene);
  return words.length > 0 ? words : [speak(scene, 'call.goodbye')];
}
