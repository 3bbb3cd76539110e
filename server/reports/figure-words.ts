import type { Locale } from '../contract/errors.ts';
import { changeOf, type FigureChange } from '../contract/figure-change.ts';
import { type FigureId, figures } from '../contract/figures.ts';
import type { ReportPeriod } from '../contract/report.ts';
import type { Shown } from '../contract/report-table.ts';

/** Figures in words, for mails and paper; the console has its own, with the reader's settings. */
export function figureWords(locale: Locale) {
  const language = locale === 'es' ? 'es-MX' : 'en-US';
  const format = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language, options);
  const count = format({ maximumFractionDigits: 0 });
  const percent = format({ style: 'percent', maximumFractionDigits: 1 });
  const decimal = format({ maximumFractionDigits: 1 });
  const dates = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const months = new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const monthNames = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  const shortMonths = new Intl.DateTimeFormat(language, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const shortDays = new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });
  const noon = (date: string) => new Date(`${date}T12:00:00Z`);

  const value = (id: FigureId, number: Shown): string => {
    if (number === null) return '—';
    switch (figures[id].unit) {
      case 'share':
        return percent.format(number);
      case 'seconds':
        return duration(number);
      case 'days':
        return `${decimal.format(number)} ${locale === 'es' ? 'días' : 'days'}`;
      default:
        return count.format(number);
    }
  };
  const sizeOf = ({ size, unit }: FigureChange): string =>
    unit === 'points' ? `${decimal.format(size)} ${locale === 'es' ? 'puntos' : 'points'}` : percent.format(size);

  return {
    value,
    count: (number: number) => count.format(number),
    sizeOf,
    title: (id: FigureId) => figures[id].title[locale],
    rule: (id: FigureId) => figures[id].rule[locale],
    /** `▲ 12 %`; empty where nothing can be said. */
    change(id: FigureId, now: Shown, before: Shown): { text: string; change: FigureChange } | null {
      const change = changeOf(id, now, before);
      if (!change) return null;
      const mark = { up: '▲', down: '▼', same: '=' }[change.direction];
      return { text: `${mark} ${sizeOf(change)}`, change };
    },
    date: (date: string) => dates.format(noon(date)),
    /** `octubre de 2026` */
    month: (date: string) => months.format(noon(date)),
    /** `octubre` */
    monthAlone: (date: string) => monthNames.format(noon(date)),
    /** `oct 2025` */
    shortMonth: (date: string) => shortMonths.format(noon(date)).replace('.', ''),
    /** `lun 5 oct` */
    shortDay: (date: string) => shortDays.format(noon(date)),
    period: ({ from, to }: ReportPeriod): string =>
      from === to ? dates.format(noon(from)) : dates.formatRange(noon(from), noon(to)),
  };
}

export type FigureWords = ReturnType<typeof figureWords>;

/** `0:07`, `12:40`, `1 h 05 min` */
function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}
