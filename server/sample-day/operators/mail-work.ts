import { letters } from './phrases.ts';
import type { Work } from './seated.ts';
import { dispositionFor, handsOf, type WorkParts } from './work.ts';

/** Seconds to read, look up and write, and to file it. */
const WRITES = 420;
const WRAPS_UP = 40;
/** Some mails wait for somebody else's answer. */
const PUTS_ASIDE = 0.15;
const ASIDE_SECONDS = 40 * 60;

/** A mail: read, answered, closed; or put aside first, and answered when it is back. */
export function workOnMail(parts: WorkParts): Work {
  const { chance, contact } = parts;
  const hands = handsOf(parts);
  const answer = () =>
    hands.later(WRITES, async () => {
      if (contact.arrival.need.kind === 'report') await hands.openCase();
      await hands.say(chance.pick(letters));
      hands.later(WRAPS_UP, () => hands.close(dispositionFor(contact)));
    });
  if (chance.happens(PUTS_ASIDE)) {
    hands.later(WRITES / 4, async () => {
      await hands.snooze(ASIDE_SECONDS);
      parts.stage.time.after(ASIDE_SECONDS + 120, () => void answer());
    });
  } else answer();
  return { hears: () => {}, looks: () => {} };
}
