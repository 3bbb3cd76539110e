import { DateTime } from 'luxon';
import type { City } from '../../contract/city.ts';

/** When the city sleeps. */
const HOUR = 3;

/** The city's day whose nightly run has come due by now, `yyyy-mm-dd`. */
export const nightOf = (now: Date, { timeZone }: Pick<City, 'timeZone'>): string =>
  DateTime.fromJSDate(now, { zone: timeZone }).minus({ hours: HOUR }).toFormat('yyyy-MM-dd');

/** When the next nightly run is due. */
export function nextNight(now: Date, { timeZone }: Pick<City, 'timeZone'>): Date {
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  const tonight = local.startOf('day').plus({ hours: HOUR });
  return (tonight > local ? tonight : tonight.plus({ days: 1 })).toJSDate();
}
