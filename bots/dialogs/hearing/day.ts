const months = [
  ['enero', 'january'],
  ['febrero', 'february'],
  ['marzo', 'march'],
  ['abril', 'april'],
  ['mayo', 'may'],
  ['junio', 'june'],
  ['julio', 'july'],
  ['agosto', 'august'],
  ['septiembre', 'setiembre', 'september'],
  ['octubre', 'october'],
  ['noviembre', 'november'],
  ['diciembre', 'december'],
];
const names = months.flat().join('|');
const DAY_MONTH = new RegExp(
  `\\b(\\d{1,2})(?:st|nd|rd|th)?(?:\\s+(?:de|of))?\\s+(${names})(?:\\s+(?:del?\\s+)?(\\d{4}))?`,
);
const MONTH_DAY = new RegExp(`\\b(${names})\\s+(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(\\d{4}))?`);
const DAY_MS = 24 * 3_600_000;

const near: readonly (readonly [RegExp, number])[] = [
  [/\b(?:antier|anteayer|antes de ayer|the day before yesterday)\b/, -2],
  [/\b(?:ayer|anoche|yesterday|last night)\b/, -1],
  [/\b(?:hoy|ahorita|esta (?:manana|tarde|noche|madrugada)|today|this (?:morning|afternoon)|tonight)\b/, 0],
  [/\b(?:pasado manana|the day after tomorrow)\b/, 2],
  [/\b(?:manana|tomorrow)\b/, 1],
];

/**
 * The day that a text names, `2026-12-31`; null when it names none. In Mexico the day comes before the month.
 * @param today the local day, likewise; one without a year is the last there was, unless it is only some weeks ahead
 */
export function readDay(text: string, today: string): string | null {
  const now = new Date(`${today}T12:00:00Z`);
  const said = text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  const iso = /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/.exec(said);
  if (iso) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const slashed = /\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})\b/.exec(said);
  if (slashed) return day(fullYear(Number(slashed[3])), Number(slashed[2]), Number(slashed[1]));
  const named = DAY_MONTH.exec(said);
  if (named) return dated(now, monthOf(named[2]), Number(named[1]), named[3]);
  const english = MONTH_DAY.exec(said);
  if (english) return dated(now, monthOf(english[1]), Number(english[2]), english[3]);
  const ago = /\bhace (\d{1,3}) dias?\b|\b(\d{1,3}) days? ago\b/.exec(said);
  if (ago) return isoDay(now.getTime() - Number(ago[1] ?? ago[2]) * DAY_MS);
  const offset = near.find(([pattern]) => pattern.test(said))?.[1];
  return offset === undefined ? null : isoDay(now.getTime() + offset * DAY_MS);
}

const monthOf = (name = ''): number => months.findIndex((spelled) => spelled.includes(name)) + 1;
const fullYear = (year: number): number => (year < 100 ? 2_000 + year : year);
const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Further ahead than this, a day without a year was last year's. */
const AHEAD_MS = 60 * DAY_MS;

function dated(now: Date, month: number, date: number, year: string | undefined): string | null {
  if (year) return day(Number(year), month, date);
  const thisYear = day(now.getUTCFullYear(), month, date);
  if (thisYear === null || Date.parse(thisYear) - now.getTime() <= AHEAD_MS) return thisYear;
  return day(now.getUTCFullYear() - 1, month, date);
}

/** Null for a day that the calendar has not. */
function day(year: number, month: number, date: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, date));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === date ? isoDay(at.getTime()) : null;
}
