import type { Locale } from '../../contract/errors.ts';

const TIME =
  /(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?:\s?(a\.?\s?m\.?|p\.?\s?m\.?))?(?:\s?(?:h|hrs?|horas|hours)\b\.?)?/gi;

/** Hours on the clock as they are said: «de 9 de la mañana a 3 de la tarde», “6 30 p.m.”. */
export function sayTime(text: string, locale: Locale): string {
  return text
    .replace(TIME, (_, hours: string, minutes: string, half?: string) => {
      const afternoon = half ? /^p/i.test(half) : Number(hours) >= 12;
      const hour = half ? (Number(hours) % 12) + (afternoon ? 12 : 0) : Number(hours) % 24;
      return locale === 'es' ? inSpanish(hour, Number(minutes)) : inEnglish(hour, Number(minutes));
    })
    .replace(/(\d)\s?hrs?\b\.?/g, locale === 'es' ? '$1 horas' : '$1 hours');
}

function inSpanish(hour: number, minutes: number): string {
  const past = minutes === 0 ? '' : minutes === 15 ? ' y cuarto' : minutes === 30 ? ' y media' : ` y ${minutes}`;
  return `${hour % 12 || 12}${past} ${partOfDay(hour, minutes)}`;
}

function partOfDay(hour: number, minutes: number): string {
  if (hour === 12 && minutes === 0) return 'del día';
  if (hour === 0 || hour >= 19) return 'de la noche';
  return hour < 12 ? 'de la mañana' : 'de la tarde';
}

function inEnglish(hour: number, minutes: number): string {
  if (minutes === 0 && hour === 12) return '12 noon';
  if (minutes === 0 && hour === 0) return 'midnight';
  const past = minutes === 0 ? '' : minutes < 10 ? ` oh ${minutes}` : ` ${minutes}`;
  return `${hour % 12 || 12}${past} ${hour < 12 ? 'a.m.' : 'p.m.'}`;
}
