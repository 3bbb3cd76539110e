import { secondsBetween } from '../../clock.ts';
import type { CallerScene } from './caller-scene.ts';

/** So long after the last steps a bell may be about the same news. */
const SAME_NEWS_SECONDS = 5;

/**
 * Whether the caller's end was told twice of the same: what it was given at the first bell was cut short by the second,
 * and is given again, or nobody would have heard it.
 */
export function isRungAgain(scene: CallerScene): boolean {
  const { moment, call, script, unspoken, unit } = scene;
  if (moment.turn !== null || moment.heard.kind !== 'again' || !call.last_steps || unspoken.text !== '') return false;
  const isRecent = script.givenAt !== null && secondsBetween(new Date(script.givenAt), unit.now) < SAME_NEWS_SECONDS;
  return isRecent && script.givenFor === standingOf(scene);
}

/** Remembers for which news the steps are that are given now. */
export function noteWhy(scene: CallerScene): void {
  scene.script.givenFor = standingOf(scene);
  scene.script.givenAt = scene.unit.now.toISOString();
}

/** All that a bell may be about. */
function standingOf({ ticket, legs, call, script }: CallerScene): string {
  const isInQueue = ticket.state === 'waiting' || ticket.state === 'offered' || ticket.state === 'snoozed';
  const there = legs.filter(({ role, state }) => role !== 'citizen' && state === 'joined').map(({ id }) => id);
  return [isInQueue ? `queue ${script.queuedBy}` : ticket.state, call.transfer_to, ...there.sort()].join(' ');
}
