import type { Selectable } from 'kysely';
import { v7 as uuid } from 'uuid';
import { type Origin, recordAudit } from '../../audit/record-audit.ts';
import { AppError } from '../../contract/errors.ts';
import type { Me } from '../../contract/http.ts';
import { may } from '../../contract/permissions.ts';
import type { SaveReportSchedule, ScheduleRecipient } from '../../contract/report-schedule.ts';
import type { Tables } from '../../database/database.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { nextOccurrence } from './next-occurrence.ts';

export type ScheduleRow = Selectable<Tables['report_schedule']>;
type By = Pick<Me, 'id' | 'permissions'>;

/** Whose it is changes it, and whoever looks after people. */
export const mayChange = (by: By, { owner_id: ownerId }: Pick<ScheduleRow, 'owner_id'>): boolean =>
  by.id === ownerId || may(by, 'people.manage');
/** Letting figures out to people that the console does not know is an administrator's word. */
export const mayApprove = (by: By): boolean => may(by, 'integrations.manage');

/** @returns its id */
export async function createSchedule(
  unit: Unit,
  by: By,
  origin: Origin,
  input: SaveReportSchedule,
  timeZone: string,
): Promise<string> {
  const id = uuid();
  await unit.tx
    .insertInto('report_schedule')
    .values({
      id,
      owner_id: by.id,
      ...columnsOf(input, [], mayApprove(by)),
      state: 'active',
      stopped_by: null,
      next_at: nextOccurrence(input, unit.now, timeZone),
      created_at: unit.now,
      updated_at: unit.now,
    })
    .execute();
  await recordAudit(unit, origin, { action: 'report_schedule.created', target: id, after: input });
  return id;
}

/** @throws AppError `not_found`, `forbidden` for somebody else's */
export async function updateSchedule(
  unit: Unit,
  by: By,
  origin: Origin,
  id: string,
  input: SaveReportSchedule,
  timeZone: string,
): Promise<void> {
  const before = await lockForChange(unit, by, id);
  const columns = columnsOf(input, before.recipients, mayApprove(by));
  await unit.tx
    .updateTable('report_schedule')
    .set({
      ...columns,
      next_at: before.state === 'active' ? nextOccurrence(input, unit.now, timeZone) : null,
      updated_at: unit.now,
    })
    .where('id', '=', id)
    .execute();
  await recordAudit(unit, origin, {
    action: 'report_schedule.updated',
    target: id,
    before: toldOf(before),
    after: input,
  });
}

/** Pauses it, or sets it going again from now on: what would have gone out meanwhile does not. */
export async function pauseSchedule(
  unit: Unit,
  by: By,
  origin: Origin,
  id: string,
  paused: boolean,
  timeZone: string,
): Promise<void> {
  const before = await lockForChange(unit, by, id);
  // Whoever sets going what stopped with somebody who left answers for it from then on.
  const ownerId = before.state === 'stopped' ? by.id : before.owner_id;
  const rhythm = { every: before.every, onDay: before.on_day, hour: before.hour, minute: before.minute };
  await unit.tx
    .updateTable('report_schedule')
    .set({
      state: paused ? 'paused' : 'active',
      stopped_by: null,
      owner_id: ownerId,
      next_at: paused ? null : nextOccurrence(rhythm, unit.now, timeZone),
      updated_at: unit.now,
    })
    .where('id', '=', id)
    .execute();
  await recordAudit(unit, origin, {
    action: paused ? 'report_schedule.paused' : 'report_schedule.resumed',
    target: id,
    before: { state: before.state, ownerId: before.owner_id },
    after: { state: paused ? 'paused' : 'active', ownerId },
  });
}

/** Its addresses may be written to, whoever they are of. */
export async function approveRecipients(unit: Unit, origin: Origin, id: string): Promise<void> {
  const before = await lock(unit, id);
  const recipients = before.recipients.map(({ address }) => ({ address, approved: true }));
  await unit.tx
    .updateTable('report_schedule')
    .set({ recipients: json(recipients), updated_at: unit.now })
    .where('id', '=', id)
    .execute();
  await recordAudit(unit, origin, {
    action: 'report_schedule.approved',
    target: id,
    before: before.recipients,
    after: recipients,
  });
}

/** @throws AppError `not_found`, `forbidden` */
export async function deleteSchedule(unit: Unit, by: By, origin: Origin, id: string): Promise<void> {
  const before = await lockForChange(unit, by, id);
  await unit.tx.deleteFrom('report_schedule').where('id', '=', id).execute();
  await recordAudit(unit, origin, { action: 'report_schedule.deleted', target: id, before: toldOf(before) });
}

export async function lockForChange(unit: Unit, by: By, id: string): Promise<ScheduleRow> {
  const row = await lock(unit, id);
  if (!mayChange(by, row)) throw new AppError('forbidden');
  return row;
}

async function lock({ tx }: Unit, id: string): Promise<ScheduleRow> {
  const row = await tx.selectFrom('report_schedule').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return row;
}

function columnsOf(input: SaveReportSchedule, before: readonly ScheduleRecipient[], approves: boolean) {
  const { name, view, pdf, every, hour, minute } = input;
  const recipients = [...new Set(input.recipients)].map((address) => ({
    address,
    approved: approves || before.some((one) => one.address === address && one.approved),
  }));
  return {
    name,
    view: json(view),
    pdf,
    every,
    on_day: every === 'day' ? null : input.onDay,
    hour,
    minute,
    recipients: json(recipients),
  };
}

const toldOf = ({ name, view, pdf, every, on_day: onDay, hour, minute, recipients }: ScheduleRow) => ({
  name,
  view,
  pdf,
  every,
  onDay,
  hour,
  minute,
  recipients: recipients.map(({ address }) => address),
});
