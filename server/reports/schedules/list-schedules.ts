import type { Selectable } from 'kysely';
import type { City } from '../../contract/city.ts';
import type { Locale } from '../../contract/errors.ts';
import type { Me } from '../../contract/http.ts';
import type { ReportRun, ReportSchedule } from '../../contract/report-schedule.ts';
import type { Db, Tables } from '../../database/database.ts';
import { nameFilters } from '../report.ts';
import { peopleAt } from './recipients.ts';
import { mayChange } from './save-schedule.ts';

/** Of each schedule so many can be looked at. */
const SHOWN_RUNS = 50;

/** Every schedule, with what became of the last time it went out. */
export async function listSchedules(
  db: Db,
  city: City,
  reader: Pick<Me, 'id' | 'permissions'>,
  locale: Locale,
): Promise<ReportSchedule[]> {
  const rows = await db
    .selectFrom('report_schedule as s')
    .leftJoin('operator as o', 'o.id', 's.owner_id')
    .selectAll('s')
    .select('o.name as owner_name')
    .orderBy('s.name')
    .orderBy('s.id')
    .execute();
  const people = await peopleAt(
    db,
    rows.flatMap(({ recipients }) => recipients.map(({ address }) => address)),
  );
  const last = await lastRuns(
    db,
    rows.map(({ id }) => id),
  );
  const narrowed = await Promise.all(rows.map(({ view }) => nameFilters({ db, city }, view.filter, locale)));
  return rows.map((row, index) => ({
    id: row.id,
    name: row.name,
    owner: { id: row.owner_id, name: row.owner_name ?? '' },
    mine: mayChange(reader, row),
    view: row.view,
    narrowed: narrowed[index] ?? [],
    pdf: row.pdf,
    every: row.every,
    onDay: row.on_day,
    hour: row.hour,
    minute: row.minute,
    recipients: row.recipients.map(({ address, approved }) => {
      const person = people.get(address);
      return { address, approved: approved || person !== undefined, name: person?.name ?? null };
    }),
    state: row.state,
    stoppedBy: row.stopped_by,
    nextAt: row.next_at?.toISOString() ?? null,
    lastRun: last.get(row.id) ?? null,
  }));
}

async function lastRuns(db: Db, ids: readonly string[]): Promise<Map<string, ReportRun>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('report_run')
    .distinctOn('schedule_id')
    .selectAll()
    .where('schedule_id', 'in', [...ids])
    .orderBy('schedule_id')
    .orderBy('created_at', 'desc')
    .execute();
  const runs = await presentRuns(db, rows);
  return new Map(rows.map(({ schedule_id: id }, index) => [id, runs[index] as ReportRun]));
}

/** What became of the times it went out, the last one first. */
export async function listRuns(db: Db, scheduleId: string): Promise<ReportRun[]> {
  const rows = await db
    .selectFrom('report_run')
    .selectAll()
    .where('schedule_id', '=', scheduleId)
    .orderBy('created_at', 'desc')
    .limit(SHOWN_RUNS)
    .execute();
  return presentRuns(db, rows);
}

async function presentRuns(db: Db, rows: readonly Selectable<Tables['report_run']>[]): Promise<ReportRun[]> {
  if (rows.length === 0) return [];
  const letters = await db
    .selectFrom('report_letter')
    .select(['run_id', 'address', 'state', 'reason'])
    .where(
      'run_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('address')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    why: row.why,
    dueAt: row.due_at.toISOString(),
    missed: row.missed,
    state: row.state,
    period: row.period_from && row.period_to ? { from: row.period_from, to: row.period_to } : null,
    attempts: row.attempts,
    tryAt: row.state === 'waiting' ? (row.try_at?.toISOString() ?? null) : null,
    fault: row.fault,
    finishedAt: row.finished_at?.toISOString() ?? null,
    letters: letters
      .filter(({ run_id: runId }) => runId === row.id)
      .map(({ address, state, reason }) => ({ address, state, reason })),
  }));
}
