import { secondsBetween } from '../../clock.ts';
import { type WayOn, wayOn } from '../move-to-chat.ts';
import { callbackLine } from './callback-line.ts';
import type { CallerScene } from './caller-scene.ts';

/** What a caller may do instead of waiting on the line. */
export interface InsteadOfWaiting {
  callback: boolean;
  move: WayOn | null;
}

const nothing: InsteadOfWaiting = { callback: false, move: null };

/**
 * What is offered once the wait is long: nothing to whoever is in danger, who stays on the line, and in protected
 * matters only what they have said is safe.
 */
export function insteadOfWaiting(scene: CallerScene): InsteadOfWaiting {
  const { context, ticket, standing, script, unit } = scene;
  if (ticket.priority === 0 && !ticket.protected) return nothing;
  const expected = standing.expectedWaitSeconds;
  const waited = secondsBetween(ticket.waiting_since ?? unit.now, unit.now);
  if (expected !== null && Math.max(expected, waited) < context.city.calls.offerCallbackSeconds) return nothing;
  const callback = callbackLine(scene) !== null;
  if (ticket.protected) return { ...nothing, callback: callback && script.mayCall === true };
  return { callback, move: wayOn(scene) };
}
