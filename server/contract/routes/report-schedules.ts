import { z } from 'zod';
import { endpoints } from '../endpoints.ts';
import { reportRunSchema, reportSchedulesSchema, saveReportScheduleSchema } from '../report-schedule.ts';
import { byId, done, route } from './route.ts';

const tag = 'Scheduled reports';

/** Routes of reports that go out by e-mail by themselves. */
export const reportScheduleRoutes = {
  listReportSchedules: route({
    ...endpoints.listReportSchedules,
    tag,
    summary: 'Reports that go out by e-mail, when next, and what became of the last time',
    access: 'reports.export',
    response: reportSchedulesSchema,
  }),
  createReportSchedule: route({
    ...endpoints.createReportSchedule,
    tag,
    summary: 'Schedules a report: whoever does is its owner, and it shows what they may see',
    access: 'reports.export',
    body: saveReportScheduleSchema,
    response: byId,
  }),
  saveReportSchedule: route({
    ...endpoints.saveReportSchedule,
    tag,
    summary: 'Changes a scheduled report; its owner, or whoever looks after people',
    access: 'reports.export',
    params: byId,
    body: saveReportScheduleSchema,
    response: done,
  }),
  deleteReportSchedule: route({
    ...endpoints.deleteReportSchedule,
    tag,
    summary: 'Removes a scheduled report with its history',
    access: 'reports.export',
    params: byId,
    response: done,
  }),
  pauseReportSchedule: route({
    ...endpoints.pauseReportSchedule,
    tag,
    summary:
      'Pauses a scheduled report or sets it going again; what stopped with its owner goes on in the name of the caller',
    access: 'reports.export',
    params: byId,
    body: z.object({ paused: z.boolean() }),
    response: done,
  }),
  approveReportRecipients: route({
    ...endpoints.approveReportRecipients,
    tag,
    summary: 'Lets a scheduled report go to its addresses that are of nobody in the console',
    access: 'integrations.manage',
    params: byId,
    response: done,
  }),
  sendReportNow: route({
    ...endpoints.sendReportNow,
    tag,
    summary: 'Sends a scheduled report now, besides when it is due',
    access: 'reports.export',
    perMinute: 10,
    params: byId,
    response: done,
  }),
  listReportRuns: route({
    ...endpoints.listReportRuns,
    tag,
    summary: 'What became of the times it went out, the last one first',
    access: 'reports.export',
    params: byId,
    response: z.array(reportRunSchema),
  }),
};
