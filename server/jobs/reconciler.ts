import { sql } from 'kysely';
import type { Logger } from 'pino';
import { mendCalls } from '../calls/mend-calls.ts';
import { expireCalls, followLostCalls, lookAtCalls, sweepRecordings } from '../calls/sweep-calls.ts';
import { addSeconds } from '../clock.ts';
import type { AppContext } from '../context.ts';
import { systemActor } from '../conversations/change-ticket.ts';
import { endTicket } from '../conversations/end-ticket.ts';
import { lockContact } from '../conversations/lock-contact.ts';
import { sweepImports, sweepRequests, sweepRetention } from '../data/sweep-data.ts';
import { sweepEarlyReports } from '../delivery/early-reports.ts';
import { findOverdue } from '../delivery/find-overdue.ts';
import { sweepUnsent } from '../files/attachments.ts';
import { sweepFollowUps } from '../follow-ups/due-follow-ups.ts';
import { applyChanges, findMissedChanges } from '../ingest/apply-changes.ts';
import { readAgain } from '../ingest/read-again.ts';
import { promiseOverdue } from '../media/promise-overdue.ts';
import { promiseInvitations } from '../operators/send-invitation.ts';
import { plansDue } from '../quality/plans/draw-plan.ts';
import { planDueReports } from '../reports/schedules/plan-runs.ts';
import { isTimeToSum } from '../reports/sums/keep-sums.ts';
import { expireOffer } from '../routing/offers.ts';
import { lapseLeases, requeueAbandoned } from '../routing/presence.ts';
import { wakeTicket } from '../routing/wake-ticket.ts';
import { sweepDeliveries } from '../webhooks-out/deliveries.ts';

const EVERY_MS = 2_000;
/** Work older than this should have been done: it was lost with the job store, or its worker died. */
const OVERDUE_SECONDS = 10;
/** A contact that the bot alone has, and where nobody has said anything for so long, is over. */
const BOT_SILENCE_SECONDS = 12 * 3_600;

const CHANGES_AT_ONCE = 500;
const FILES_AT_ONCE = 200;
/** Each may take a while to decode. */
const INPUTS_AT_ONCE = 20;

export interface Reconciler {
  /** One look at everything. Runs by itself; tests call it. */
  reconcile(): Promise<void>;
  /** When it last got through, for /readyz: background work must not die in silence. */
  lastRun(): Date | null;
  stop(): Promise<void>;
}

/**
 * Looks in the database for work that should be under way and is not, and sends it again. With it the job store may
 * be emptied, or a process killed anywhere, and nothing is forgotten.
 */
export function startReconciler(context: AppContext): Reconciler {
  const { clock, log } = context;
  let last: Date | null = null;
  let running: Promise<void> | null = null;

  async function reconcile(): Promise<void> {
    for (const [name, step] of Object.entries(steps)) await attempt(log, name, () => step(context));
    last = clock.now();
  }

  const timer = setInterval(() => {
    running ??= reconcile().finally(() => {
      running = null;
    });
  }, EVERY_MS);
  return {
    reconcile,
    lastRun: () => last,
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

async function attempt(log: Logger, step: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.warn({ err: error, step }, 'reconciling failed, it will be tried again');
  }
}

const steps: Record<string, (context: AppContext) => Promise<void>> = {
  leases: ({ unitOfWork }) => unitOfWork(lapseLeases),

  abandoned: ({ unitOfWork, say, config }) =>
    unitOfWork((unit) => requeueAbandoned(unit, say, config.REASSIGN_AFTER_SECONDS)),

  async offers({ database, unitOfWork, clock, config }) {
    const due = await database.db
      .selectFrom('offer')
      .select('id')
      .where('outcome', 'is', null)
      .where('expires_at', '<=', clock.now())
      .execute();
    for (const { id } of due) await unitOfWork((unit) => expireOffer(unit, id, config.DECLINE_COOLDOWN_SECONDS));
  },

  /** What was put aside until now. */
  async snoozed({ database, unitOfWork, clock }) {
    const due = await database.db
      .selectFrom('ticket')
      .select('id')
      .where('state', '=', 'snoozed')
      .where('snoozed_until', '<=', clock.now())
      .orderBy('snoozed_until')
      .limit(500)
      .execute();
    for (const { id } of due) {
      await unitOfWork(async (unit) => {
        const { ticket } = await lockContact(unit, id);
        if (ticket.state !== 'snoozed' || !ticket.snoozed_until || ticket.snoozed_until > unit.now) return;
        await wakeTicket(unit, ticket, { actor: systemActor, reason: 'due' });
      });
    }
  },

  followUps: sweepFollowUps,

  calls: expireCalls,
  callsUnheardOf: lookAtCalls,
  callsElsewhere: followLostCalls,
  callsOfGhosts: mendCalls,
  recordings: sweepRecordings,

  /** Hours open, cool-downs end and jobs get lost: whatever waits beside somebody free is matched here. */
  async waiting({ database, unitOfWork, clock }) {
    const waiting = await database.db
      .selectFrom('ticket')
      .select('id')
      .where('state', '=', 'waiting')
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('presence')
            .where('status', '=', 'available')
            .where('lease_until', '>', clock.now())
            .select('operator_id'),
        ),
      )
      .limit(1)
      .executeTakeFirst();
    if (waiting) await unitOfWork(async (unit) => unit.enqueue('tickets.route', {}));
  },

  async turns({ database, unitOfWork, clock }) {
    const now = clock.now();
    const overdue = await database.db
      .selectFrom('ticket as t')
      .select('t.id')
      .where('t.state', '=', 'bot')
      // A burst that has settled since needs no more patience: its job was promised for then.
      .where(
        sql<boolean>`coalesce(greatest(t.bot_due_at, t.bot_waits_until) + interval '1 second',
          t.updated_at + make_interval(secs => ${OVERDUE_SECONDS}::int)) < ${now}::timestamptz`,
      )
      .where((where) => where.or([where('t.bot_busy_until', 'is', null), where('t.bot_busy_until', '<', now)]))
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('message as m')
            .select('m.id')
            .whereRef('m.conversation_id', '=', 't.conversation_id')
            .whereRef('m.seq', '>', 't.bot_seq')
            .whereRef('m.ticket_id', '=', 't.id')
            .where('m.direction', '=', 'in'),
        ),
      )
      .orderBy('t.created_at')
      .limit(500)
      .execute();
    if (overdue.length === 0) return;
    await unitOfWork(async (unit) => {
      for (const { id } of overdue) unit.enqueue('inbound.turn', { ticketId: id });
    });
  },

  /** Nobody has said anything for as long as the bot wanted to wait. */
  async silences({ database, unitOfWork, clock }) {
    const now = clock.now();
    const due = await database.db
      .selectFrom('ticket')
      .select('id')
      .where('state', '=', 'bot')
      .where(sql<boolean>`(bot_state->>'breakSilenceAt')::timestamptz <= ${now}::timestamptz`)
      .where((where) => where.or([where('bot_busy_until', 'is', null), where('bot_busy_until', '<', now)]))
      .limit(500)
      .execute();
    if (due.length === 0) return;
    await unitOfWork(async (unit) => {
      for (const { id } of due) unit.enqueue('inbound.turn', { ticketId: id });
    });
  },

  /** What was done to messages that came at the same instant, or are ours. */
  changes: ({ unitOfWork }) =>
    unitOfWork(async (unit) => applyChanges(unit, await findMissedChanges(unit, CHANGES_AT_ONCE))),

  /** What an earlier version could not read. */
  async unread(context) {
    await readAgain({ ...context, db: context.database.db }, INPUTS_AT_ONCE);
  },

  /** Of what was to leave. After the pause of an account this is also what sets the rest of it going. */
  async unsent({ database, unitOfWork, clock }) {
    const now = clock.now();
    const overdue = await findOverdue(database.db, now, addSeconds(now, -OVERDUE_SECONDS), 500);
    if (overdue.length === 0) return;
    await unitOfWork(async (unit) => {
      for (const messageId of overdue) unit.enqueue('outbound.send', { messageId });
    });
  },

  /** Reports about messages that are not ours. */
  async earlyReports({ unitOfWork, log }) {
    const count = await unitOfWork(sweepEarlyReports);
    if (count > 0) log.info({ count }, 'reports about messages that we never sent were forgotten');
  },

  /** Files to fetch and recordings to listen to. */
  media: ({ unitOfWork, clock }) =>
    promiseOverdue(unitOfWork, addSeconds(clock.now(), -OVERDUE_SECONDS), FILES_AT_ONCE),

  /** What was changed in the console of another server. */
  content: ({ content }) => content.refresh(),

  /** Followers of a case who are still to hear what happened to it. */
  async caseNews({ database, unitOfWork, clock }) {
    const untold = await database.db
      .selectFrom('case_event')
      .select('id')
      .where('telling_after', 'is not', null)
      .where('at', '<', addSeconds(clock.now(), -OVERDUE_SECONDS))
      .orderBy('id')
      .limit(100)
      .execute();
    if (untold.length === 0) return;
    await unitOfWork(async (unit) => {
      for (const { id } of untold) unit.enqueue('outbound.case_news', { eventId: id });
    });
  },

  /** Notices to followers whose next batch was lost with the job store. */
  async broadcasts({ database, unitOfWork, clock }) {
    const stuck = await database.db
      .selectFrom('broadcast')
      .select(['id', 'version'])
      .where('state', '=', 'sending')
      .where('went_on_at', '<', addSeconds(clock.now(), -OVERDUE_SECONDS))
      .execute();
    if (stuck.length === 0) return;
    await unitOfWork(async (unit) => {
      for (const { id, version } of stuck) unit.enqueue('outbound.broadcast', { broadcastId: id, version });
    });
  },

  /** Contacts whose story went on. The job works off all there are, so one is enough. */
  async staleFacts({ database, unitOfWork }) {
    const stale = await database.db.selectFrom('contact_stale').select('id').limit(1).executeTakeFirst();
    if (stale) await unitOfWork(async (unit) => unit.enqueue('reports.fold', {}));
  },

  /** Plans that have not drawn today. */
  async reviews({ database, unitOfWork, clock, city }) {
    const due = await plansDue(database.db, clock.now(), city);
    if (due.length > 0) await unitOfWork(async (unit) => unit.enqueue('reports.draw_reviews', {}));
  },

  /** Days that are over, and that something changed. */
  staleSums: ({ unitOfWork, city }) =>
    unitOfWork(async (unit) => {
      if (await isTimeToSum(unit, city.timeZone)) unit.enqueue('reports.sum', {});
    }),

  /** Reports that are due to go out by themselves. */
  dueReports: ({ unitOfWork, city }) => unitOfWork((unit) => planDueReports(unit, city.timeZone)),

  /** What other programs are still to be told, and who wants to be told by what another server was asked. */
  invitations: ({ unitOfWork }) => unitOfWork(promiseInvitations),

  async webhooks({ unitOfWork, webhooks }) {
    await webhooks.refresh();
    await unitOfWork(sweepDeliveries);
  },

  subjectRequests: sweepRequests,
  retention: sweepRetention,
  imports: sweepImports,

  unsentFiles: ({ database, files, clock }) => sweepUnsent({ db: database.db, files, clock }),

  async silent({ database, unitOfWork, clock, say }) {
    const silent = await database.db
      .selectFrom('ticket')
      .select('id')
      .where('state', '=', 'bot')
      .where('created_at', '<', addSeconds(clock.now(), -BOT_SILENCE_SECONDS))
      .where('updated_at', '<', addSeconds(clock.now(), -BOT_SILENCE_SECONDS))
      .limit(100)
      .execute();
    for (const { id } of silent) {
      await unitOfWork(async (unit) => {
        const contact = await lockContact(unit, id);
        if (contact.ticket.state !== 'bot') return;
        await endTicket(unit, say, contact, { actor: systemActor, disposition: null, notice: null });
      });
    }
  },
};
