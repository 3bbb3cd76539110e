import { DateTime } from 'luxon';
import { figureIds, figures } from '../contract/figures.ts';
import type { Report } from '../contract/report.ts';
import { api } from '../contract/routes.ts';
import type { ConsoleApi } from './operators/console-api.ts';
import { type Checked, checkDay } from './reckoning/check-day.ts';
import { readRawDay } from './reckoning/raw-day.ts';
import type { DayRun, PlayedCentre } from './run-day.ts';

/** What reports say of a day that was played, to somebody who supervises it. */
export async function reportOf(
  { centre, stage }: PlayedCentre,
  { from, until }: DayRun,
): Promise<{ days: { from: string; to: string }; supervisor: ConsoleApi; byHour: Report }> {
  const [supervisor] = stage.supervisors;
  if (!supervisor) throw new Error('Nobody supervises this day');
  const dayOf = (at: Date) => DateTime.fromJSDate(at, { zone: centre.city.timeZone }).toFormat('yyyy-MM-dd');
  const days = { from: dayOf(from), to: dayOf(new Date(until.getTime() - 1)) };
  return { days, supervisor, byHour: await supervisor.call(api.report, { query: { ...days, by: 'hour' } }) };
}

/** Asks reports and board of a day that was played, and reckons the same from its raw events. */
export async function checkPlayed(played: PlayedCentre, run: DayRun): Promise<Checked> {
  const { city, server } = played.centre;
  const { days, supervisor } = await reportOf(played, run);
  const now = server.context.clock.now();
  return checkDay(
    await readRawDay(server.context.database.db),
    city,
    { now, days },
    {
      report: (query) => supervisor.call(api.report, { query }),
      board: () => supervisor.call(api.board),
    },
  );
}

/** What `--check` prints: every figure of the day as told and as reckoned, and whatever differs. */
export function printChecked({ figures: values, numbers, differences }: Checked): string {
  const width = Math.max(...figureIds.map((id) => figures[id].title.en.length));
  const lines = figureIds.map((id) => {
    const { told, reckoned } = values[id];
    const same = told === reckoned ? 'equal    ' : 'DIFFERENT';
    return `${same}  ${figures[id].title.en.padEnd(width)}  ${shown(told)}${told === reckoned ? '' : ` (reckoned: ${shown(reckoned)})`}`;
  });
  const wrong = differences.map(
    ({ what, told, reckoned }) =>
      `DIFFERENT  ${what}: told ${JSON.stringify(told)}, reckoned ${JSON.stringify(reckoned)}`,
  );
  return [...lines, ...wrong, `${numbers} numbers compared, ${differences.length} different`].join('\n');
}

const shown = (value: number | null): string => (value === null ? '–' : String(Math.round(value * 10_000) / 10_000));
