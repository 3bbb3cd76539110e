import { answers, checking, farewells, greetings, inquiries, notes } from './phrases.ts';
import type { Work } from './seated.ts';
import { dispositionFor, ELSEWHERE, handsOf, type WorkParts } from './work.ts';

/** Seconds: to read and greet, to answer, to look something up, to finish up, until silence means that they are gone. */
const GREETS = 24;
const ANSWERS = 38;
const LOOKS_UP = 140;
const WRAPS_UP = 25;
const SILENCE = 240;
const OPENS_CASE = 0.6;
const NOTES = 0.2;
const ASKS_ONCE_MORE = 0.55;
/** Of what is asked, what somebody of another queue knows better. */
const TRANSFERS = 0.12;

/** A conversation in writing: greet, ask, look up, answer, say goodbye, close. */
export function workOnText(parts: WorkParts): Work {
  const { chance, contact } = parts;
  const hands = handsOf(parts);
  let heard = () => {};
  let callOff = () => {};

  const soon = (median: number, work: () => Promise<void>) => {
    callOff();
    callOff = hands.later(median, work);
  };
  /** Goes on when they answer, or closes when they do not. */
  const whenHeard = (next: () => void) => {
    soon(SILENCE, () => hands.close('sin-respuesta'));
    heard = () => {
      heard = () => {};
      next();
    };
  };

  const finish = () => soon(WRAPS_UP, () => hands.close(dispositionFor(contact)));
  const goodbye = () =>
    soon(ANSWERS, async () => {
      await hands.say(chance.pick(farewells));
      finish();
    });
  const answer = () =>
    soon(LOOKS_UP, async () => {
      if (contact.arrival.need.kind === 'report' && chance.happens(OPENS_CASE)) await hands.openCase();
      if (chance.happens(NOTES)) await hands.note(chance.pick(notes));
      await hands.say(chance.pick(answers));
      whenHeard(goodbye);
    });
  const check = () =>
    soon(ANSWERS, async () => {
      const isElsewhere = contact.arrival.need.kind === 'question' && parts.ticket.queueId !== ELSEWHERE;
      if (isElsewhere && chance.happens(TRANSFERS) && (await hands.transfer(ELSEWHERE))) return;
      await hands.say(chance.pick(checking));
      answer();
    });
  const inquire = () =>
    soon(ANSWERS, async () => {
      await hands.say(chance.pick(inquiries));
      whenHeard(check);
    });

  soon(GREETS, async () => {
    await hands.say(chance.pick(greetings));
    whenHeard(chance.happens(ASKS_ONCE_MORE) ? inquire : check);
  });
  return { hears: () => heard(), looks: () => {} };
}
