import { letters } from './phrases.ts';
import { dispositionFor, handsOf, type Work, type WorkParts } from './work.ts';

/** Seconds to read, look up and write, and to file it. */
const WRITES = 260;
const WRAPS_UP = 30;

/** A mail: read, answered, closed. */
export function workOnMail(parts: WorkParts): Work {
  const hands = handsOf(parts);
  hands.later(WRITES, async () => {
    if (parts.contact.arrival.need.kind === 'report') await hands.openCase();
    await hands.say(parts.chance.pick(letters));
    hands.later(WRAPS_UP, () => hands.close(dispositionFor(parts.contact)));
  });
  return { hears: () => {}, looks: () => {} };
}
