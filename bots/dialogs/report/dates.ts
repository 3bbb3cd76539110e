import type { Locale } from '../../../server/contract/errors.ts';

/** «viernes 4 de diciembre» of a local day, `2026-12-04`. */
export function spokenDay(day: string, locale: Locale): string {
  const date = new Date(`${day.slice(0, 10)}T12:00:00Z`);
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale === 'es' ? 'es-MX' : 'en-GB', { ...options, timeZone: 'UTC' }).format(date);
  return `${part({ weekday: 'long' })} ${part({ day: 'numeric', month: 'long' })}`;
}

/** Whole days from now to the end of a local day; negative when it is past. */
export function daysUntil(day: string, now: Date): number {
  return Math.round((Date.parse(`${day.slice(0, 10)}T12:00:00Z`) - now.getTime()) / 86_400_000);
}
