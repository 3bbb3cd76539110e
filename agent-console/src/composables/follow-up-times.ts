import type { Hours } from '../../../server/contract/http.ts';
import { addDays, nextOpening, type WallTime } from './hours.ts';

export type FollowUpName = 'soon' | 'tomorrow' | 'week';
export interface FollowUpTime {
  name: FollowUpName;
  wall: WallTime;
}

const SOON_HOURS = 2;
/** Where somebody is there all day. */
const MORNING = '09:00';

/** The first moment from `from` on at which somebody is there; as it is where nobody ever is. */
function opened(hours: Hours, from: WallTime): WallTime {
  const next = nextOpening(hours, from);
  return next && !next.open ? next.at : from;
}

const later = ({ date, time }: WallTime, hours: number): WallTime | null => {
  const hour = Number(time.slice(0, 2)) + hours;
  return hour < 24 ? { date, time: `${String(hour).padStart(2, '0')}:${time.slice(3)}` } : null;
};

/** The times offered for looking again, each while the queue works; never two that are the same. */
export function followUpTimes(now: WallTime, hours: Hours): FollowUpTime[] {
  const soon = later(now, SOON_HOURS);
  const times: FollowUpTime[] = [];
  if (soon && nextOpening(hours, soon)?.open) times.push({ name: 'soon', wall: soon });
  times.push({ name: 'tomorrow', wall: opened(hours, { date: addDays(now.date, 1), time: MORNING }) });
  times.push({ name: 'week', wall: opened(hours, { date: addDays(now.date, 7), time: MORNING }) });
  return times.filter(({ wall }, at) => times.findIndex((each) => each.wall.date === wall.date) === at || at === 0);
}
