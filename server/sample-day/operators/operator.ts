import { AppError } from '../../contract/errors.ts';
import type { TicketSummary } from '../../contract/http.ts';
import { api } from '../../contract/routes.ts';
import type { StaffMember, Working } from '../plan/staff.ts';
import { noteMissed, type Stage } from '../stage.ts';
import { workOnCall } from './call-work.ts';
import type { ConsoleApi } from './console-api.ts';
import { workOnMail } from './mail-work.ts';
import type { Colleague, Operator, Work } from './seated.ts';
import { workOnText } from './text-work.ts';

/** Seconds until somebody answers an offer, which rings for a quarter of a minute at least. */
const NOTICES = 4.5;
const DECLINES = 0.03;
const MISSES = 0.012;
/** Who missed an offer is away, and comes back after so many seconds. */
const COMES_BACK = 260;
/** Before somebody may go home who still has a contact, they look again after so many seconds. */
const LOOKS_AGAIN = 60;

export function createOperator(
  stage: Stage,
  { chance }: StaffMember,
  id: string,
  console: ConsoleApi,
  hours: readonly Working[],
): Operator {
  const { time } = stage;
  const works = new Map<string, Work>();
  let status: 'here' | 'break' | 'home' = 'home';
  let isPresent = false;
  /** An offer rings. */
  let isAsked = false;

  async function attempt(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      noteMissed(stage, `${what}: ${error.code}`);
    }
  }
  const show = (available: boolean) =>
    attempt('presence', async () => {
      const body = { status: available ? ('available' as const) : ('away' as const), takesCalls: true };
      await console.call(api.setPresence, { body });
    });

  async function goHome(): Promise<void> {
    if (status !== 'home') return;
    if (works.size > 0) return void time.after(LOOKS_AGAIN, goHome);
    isPresent = false;
    await attempt('presence', () => console.call(api.setPresence, { body: { status: 'away' } }));
  }

  for (const { from, until, breaks } of hours) {
    time.at(from, async () => {
      status = 'here';
      isPresent = true;
      await show(true);
    });
    for (const pause of breaks) {
      time.at(pause.from, async () => {
        status = 'break';
        await show(false);
      });
      time.at(pause.until, async () => {
        status = 'here';
        await show(true);
      });
    }
    time.at(until, async () => {
      status = 'home';
      await show(false);
      await goHome();
    });
  }

  function begin(ticket: TicketSummary, isTalking: boolean): void {
    const contact = stage.contacts.get(ticket.id);
    if (!contact) throw new Error(`Nobody is known to have begun contact ${ticket.number} by ${ticket.channel}`);
    const parts = {
      stage,
      console,
      ticket,
      contact,
      chance: chance.fork(`contact ${contact.arrival.resident.index}`),
      held: () => works.size,
      done: () => void works.delete(ticket.id),
      colleague,
    };
    if (ticket.channel === 'voice') works.set(ticket.id, workOnCall(parts, isTalking));
    else works.set(ticket.id, (ticket.channel === 'email' ? workOnMail : workOnText)(parts));
  }

  const colleague = (): Colleague | null =>
    [...stage.operators.values()].find((other) => other.id !== id && other.isFree()) ?? null;

  return {
    id,
    console,
    works,
    isPresent: () => isPresent,
    isFree: () => status === 'here' && works.size === 0 && !isAsked,
    takesOver: (ticket) => begin(ticket, true),
    isOffered(offer) {
      isAsked = true;
      if (chance.happens(MISSES)) return;
      const declines = chance.happens(DECLINES);
      time.after(Math.min(chance.around(NOTICES, 0.5), 13), () =>
        attempt('offer', async () => {
          if (declines) await console.call(api.declineOffer, { params: { id: offer.id } });
          else begin(await console.call(api.acceptOffer, { params: { id: offer.id } }), false);
        }),
      );
    },
    offerEnded(outcome) {
      isAsked = false;
      if (outcome !== 'timed_out') return;
      time.after(chance.around(COMES_BACK, 0.4), async () => {
        if (status === 'here') await show(true);
      });
    },
  };
}
