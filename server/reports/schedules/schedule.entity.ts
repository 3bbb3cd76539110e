import { defineEntity, p } from '@mikro-orm/core';
import type {
  LetterState,
  RunFault,
  RunState,
  ScheduleEvery,
  ScheduleRecipient,
  ScheduleState,
  ScheduleView,
  StoppedBy,
} from '../../contract/report-schedule.ts';

/** A report that goes out by e-mail by itself. */
export const ReportSchedule = defineEntity({
  name: 'ReportSchedule',
  tableName: 'report_schedule',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    ownerId: p.text(),
    view: p.json<ScheduleView>(),
    pdf: p.boolean(),
    every: p.text().$type<ScheduleEvery>(),
    onDay: p.smallint().nullable(),
    hour: p.smallint(),
    minute: p.smallint(),
    recipients: p.json<ScheduleRecipient[]>(),
    state: p.text().$type<ScheduleState>(),
    stoppedBy: p.text().$type<StoppedBy>().nullable(),
    nextAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** One time that it went out, or is about to. */
export const ReportRun = defineEntity({
  name: 'ReportRun',
  tableName: 'report_run',
  properties: {
    id: p.uuid().primary(),
    scheduleId: p.uuid(),
    why: p.text().$type<'due' | 'asked'>(),
    dueAt: p.datetime(),
    missed: p.integer(),
    state: p.text().$type<RunState>(),
    periodFrom: p.date().nullable(),
    periodTo: p.date().nullable(),
    attempts: p.integer(),
    tryAt: p.datetime().nullable(),
    fault: p.text().$type<RunFault>().nullable(),
    createdAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
  },
});

/** The mail of a run to one address. */
export const ReportLetter = defineEntity({
  name: 'ReportLetter',
  tableName: 'report_letter',
  properties: {
    runId: p.uuid().primary(),
    address: p.text().primary(),
    state: p.text().$type<LetterState>(),
    reason: p.text().nullable(),
    sentAt: p.datetime().nullable(),
  },
});
