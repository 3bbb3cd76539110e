import { sql } from 'kysely';
import { addSeconds } from '../clock.ts';
import type { AppContext } from '../context.ts';
import { endWrapUp } from './end-wrap-up.ts';
import { expireLeg } from './expire-leg.ts';
import { isLive, legsOf, refOf } from './find-call.ts';
import { presentLeg } from './present-call.ts';
import { reportFacts } from './report-facts.ts';
import { REJOIN_SECONDS } from './who-went.ts';

type Parts = Pick<AppContext, 'database' | 'unitOfWork' | 'clock' | 'city' | 'say' | 'lines' | 'log'>;

/** What should have been done longer ago was lost with the job store, or its worker died. */
const OVERDUE_SECONDS = 5;
/** A line is asked again after so long. */
const LOOK_SECONDS = 20;
const AT_ONCE = 200;

/** Whoever was rung too long, was lost and did not come back, or has finished up. */
export async function expireCalls(parts: Parts): Promise<void> {
  const { db } = parts.database;
  const now = parts.clock.now();
  const legs = await db
    .selectFrom('call_leg as l')
    .innerJoin('call as k', 'k.id', 'l.call_id')
    .innerJoin('ticket as t', 't.id', 'k.ticket_id')
    .select('l.id')
    .where('k.ended_at', 'is', null)
    .where((where) =>
      where.or([
        where.and([where('l.state', '=', 'ringing'), where('l.rings_until', '<=', now)]),
        where.and([
          where('l.state', '=', 'left'),
          where('l.role', '=', 'operator'),
          where('t.state', '=', 'assigned'),
          where('k.stage', 'in', ['connecting', 'room']),
          where('k.wrap_up_until', 'is', null),
          where.not(
            where.exists(
              where
                .selectFrom('call_leg as n')
                .select('n.id')
                .whereRef('n.call_id', '=', 'l.call_id')
                .whereRef('n.operator_id', '=', 't.operator_id')
                .where('n.state', 'in', ['ringing', 'joined']),
            ),
          ),
          where('l.operator_id', '=', where.ref('t.operator_id')),
          where('l.left_at', '<=', addSeconds(now, -REJOIN_SECONDS)),
        ]),
      ]),
    )
    .limit(AT_ONCE)
    .execute();
  for (const { id } of legs) await expireLeg(parts, id);
  const finished = await db
    .selectFrom('call')
    .select('id')
    .where('wrap_up_until', '<=', now)
    .where('wrapped_up_at', 'is', null)
    .limit(AT_ONCE)
    .execute();
  for (const { id } of finished) await endWrapUp(parts, id);
}

/** Calls of which nothing was heard for a while: their lines say what happened meanwhile. */
export async function lookAtCalls(parts: Parts): Promise<void> {
  const { database, clock, lines, log } = parts;
  const now = clock.now();
  const due = await database.db
    .updateTable('call')
    .set({ look_at: addSeconds(now, LOOK_SECONDS) })
    .where('ended_at', 'is', null)
    .where('look_at', '<=', now)
    .returningAll()
    .execute();
  const looks = due.map(async (call) => {
    const line = lines.get(call.channel_account_id);
    if (!line) return;
    try {
      const legs = (await legsOf(database.db, call.id)).filter(isLive).map(presentLeg);
      await reportFacts(parts, refOf(call), await line.look(refOf(call), legs));
    } catch (error) {
      log.warn({ err: error, callId: call.id }, 'a line did not say how a call stands');
    }
  });
  await Promise.all(looks);
}

/** Contacts whose call is not where they are: the job that was to bring it there was lost. */
export async function followLostCalls({ database, unitOfWork, clock }: Parts): Promise<void> {
  const overdue = addSeconds(clock.now(), -OVERDUE_SECONDS);
  const { rows } = await sql<{ ticket_id: string }>`
    select k.ticket_id from call k join ticket t on t.id = k.ticket_id
    where k.ended_at is null and t.updated_at < ${overdue} and k.updated_at < ${overdue}
      and ((t.state = 'assigned' and k.stage in ('queue', 'bot'))
        or (t.state not in ('assigned', 'bot') and k.transfer_to is null and k.stage in ('connecting', 'room')))
    union
    select k.ticket_id from call k join ticket t on t.id = k.ticket_id
    where k.wrap_up_until is not null and k.wrapped_up_at is null and t.state <> 'assigned' and t.updated_at < ${overdue}
    union
    select b.ticket_id from callback b join ticket t on t.id = b.ticket_id
    where b.done_at is null and t.state = 'assigned' and t.updated_at < ${overdue}
      and not exists (select from call k where k.ticket_id = t.id and k.ended_at is null)
    limit ${AT_ONCE}`.execute(database.db);
  if (rows.length === 0) return;
  await unitOfWork(async (unit) => {
    for (const { ticket_id: ticketId } of rows) unit.enqueue('tickets.connect_call', { ticketId });
  });
}

/** Recordings to fetch. */
export async function sweepRecordings({ database, unitOfWork, clock }: Parts): Promise<void> {
  const { db } = database;
  const now = clock.now();
  const due = await db
    .selectFrom('call_recording')
    .select('id')
    .where('state', '=', 'arriving')
    .where('next_at', '<=', addSeconds(now, -OVERDUE_SECONDS))
    .limit(AT_ONCE)
    .execute();
  if (due.length > 0) {
    await unitOfWork(async (unit) => {
      for (const { id } of due) unit.enqueue('media.recording', { recordingId: id });
    });
  }
}
