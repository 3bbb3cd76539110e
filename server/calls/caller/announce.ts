import type { Phrase } from '../../contract/errors.ts';
import type { Spoken } from '../../contract/voice.ts';
import { type CallerScene, type NextStep, speak } from './caller-scene.ts';
import type { InsteadOfWaiting } from './instead-of-waiting.ts';

/** How often the ways instead of waiting are told again: with every so many announcements of the place. */
const OFFER_EVERY = 3;

/**
 * The place in the queue at the first and then at the city's pace; in between what the city wants to be heard, and
 * music.
 * @param messages what it wants to be heard, in turn
 */
export function announce(
  scene: CallerScene,
  before: readonly Spoken[],
  instead: InsteadOfWaiting,
  keys: string,
  messages: readonly Phrase[],
): NextStep[] {
  const { context, conversation, script } = scene;
  const { announceSeconds } = context.city.calls;
  const halves = messages.length > 0 ? 2 : 1;
  const { round } = script;
  script.round += 1;
  const isForPlace = round % halves === 0;
  const say = isForPlace
    ? [...placeOf(scene), ...((round / halves) % OFFER_EVERY === 0 ? offers(scene, instead) : [])]
    : messageOf(scene, messages, (round - 1) / halves);
  const seconds = Math.max(5, Math.round(announceSeconds / halves));
  return [{ do: 'wait', say: [...before, ...say], seconds, keys, locale: conversation.locale }];
}

function placeOf(scene: CallerScene): Spoken[] {
  const { position, expectedWaitSeconds } = scene.standing;
  const stay = speak(scene, 'call.stay');
  if (position === null) return [stay];
  const place =
    position === 1
      ? speak(scene, 'call.next_in_line')
      : position === 2
        ? speak(scene, 'call.one_ahead')
        : speak(scene, 'call.ahead', { count: String(position - 1) });
  return [place, ...waitOf(scene, expectedWaitSeconds), stay];
}

/** In whole minutes; nothing where nobody can tell. */
function waitOf(scene: CallerScene, seconds: number | null): Spoken[] {
  if (seconds === null) return [];
  if (seconds < 45) return [speak(scene, 'call.wait_moment')];
  const minutes = Math.max(1, Math.round(seconds / 60));
  return [
    minutes === 1 ? speak(scene, 'call.wait_minute') : speak(scene, 'call.wait_minutes', { minutes: String(minutes) }),
  ];
}

function offers(scene: CallerScene, { callback, move }: InsteadOfWaiting): Spoken[] {
  return [
    ...(callback ? [speak(scene, 'call.offer_callback')] : []),
    ...(move ? [speak(scene, `call.offer_${move}`)] : []),
  ];
}

function messageOf({ conversation: { locale } }: CallerScene, messages: readonly Phrase[], turn: number): Spoken[] {
  const message = messages[Math.floor(turn) % messages.length];
  return message ? [{ text: message[locale], locale }] : [];
}
