import type { ReportQuery } from '../../server/contract/report.ts';
import type { Measure } from '../../server/contract/report-terms.ts';
import { api } from '../../server/contract/routes.ts';
import { besideFew, type Place, type Question } from './beside-few.ts';
import type { Row } from './report.ts';
import type { Stage } from './stage.ts';

/** A report is asked for now and then, and some questions read months. */
const TURNS = 30;

const year = { from: '2025-11-22', to: '2026-11-21' };
const month = { from: '2026-10-01', to: '2026-10-31' };
const before = { compareFrom: '2026-09-01', compareTo: '2026-09-30' };

type Asked = Pick<ReportQuery, 'from' | 'to'> & Partial<ReportQuery>;
const report = (query: Asked) => (place: Place) => place.caller.call(api.report, { query });
const rows = (query: Asked & { measure: Measure }) => (place: Place) => place.caller.call(api.reportRows, { query });

const questions: Question[] = [
  { id: 'board', what: 'The board', ask: (place) => place.caller.call(api.board) },
  { id: 'month', what: 'Report: a month beside the one before', ask: report({ ...month, ...before }) },
  { id: 'month_days', what: 'Report: a month by day', ask: report({ ...month, by: 'day' }) },
  { id: 'month_colonias', what: 'Report: a month by colonia', ask: report({ ...month, by: 'colonia' }) },
  {
    id: 'month_narrowed',
    what: 'Report: a month of a queue by topic',
    ask: report({ ...month, queue: 'servicios', by: 'topic' }),
  },
  { id: 'year', what: 'Report: a year', ask: report(year) },
  { id: 'year_days', what: 'Report: a year by day', ask: report({ ...year, by: 'day' }) },
  { id: 'year_people', what: 'Report: a year by person', ask: report({ ...year, by: 'operator' }) },
  { id: 'year_topics', what: 'Report: a year by topic', ask: report({ ...year, by: 'topic' }) },
  {
    id: 'year_departments',
    what: 'Report: promises of a year by department',
    ask: report({ ...year, by: 'department' }),
  },
  {
    id: 'year_narrowed',
    what: 'Report: a year of a channel by queue',
    ask: report({ ...year, channel: 'chat', by: 'queue' }),
  },
  { id: 'rows', what: 'What a number of a month is made of', ask: rows({ ...month, measure: 'abandoned' }) },
  {
    id: 'forecast',
    what: 'Forecast of a day',
    ask: (place) => place.caller.call(api.forecast, { query: { day: '2026-11-23' } }),
  },
];

/** Board and reports with many contacts beside the same with few, asked in turns. */
export const figures = (stage: Stage, tell: (line: string) => void): Promise<Row[]> =>
  besideFew(stage, questions, { turns: TURNS, figures: { people: 60 } }, tell);
