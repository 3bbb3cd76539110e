import { v7 as uuid } from 'uuid';
import { addSeconds } from '../../clock.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { lastDue, nextOccurrence } from './next-occurrence.ts';
import type { ScheduleRow } from './save-schedule.ts';

const AT_ONCE = 50;
/** A run that should have been tried by then lost its job. */
const OVERDUE_SECONDS = 10;

/** Plans what is due: once, however many times were missed while nothing ran. Sends again what lost its job. */
export async function planDueReports(unit: Unit, timeZone: string): Promise<void> {
  const due = await unit.tx
    .selectFrom('report_schedule')
    .selectAll()
    .where('next_at', '<=', unit.now)
    .orderBy('next_at')
    .limit(AT_ONCE)
    .forUpdate()
    .skipLocked()
    .execute();
  for (const schedule of due) {
    const rhythm = { every: schedule.every, onDay: schedule.on_day, hour: schedule.hour, minute: schedule.minute };
    const { dueAt, missed } = lastDue(rhythm, schedule.next_at ?? unit.now, unit.now, timeZone);
    await planRun(unit, schedule, { why: 'due', dueAt, missed });
    await unit.tx
      .updateTable('report_schedule')
      .set({ next_at: nextOccurrence(rhythm, unit.now, timeZone) })
      .where('id', '=', schedule.id)
      .execute();
  }
  const lost = await unit.tx
    .selectFrom('report_run')
    .select('id')
    .where('state', '=', 'waiting')
    .where('try_at', '<=', addSeconds(unit.now, -OVERDUE_SECONDS))
    .orderBy('try_at')
    .limit(AT_ONCE)
    .execute();
  for (const { id } of lost) unit.enqueue('reports.send', { runId: id });
}

/** @returns the run's id; one that is planned already is not planned again */
export async function planRun(
  unit: Unit,
  schedule: Pick<ScheduleRow, 'id' | 'recipients'>,
  { why, dueAt, missed }: { why: 'due' | 'asked'; dueAt: Date; missed: number },
): Promise<string | null> {
  const id = uuid();
  const planned = await unit.tx
    .insertInto('report_run')
    .values({
      id,
      schedule_id: schedule.id,
      why,
      due_at: dueAt,
      missed,
      state: 'waiting',
      period_from: null,
      period_to: null,
      attempts: 0,
      try_at: unit.now,
      fault: null,
      created_at: unit.now,
      finished_at: null,
    })
    .onConflict((conflict) => conflict.columns(['schedule_id', 'due_at', 'why']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!planned) return null;
  await unit.tx
    .insertInto('report_letter')
    .values(schedule.recipients.map(({ address }) => ({ run_id: id, address, state: 'waiting' as const })))
    .execute();
  unit.enqueue('reports.send', { runId: id });
  return id;
}
