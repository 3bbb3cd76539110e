import { DateTime } from 'luxon';
import type { City } from '../../contract/city.ts';
import type { Hours } from '../../contract/http.ts';

const MINUTE = 60;

/**
 * Seconds between two instants (whole seconds since 1970) in which a queue was open: minute by minute, by what the wall
 * clock shows. Public holidays are not known here: of a day that is one, its queues' figures cannot be reckoned.
 */
export function createOpenSeconds({ timeZone }: Pick<City, 'timeZone'>) {
  const known = new Map<Hours, Map<number, boolean>>();

  function isOpenIn(hours: Hours, minute: number): boolean {
    const minutes = known.get(hours) ?? new Map<number, boolean>();
    known.set(hours, minutes);
    const told = minutes.get(minute);
    if (told !== undefined) return told;
    const wall = DateTime.fromSeconds(minute * MINUTE, { zone: timeZone });
    const other = hours.exceptions.find(({ date }) => date === wall.toFormat('yyyy-MM-dd'));
    const spans = other ? other.spans : (hours.days[String(wall.weekday) as keyof Hours['days']] ?? []);
    const shown = wall.toFormat('HH:mm');
    const open = spans.some(({ from, to }) => from <= shown && shown < to);
    minutes.set(minute, open);
    return open;
  }

  return (hours: Hours, from: number, to: number): number => {
    let open = 0;
    for (let at = from; at < to; ) {
      const minute = Math.floor(at / MINUTE);
      const next = Math.min((minute + 1) * MINUTE, to);
      if (isOpenIn(hours, minute)) open += next - at;
      at = next;
    }
    return open;
  };
}

export type OpenSeconds = ReturnType<typeof createOpenSeconds>;
