import type { WallTime } from './hours.ts';

/** What the clocks of a time zone show at a moment. */
export function wallTimeOf(at: number, timeZone: string): WallTime {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return { date: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}` };
}

const asIfUtc = ({ date, time }: WallTime) => Date.parse(`${date}T${time}:00Z`);

/**
 * The moment at which the clocks of a time zone show this, in milliseconds since 1970. An hour that a change of clocks
 * skips is read by the clock before the change; of one that comes twice it is the first.
 */
export function momentOf(wall: WallTime, timeZone: string): number {
  const wanted = asIfUtc(wall);
  // Zones are less than a day from UTC: a day before and a day after show the offsets on both sides of any change.
  const offsets = [wanted - 86_400_000, wanted + 86_400_000].map((at) => asIfUtc(wallTimeOf(at, timeZone)) - at);
  const moments = offsets.map((offset) => wanted - offset);
  return moments.find((at) => asIfUtc(wallTimeOf(at, timeZone)) === wanted) ?? (moments[0] as number);
}
