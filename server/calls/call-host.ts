import type { AppContext } from '../context.ts';
import type { CallHost, CallMoment } from '../contract/voice.ts';
import { answerCaller } from './caller/answer-caller.ts';
import { beginCall } from './caller/begin-call.ts';
import { openScene, type Standing } from './caller/caller-scene.ts';
import { hearCaller, type Said } from './caller/hear-caller.ts';
import { listenForNews } from './caller/listen-for-news.ts';
import { findCall, refOf } from './find-call.ts';
import { reportFacts } from './report-facts.ts';

/** How long the caller's end is kept waiting for the bot before it is given a pause. */
const PATIENCE_MS = 3_000;
/** News of another server do not reach this one: it looks by itself. */
const LOOK_AGAIN_MS = 500;

interface KnownCall {
  id: string;
  ticket_id: string;
}

/** The server's side of telephone calls, for the lines to ask. */
export function createCallHost(context: AppContext): CallHost {
  const { database, unitOfWork, residentTickets, figures, bus, clock } = context;
  const { db } = database;

  async function callOf(moment: CallMoment): Promise<KnownCall> {
    const known = await findCall(db, moment);
    // We called them: whoever dials is about to note what the line calls it.
    if (!known && moment.heard.kind === 'picked_up') throw new Error('The line knows a call that we did not make');
    const id = known ?? (await unitOfWork((unit) => beginCall(unit, context, moment)));
    return db.selectFrom('call').select(['id', 'ticket_id']).where('id', '=', id).executeTakeFirstOrThrow();
  }

  /** Asked before the transaction, which must never wait for a second connection. */
  async function standingOf({ ticket_id }: KnownCall): Promise<Standing> {
    await figures.current();
    const [found] = await residentTickets.byId([ticket_id]);
    if (!found) throw new Error('A call without its contact');
    return found.ticket;
  }

  /** @returns null while the bot thinks, and when the contact has moved on since it was looked at */
  async function answer(call: KnownCall, moment: CallMoment, said: Said | null, isLate: boolean) {
    const standing = await standingOf(call);
    return unitOfWork(async (unit) => {
      const scene = await openScene(unit, context, call.id, moment, standing);
      return scene.ticket.version === standing.version ? answerCaller(scene, said, isLate) : null;
    });
  }

  return {
    async next(moment) {
      const call = await callOf(moment);
      const news = listenForNews(bus, call.ticket_id);
      try {
        const said = await hearCaller(context, call.id, moment);
        const patience = clock.now().getTime() + PATIENCE_MS;
        for (;;) {
          const steps = await answer(call, moment, said, clock.now().getTime() >= patience);
          if (steps) return [...steps];
          await news.next(Math.max(0, Math.min(LOOK_AGAIN_MS, patience - clock.now().getTime())));
        }
      } finally {
        news.stop();
      }
    },

    report: (call, facts) => reportFacts(context, call, facts),

    async findCall(callId) {
      const call = await db.selectFrom('call').selectAll().where('id', '=', callId).executeTakeFirst();
      return call ? refOf(call) : null;
    },
  };
}
