import { DateTime } from 'luxon';
import type { Clock } from '../clock.ts';
import type { JobStore } from '../jobs/job-store.ts';
import { oldestJobSeconds } from '../jobs/oldest-job.ts';
import type { Openings } from '../routing/openings.ts';
import type { LiveFigures } from '../routing/queue-figures.ts';
import type { Announcements } from './announcements/announcements.ts';
import { channelStandings, type StandingParts } from './channel-standings.ts';
import { countDay, countTotals, LINE_SECONDS } from './figures/count-day.ts';
import { countNow, countToday } from './figures/count-now.ts';
import { openIncidents } from './incidents/read-incidents.ts';
import { keepFor } from './keep-for.ts';
import { loadLimits } from './queue-limits.ts';
import { watchSurges } from './surge/watch-surges.ts';

/** The day as a whole moves slowly, and counting it reads all of it. */
const DAY_MS = 5_000;
const STANDINGS_MS = 20_000;

export interface BoardParts extends StandingParts {
  clock: Clock;
  figures: LiveFigures;
  openings: Openings;
  jobs: JobStore;
  announcements: Announcements;
}

export type Counted = Awaited<ReturnType<ReturnType<typeof createCount>>>;

/** Everything the board is drawn from, protected contacts apart; what moves slowly is counted seldom. */
export function createCount(parts: BoardParts) {
  const { database, city, clock, figures, openings, jobs, announcements } = parts;
  const { db } = database;
  const surges = watchSurges({ db, city, clock });
  const standings = keepFor(STANDINGS_MS, clock, () => channelStandings(parts, clock.now()));
  const day = keepFor(DAY_MS, clock, async () => {
    const now = clock.now();
    const midnight = DateTime.fromJSDate(now, { zone: city.timeZone }).startOf('day').toJSDate();
    const [today, line, totals, oldestJob] = await Promise.all([
      countToday(db, midnight, now),
      countDay(db, midnight),
      countTotals(db, midnight),
      oldestJobSeconds(jobs, now),
    ]);
    const halfHours = Math.floor((now.getTime() - midnight.getTime()) / (LINE_SECONDS * 1_000)) + 1;
    return { today, line, totals, oldestJob, halfHours };
  });

  return async () => {
    const now = clock.now();
    const [rows, ofDay, queues, limits, openQueues, channels, told, incidents, announced] = await Promise.all([
      countNow(db, now),
      day(),
      figures.current(),
      loadLimits(db),
      openings.openQueues(),
      standings(),
      surges(),
      openIncidents(db),
      announcements.live(),
    ]);
    return { now, rows, ofDay, queues, limits, openQueues, channels, surges: told, incidents, announced };
  };
}
