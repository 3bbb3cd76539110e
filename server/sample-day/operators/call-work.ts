import { AppError } from '../../contract/errors.ts';
import { api } from '../../contract/routes.ts';
import { type Caller, noteMissed } from '../stage.ts';
import { notes } from './phrases.ts';
import type { Work } from './seated.ts';
import { dispositionFor, ELSEWHERE, handsOf, type WorkParts } from './work.ts';

/** Seconds: what is said, and what is written down after it. The city gives a minute for that. */
const TALKS = 215;
const TALK_SPREAD = 0.55;
const LONGEST_TALK = 1_500;
const WRAPS_UP = 36;
const LONGEST_WRAP_UP = 56;
const OPENS_CASE = 0.75;
const NOTES = 0.25;
/** Of calls that the operator ends. */
const HANGS_UP = 0.35;
/** Some are put on hold while something is looked up. */
const HOLDS = 0.22;
const HELD_SECONDS = 38;
/** Of questions, those for other people: without a word, or by somebody who stays until the other one talks. */
const TRANSFERS = 0.16;
const STAYS = 0.4;
const CONSULTS_SECONDS = 22;

/** A call: talk, write down, say goodbye, finish up; or pass it on. */
export function workOnCall(parts: WorkParts, isTalking = false): Work {
  const { stage, chance, contact, ticket, console, done } = parts;
  const { time } = stage;
  const caller = contact as Caller;
  const hands = handsOf(parts);
  let began = isTalking;
  let ended = false;

  async function attempt(what: string, work: (callId: string) => Promise<unknown>): Promise<boolean> {
    try {
      const { calls } = await console.call(api.openTicket, { params: { id: ticket.id } });
      const call = calls.findLast(({ endedAt }) => endedAt === null);
      if (!call) return false;
      await work(call.id);
      return true;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      noteMissed(stage, `${what}: ${error.code}`);
      return false;
    }
  }
  const hold = (held: boolean) =>
    attempt('hold', (id) => console.call(api.holdCall, { params: { id }, body: { held } }));

  /** It is theirs no more. */
  function passedOn(): void {
    ended = true;
    done();
  }

  async function passOn(): Promise<void> {
    const colleague = chance.happens(STAYS) ? parts.colleague() : null;
    if (!colleague) {
      const transfer = (id: string) => console.call(api.transferCall, { params: { id }, body: { queueId: ELSEWHERE } });
      if (await attempt('transfer', transfer)) passedOn();
      else end(60);
      return;
    }
    const consult = (id: string) => console.call(api.consult, { params: { id }, body: { operatorId: colleague.id } });
    if (!(await attempt('consult', consult))) return end(60);
    time.after(chance.around(CONSULTS_SECONDS, 0.3), async () => {
      if (caller.isOver()) return;
      const complete = (id: string) => console.call(api.endConsultation, { params: { id }, body: { how: 'complete' } });
      if (await attempt('pass on', complete)) {
        passedOn();
        colleague.takesOver(ticket);
      } else end(30);
    });
  }

  function end(after: number): void {
    time.after(after, async () => {
      if (ended || caller.isOver()) return;
      const hangUp = (id: string) => console.call(api.hangUpCall, { params: { id } });
      if (chance.happens(HANGS_UP)) await attempt('hang up', hangUp);
      else caller.hangUp();
    });
  }

  function talk(): void {
    const seconds = Math.min(chance.around(TALKS, TALK_SPREAD), LONGEST_TALK);
    const { kind } = contact.arrival.need;
    if (!isTalking && kind === 'question' && ticket.queueId !== ELSEWHERE && chance.happens(TRANSFERS)) {
      time.after(seconds * 0.4, () => (caller.isOver() ? undefined : passOn()));
      return;
    }
    const held = chance.happens(HOLDS) ? Math.min(chance.around(HELD_SECONDS, 0.4), seconds * 0.5) : 0;
    if (held > 0) {
      time.after(seconds * 0.3, async () => {
        if (caller.isOver() || !(await hold(true))) return;
        time.after(held, async () => {
          if (!caller.isOver()) await hold(false);
        });
      });
    }
    time.after(seconds * 0.6 + held, async () => {
      if (caller.isOver()) return;
      if (kind === 'report' && chance.happens(OPENS_CASE)) await hands.openCase();
      if (chance.happens(NOTES)) await hands.note(chance.pick(notes));
    });
    end(seconds + held);
  }

  function looks(): void {
    if (ended) return;
    if (!began && caller.isTalking()) {
      began = true;
      talk();
    }
    if (caller.isOver()) {
      ended = true;
      time.after(Math.min(chance.around(WRAPS_UP, 0.4), LONGEST_WRAP_UP), () =>
        hands.close(began ? dispositionFor(contact) : 'sin-respuesta'),
      );
    }
  }
  if (isTalking) talk();
  looks();
  return { hears: () => {}, looks };
}
