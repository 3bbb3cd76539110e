import type { Selectable } from 'kysely';
import { recordAudit } from '../../audit/record-audit.ts';
import { addSeconds, secondsBetween } from '../../clock.ts';
import type { SendResult } from '../../contract/channel.ts';
import type { RunFault, StoppedBy } from '../../contract/report-schedule.ts';
import type { Tables } from '../../database/database.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { ownerOf } from './owner-of.ts';
import { type PreparedReport, prepareReport } from './prepare-report.ts';
import { peopleAt } from './recipients.ts';
import type { ScheduleRow } from './save-schedule.ts';
import type { RunRow, SendParts } from './send-parts.ts';

type LetterRow = Selectable<Tables['report_letter']>;

/** While one server sends, no other does. Renewed with every letter. */
const LEASE_SECONDS = 300;
/** Seconds before each further attempt: mail servers restart, and networks come back. */
const PAUSES = [60, 300, 900, 3_600] as const;
/** A report of yesterday that comes later than that is of the day before. */
const GIVE_UP_SECONDS = 24 * 3_600;

/**
 * Sends what is left of one run, a mail an address, and records each as soon as the mail server has taken it. A mail
 * leaves again only when nobody could record what became of it, and then with the same Message-ID.
 */
export async function sendReport(parts: SendParts, runId: string): Promise<void> {
  const { database, unitOfWork, letters, log } = parts;
  const claimed = await unitOfWork((unit) => claim(unit, runId));
  if (!claimed) return;
  const { run, schedule } = claimed;
  const { owner, fault } = await ownerOf(database.db, schedule.owner_id);
  if (!owner) return unitOfWork((unit) => stop(unit, run, fault));
  if (!letters.from) return unitOfWork((unit) => later(unit, run, 'no_server'));

  const waiting = await waitingLetters(parts, run, schedule);
  if (waiting.length === 0) return unitOfWork((unit) => finish(unit, run));
  let prepared: PreparedReport;
  try {
    prepared = await prepareReport(parts, { owner, schedule, run });
  } catch (error) {
    log.error({ err: error, schedule: schedule.id }, 'a scheduled report could not be made');
    return unitOfWork((unit) => later(unit, run, 'failed'));
  }
  for (const letter of waiting) {
    // Whoever removes it meanwhile wants no more of it.
    if (!(await renew(parts, run))) return;
    let result: SendResult;
    try {
      result = await letters.send(prepared.letterTo(letter.address));
    } catch (error) {
      log.warn({ err: error, schedule: schedule.id }, 'the mail server could not be reached for a scheduled report');
      return unitOfWork((unit) => later(unit, run, 'unreachable'));
    }
    await record(parts, letter, result);
  }
  await unitOfWork((unit) => finish(unit, run));
}

async function claim(unit: Unit, runId: string): Promise<{ run: RunRow; schedule: ScheduleRow } | null> {
  const run = await unit.tx
    .selectFrom('report_run')
    .selectAll()
    .where('id', '=', runId)
    .where('state', '=', 'waiting')
    .where('try_at', '<=', unit.now)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!run) return null;
  await unit.tx
    .updateTable('report_run')
    .set({ attempts: run.attempts + 1, try_at: addSeconds(unit.now, LEASE_SECONDS) })
    .where('id', '=', runId)
    .execute();
  const schedule = await unit.tx
    .selectFrom('report_schedule')
    .selectAll()
    .where('id', '=', run.schedule_id)
    .executeTakeFirstOrThrow();
  return { run: { ...run, attempts: run.attempts + 1 }, schedule };
}

/** Addresses that are of nobody in the console, and that no administrator has approved, get nothing. */
async function waitingLetters(parts: SendParts, run: RunRow, { recipients }: ScheduleRow): Promise<LetterRow[]> {
  const { db } = parts.database;
  const rows = await db
    .selectFrom('report_letter')
    .selectAll()
    .where('run_id', '=', run.id)
    .where('state', '=', 'waiting')
    .orderBy('address')
    .execute();
  const people = await peopleAt(
    db,
    rows.map(({ address }) => address),
  );
  const allowed = ({ address }: LetterRow) =>
    people.has(address) || recipients.some((one) => one.address === address && one.approved);
  for (const row of rows.filter((each) => !allowed(each))) {
    await settle(parts, row, { state: 'failed', reason: 'not_approved', sent_at: null });
  }
  return rows.filter(allowed);
}

async function renew({ database, clock }: SendParts, run: RunRow): Promise<boolean> {
  const renewed = await database.db
    .updateTable('report_run')
    .set({ try_at: addSeconds(clock.now(), LEASE_SECONDS) })
    .where('id', '=', run.id)
    .where('state', '=', 'waiting')
    .returning('id')
    .executeTakeFirst();
  return renewed !== undefined;
}

async function record(parts: SendParts, letter: LetterRow, result: SendResult): Promise<void> {
  if (result.outcome === 'throttled') return;
  await settle(
    parts,
    letter,
    result.outcome === 'accepted'
      ? { state: 'sent', reason: null, sent_at: parts.clock.now() }
      : { state: 'failed', reason: result.reason, sent_at: null },
  );
}

async function settle(
  { database }: SendParts,
  { run_id: runId, address }: LetterRow,
  change: Pick<LetterRow, 'state' | 'reason' | 'sent_at'>,
): Promise<void> {
  await database.db
    .updateTable('report_letter')
    .set(change)
    .where('run_id', '=', runId)
    .where('address', '=', address)
    .execute();
}

/** It is tried again after a pause; a day later it is given up. */
async function later(unit: Unit, run: RunRow, fault: RunFault): Promise<void> {
  if (secondsBetween(run.created_at, unit.now) > GIVE_UP_SECONDS) return finish(unit, run, fault);
  const tryAt = addSeconds(unit.now, PAUSES[Math.min(run.attempts, PAUSES.length) - 1] ?? PAUSES[0]);
  await unit.tx.updateTable('report_run').set({ fault, try_at: tryAt }).where('id', '=', run.id).execute();
  unit.enqueue('reports.send', { runId: run.id }, tryAt);
}

/** Whoever it was made by is gone, or may not see figures any more: nothing leaves in their name. */
async function stop(unit: Unit, run: RunRow, fault: StoppedBy): Promise<void> {
  await unit.tx
    .updateTable('report_schedule')
    .set({ state: 'stopped', stopped_by: fault, next_at: null, updated_at: unit.now })
    .where('id', '=', run.schedule_id)
    .execute();
  await recordAudit(
    unit,
    { actor: null, address: null, requestId: null },
    { action: 'report_schedule.stopped', target: run.schedule_id, after: { fault } },
  );
  await finish(unit, run, fault);
}

async function finish(unit: Unit, run: RunRow, fault: RunFault | null = null): Promise<void> {
  const letters = await unit.tx.selectFrom('report_letter').select('state').where('run_id', '=', run.id).execute();
  const sent = letters.filter(({ state }) => state === 'sent').length;
  const waiting = letters.some(({ state }) => state === 'waiting');
  // The mail server asked to come back later.
  if (waiting && !fault) return later(unit, run, 'unreachable');
  if (waiting) {
    await unit.tx
      .updateTable('report_letter')
      .set({ state: 'failed' })
      .where('run_id', '=', run.id)
      .where('state', '=', 'waiting')
      .execute();
  }
  const state = sent === letters.length ? 'sent' : sent > 0 ? 'partly' : 'failed';
  await unit.tx
    .updateTable('report_run')
    .set({ state, fault, try_at: null, finished_at: unit.now })
    .where('id', '=', run.id)
    .execute();
}
