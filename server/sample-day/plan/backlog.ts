import { DateTime } from 'luxon';
import type { City } from '../../contract/city.ts';
import type { Chance } from '../chance.ts';
import { aNeed, type Need } from './needs.ts';
import { aSpot, type Spot } from './spots.ts';

/** Something that was reported before the day began. */
export interface Reported {
  at: Date;
  need: Need;
  spot: Spot;
}

/** Working days back, and what is reported on each by whoever comes to the counter. */
const DAYS = 10;
const A_DAY = 16;

/** A city does not begin with its sample day: some of what it promised is due on it, and some is late. */
export function planBacklog(city: City, chance: Chance, from: Date, scale: number): Reported[] {
  const reported: Reported[] = [];
  const begins = DateTime.fromJSDate(from, { zone: city.timeZone }).startOf('day');
  for (let back = Math.ceil((DAYS * 7) / 5); back > 0; back -= 1) {
    const day = begins.minus({ days: back });
    if (day.weekday > 5) continue;
    for (let left = Math.round(A_DAY * scale); left > 0; left -= 1) {
      const at = day.set({ hour: 8 }).toMillis() + chance.next() * 9 * 3_600_000;
      reported.push({
        at: new Date(Math.round(at)),
        need: aNeed(city, chance, null, 'report'),
        spot: aSpot(city, chance, null),
      });
    }
  }
  return reported.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** When the first of it may have been reported. */
export const backlogBegins = (from: Date): Date => new Date(from.getTime() - (DAYS * 2 + 2) * 86_400_000);
