import { api } from '../../contract/routes.ts';
import type { Caller } from '../stage.ts';
import { notes } from './phrases.ts';
import { dispositionFor, handsOf, type Work, type WorkParts } from './work.ts';

/** Seconds: what is said, and what is written down after it. The city gives a minute for that. */
const TALKS = 175;
const TALK_SPREAD = 0.55;
const LONGEST_TALK = 1_500;
const WRAPS_UP = 24;
const OPENS_CASE = 0.75;
const NOTES = 0.25;
/** Of calls that the operator ends. */
const HANGS_UP = 0.35;

/** A call: talk, write down, say goodbye, finish up. */
export function workOnCall(parts: WorkParts): Work {
  const { stage, chance, contact, ticket, console } = parts;
  const caller = contact as Caller;
  const hands = handsOf(parts);
  let began = false;
  let ended = false;

  async function hangUp(): Promise<void> {
    const detail = await console.call(api.openTicket, { params: { id: ticket.id } });
    const call = detail.calls.findLast(({ endedAt }) => endedAt === null);
    if (call) await console.call(api.hangUpCall, { params: { id: call.id } });
  }

  function talk(): void {
    const seconds = Math.min(chance.around(TALKS, TALK_SPREAD), LONGEST_TALK);
    stage.time.after(seconds * 0.6, async () => {
      if (caller.isOver()) return;
      if (contact.arrival.need.kind === 'report' && chance.happens(OPENS_CASE)) await hands.openCase();
      if (chance.happens(NOTES)) await hands.note(chance.pick(notes));
    });
    stage.time.after(seconds, async () => {
      if (caller.isOver()) return;
      if (chance.happens(HANGS_UP)) await hangUp();
      else caller.hangUp();
    });
  }

  function looks(): void {
    if (!began && caller.isTalking()) {
      began = true;
      talk();
    }
    if (!ended && caller.isOver()) {
      ended = true;
      stage.time.after(Math.min(chance.around(WRAPS_UP, 0.5), 50), () =>
        hands.close(began ? dispositionFor(contact) : 'sin-respuesta'),
      );
    }
  }
  looks();
  return { hears: () => {}, looks };
}
