import { endpoints } from '../endpoints.ts';
import { forecastQuerySchema, forecastSchema } from '../forecast.ts';
import { reportQuerySchema, reportRowsQuerySchema, reportRowsSchema, reportSchema } from '../report.ts';
import { route } from './route.ts';

/** Routes of reports. A table as a file is `fileRoutes.report`. */
export const reportRoutes = {
  report: route({
    ...endpoints.report,
    tag: 'Reports',
    summary: 'The counts behind every figure of a period, parted as asked, with another period beside it',
    access: 'reports.read',
    query: reportQuerySchema,
    response: reportSchema,
  }),
  reportRows: route({
    ...endpoints.reportRows,
    tag: 'Reports',
    summary: 'What a number of a report is made of, oldest first',
    access: 'reports.read',
    query: reportRowsQuerySchema,
    response: reportRowsSchema,
  }),
  forecast: route({
    ...endpoints.forecast,
    tag: 'Reports',
    summary: 'What a day is expected to bring, who is needed for it, and what happened',
    access: 'reports.read',
    query: forecastQuerySchema,
    response: forecastSchema,
  }),
};
