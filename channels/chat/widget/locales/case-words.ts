import type { CaseStatus } from '../../../../server/contract/case-status.ts';
import type { Locale } from '../../../../server/contract/error-catalogue.ts';

const tags: Record<Locale, string> = { es: 'es-MX', en: 'en-US' };

const statuses: Record<Locale, Record<CaseStatus, string>> = {
  es: {
    received: 'Recibido',
    assigned: 'Asignado',
    in_progress: 'En proceso',
    waiting_citizen: 'Esperamos tu respuesta',
    solved: 'Resuelto',
    not_ours: 'No le toca al municipio',
    rejected: 'No procede',
    reopened: 'Abierto otra vez',
  },
  en: {
    received: 'Received',
    assigned: 'Assigned',
    in_progress: 'In progress',
    waiting_citizen: 'Waiting for your answer',
    solved: 'Solved',
    not_ours: 'Not a municipal matter',
    rejected: 'Declined',
    reopened: 'Open again',
  },
};

const left: Record<Locale, { today: string; days: [one: string, many: string]; ago: [one: string, many: string] }> = {
  es: {
    today: 'vence hoy',
    days: ['queda 1 día', 'quedan {days} días'],
    ago: ['venció ayer', 'venció hace {days} días'],
  },
  en: {
    today: 'due today',
    days: ['1 day left', '{days} days left'],
    ago: ['due yesterday', 'due {days} days ago'],
  },
};

/** Where a case stands, in the words of whoever filed it. */
export function statusWords(status: CaseStatus, locale: Locale): string {
  return statuses[locale][status];
}

/** «viernes, 5 de diciembre» of a local day such as `2026-12-05`; with the year when it is not this one. */
export function dayWords(day: string, locale: Locale, now = new Date()): string {
  const at = new Date(`${day}T12:00:00Z`);
  const year = at.getUTCFullYear() === now.getUTCFullYear() ? undefined : 'numeric';
  return at.toLocaleDateString(tags[locale], { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long', year });
}

/** Days from today to a local day, on the city's calendar; negative once it has passed. */
export function daysUntil(day: string, timeZone: string, now = new Date()): number {
  const today = now.toLocaleDateString('en-CA', { timeZone });
  return Math.round((Date.parse(day) - Date.parse(today)) / 86_400_000);
}

/** «quedan 10 días», «vence hoy», «venció hace 2 días». */
export function daysLeftWords(days: number, locale: Locale): string {
  const words = left[locale];
  if (days === 0) return words.today;
  const [one, many] = days > 0 ? words.days : words.ago;
  return Math.abs(days) === 1 ? one : many.replace('{days}', String(Math.abs(days)));
}

/** The city's day of a moment, `2026-12-05`. */
export function dayOf(iso: string, timeZone: string): string {
  return new Date(iso).toLocaleDateString('en-CA', { timeZone });
}

/** «22 nov» on the city's calendar. */
export function shortDay(iso: string, locale: Locale, timeZone: string): string {
  return new Date(iso).toLocaleDateString(tags[locale], { timeZone, day: 'numeric', month: 'short' });
}

/** «22 de noviembre, 7:12 a.m.» on the city's clock. */
export function momentWords(iso: string, locale: Locale, timeZone: string): string {
  const at = new Date(iso);
  const day = at.toLocaleDateString(tags[locale], { timeZone, day: 'numeric', month: 'long' });
  return `${day}, ${at.toLocaleTimeString(tags[locale], { timeZone, hour: 'numeric', minute: '2-digit' })}`;
}
