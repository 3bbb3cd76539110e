import { addDays, type WallTime, weekdayOf } from './hours.ts';

export type SnoozeName = 'afternoon' | 'tomorrow' | 'monday';
export interface SnoozeTime {
  name: SnoozeName;
  wall: WallTime;
}

const AFTERNOON = '16:00';
const MORNING = '09:00';
/** A contact put aside for less than this would be back before anything has changed. */
const LATEST_FOR_AFTERNOON = '15:30';

/** The times offered for putting a contact aside, by the city's clock; never one that is past or offered twice. */
export function snoozeTimes(now: WallTime): SnoozeTime[] {
  const tomorrow = addDays(now.date, 1);
  const monday = addDays(now.date, 8 - Number(weekdayOf(now.date)));
  const times: SnoozeTime[] = [];
  if (now.time < LATEST_FOR_AFTERNOON) times.push({ name: 'afternoon', wall: { date: now.date, time: AFTERNOON } });
  times.push({ name: 'tomorrow', wall: { date: tomorrow, time: MORNING } });
  if (monday !== tomorrow) times.push({ name: 'monday', wall: { date: monday, time: MORNING } });
  return times;
}
