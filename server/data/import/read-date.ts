import { DateTime } from 'luxon';

const MONTHS: Record<string, number> = {
  ene: 1,
  feb: 2,
  mar: 3,
  abr: 4,
  may: 5,
  jun: 6,
  jul: 7,
  ago: 8,
  sep: 9,
  set: 9,
  oct: 10,
  nov: 11,
  dic: 12,
};
const TIME = String.raw`(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(a\.?\s?m\.?|p\.?\s?m\.?)?)?\s*(Z|[+-]\d{2}:?\d{2})?`;
/** `2026-03-09`, with a time or without. */
const ISO = new RegExp(String.raw`^(\d{4})[-/](\d{1,2})[-/](\d{1,2})${TIME}$`, 'i');
/** `09/03/2026`: in Mexico the day stands first. */
const NUMERIC = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4})${TIME}$`, 'i');
/** `9 de marzo de 2026`, `9-mar-2026`. */
const NAMED = new RegExp(
  String.raw`^(\d{1,2})(?:\s+de)?[\s/-]+([a-záéíóú]{3,10})\.?(?:\s+del?)?[\s/-]+(\d{4})${TIME}$`,
  'i',
);
/** Days since the end of 1899, as spreadsheets count them. */
const SERIAL = /^\d{5}(?:\.\d+)?$/;

/** A date as people in Mexico write it, by the city's clock; null for what is none. */
export function readDate(text: string, timeZone: string): Date | null {
  const written = text.trim();
  if (SERIAL.test(written)) {
    const days = Number(written);
    return valid(
      DateTime.fromObject({ year: 1899, month: 12, day: 30 }, { zone: timeZone }).plus({
        days: Math.floor(days),
        seconds: Math.round((days % 1) * 86_400),
      }),
    );
  }
  const iso = ISO.exec(written);
  if (iso) return at([iso[1], iso[2], iso[3]], iso.slice(4), timeZone);
  const numeric = NUMERIC.exec(written);
  if (numeric) {
    const year = numeric[3] ?? '';
    return at([year.length === 2 ? `20${year}` : year, numeric[2], numeric[1]], numeric.slice(4), timeZone);
  }
  const named = NAMED.exec(written);
  const month = named && MONTHS[(named[2] ?? '').slice(0, 3).toLowerCase()];
  return named && month ? at([named[3], String(month), named[1]], named.slice(4), timeZone) : null;
}

function at(
  [year, month, day]: (string | undefined)[],
  [hour, minute, second, half, offset]: (string | undefined)[],
  timeZone: string,
): Date | null {
  const hours = Number(hour ?? 0);
  const isAfternoon = half?.toLowerCase().startsWith('p') ?? false;
  const onClock = half ? (hours % 12) + (isAfternoon ? 12 : 0) : hours;
  const zone = offset ? (offset.toUpperCase() === 'Z' ? 'utc' : `UTC${offset}`) : timeZone;
  const fields = { year: Number(year), month: Number(month), day: Number(day) };
  return valid(
    DateTime.fromObject(
      { ...fields, hour: onClock, minute: Number(minute ?? 0), second: Number(second ?? 0) },
      { zone },
    ),
  );
}

const valid = (date: DateTime): Date | null => (date.isValid && date.year > 1950 ? date.toJSDate() : null);
