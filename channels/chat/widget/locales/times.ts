import type { Locale } from '../../../../server/contract/error-catalogue.ts';
import { sayIn } from './say.ts';

const tags: Record<Locale, string> = { es: 'es-MX', en: 'en-US' };

/** Clock time on this device. */
export function clockTime(iso: string, locale: Locale): string {
  return new Date(iso).toLocaleTimeString(tags[locale], { hour: 'numeric', minute: '2-digit' });
}

/** "Hoy", "Ayer", "lunes 3 de marzo": what stands between two days of a conversation. */
export function dayName(iso: string, locale: Locale, now = new Date()): string {
  const day = new Date(iso);
  const say = sayIn(locale);
  const daysAgo = Math.round((midnight(now) - midnight(day)) / 86_400_000);
  if (daysAgo === 0) return say('today');
  if (daysAgo === 1) return say('yesterday');
  const year = day.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return day.toLocaleDateString(tags[locale], { weekday: 'long', day: 'numeric', month: 'long', year });
}

/** When the city opens, on the city's own clock: "hoy a las 4:00 p.m.", "el lunes, 3 de marzo a las 8:00 a.m.". */
export function openingTime(iso: string, locale: Locale, timeZone: string, now = new Date()): string {
  const at = new Date(iso);
  const dayOf = (date: Date) => date.toLocaleDateString('en-CA', { timeZone });
  const time = at.toLocaleTimeString(tags[locale], { timeZone, hour: 'numeric', minute: '2-digit' });
  if (dayOf(at) === dayOf(now)) return sayIn(locale)('opensToday', { time });
  const day = at.toLocaleDateString(tags[locale], { timeZone, weekday: 'long', day: 'numeric', month: 'long' });
  return sayIn(locale)('opensOn', { day, time });
}

/** `1.2 MB` in the reader's way of writing numbers. */
export function fileSize(bytes: number, locale: Locale): string {
  const [value, unit] = bytes < 1024 * 1024 ? [Math.max(1, bytes / 1024), 'kB'] : [bytes / 1024 / 1024, 'MB'];
  return `${value.toLocaleString(tags[locale], { maximumFractionDigits: value < 10 ? 1 : 0 })} ${unit}`;
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
