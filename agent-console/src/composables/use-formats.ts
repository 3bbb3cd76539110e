import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Phrase } from '../../../server/contract/errors.ts';
import { useDirectory } from '../stores/directory.ts';

const BYTE_UNITS = [
  ['megabyte', 1_048_576],
  ['kilobyte', 1_024],
] as const;

/** Dates, times and sizes as the reader writes them, in the city's time zone. */
export function useFormats() {
  const { locale, t } = useI18n();
  const directory = useDirectory();
  const language = computed(() => (locale.value === 'en' ? 'en-US' : 'es-MX'));

  const format = (options: Intl.DateTimeFormatOptions) =>
    computed(() => {
      const timeZone = directory.city?.timeZone;
      return new Intl.DateTimeFormat(language.value, { ...options, ...(timeZone ? { timeZone } : {}) });
    });
  const timeFormat = format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const dayFormat = format({ weekday: 'long', day: 'numeric', month: 'long' });
  const weekdayFormat = format({ weekday: 'long' });
  const shortFormat = format({ day: 'numeric', month: 'short', year: 'numeric' });
  const fullFormat = format({ dateStyle: 'full', timeStyle: 'medium' });
  const localDayFormat = computed(
    () =>
      new Intl.DateTimeFormat(language.value, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }),
  );
  const partsFormat = format({ year: 'numeric', month: '2-digit', day: '2-digit' });

  /** The local date in the city, `2026-03-09`. */
  function dateOf(at: string | number | Date): string {
    const parts = Object.fromEntries(
      partsFormat.value.formatToParts(new Date(at)).map(({ type, value }) => [type, value]),
    );
    return `${parts.year}-${parts.month}-${parts.day}`;
  }

  const time = (at: string) => timeFormat.value.format(new Date(at));
  const date = (at: string) => shortFormat.value.format(new Date(at));
  const full = (at: string) => fullFormat.value.format(new Date(at));

  /** `Hoy`, `Ayer`, or the day by name. */
  function day(at: string, now: number): string {
    const local = dateOf(at);
    if (local === dateOf(now)) return t('time.today');
    if (local === dateOf(now - 86_400_000)) return t('time.yesterday');
    return dayFormat.value.format(new Date(at));
  }

  /** When something opens: the time, and the day unless it is today. */
  function opening(at: string, now: number): string {
    const local = dateOf(at);
    if (local === dateOf(now)) return t('time.at', { time: time(at) });
    if (local === dateOf(now + 86_400_000)) return t('time.tomorrowAt', { time: time(at) });
    const near = Date.parse(at) - now < 6 * 86_400_000;
    const date = (near ? weekdayFormat : shortFormat).value.format(new Date(at));
    return t('time.dayAt', { day: date, time: time(at) });
  }

  /** `el lunes, 9 de marzo a las 14:05`: a moment that stays right however old it gets. */
  const dayAndTime = (at: string) => t('time.dayAt', { day: dayFormat.value.format(new Date(at)), time: time(at) });

  /** A moment past: the time today, the day and the time before. */
  function moment(at: string, now: number): string {
    return t('time.dayAndTime', { day: day(at, now), time: time(at) });
  }

  function bytes(size: number): string {
    const [unit, one] = BYTE_UNITS.find(([, least]) => size >= least) ?? (['byte', 1] as const);
    const value = size / one;
    const digits = { maximumFractionDigits: value < 10 ? 1 : 0 };
    return new Intl.NumberFormat(language.value, { style: 'unit', unit, ...digits }).format(value);
  }

  /** A local date of the city, `2026-03-09`, as a day by name: it is the same wherever the reader is. */
  const localDay = (localDate: string) => localDayFormat.value.format(new Date(`${localDate}T12:00:00Z`));

  const count = (value: number) => new Intl.NumberFormat(language.value).format(value);
  const percent = (share: number) =>
    new Intl.NumberFormat(language.value, { style: 'percent', maximumFractionDigits: 1 }).format(share);

  /** `a`, `a y b`, `a, b y c`. */
  const list = (items: string[]) => new Intl.ListFormat(language.value, { type: 'conjunction' }).format(items);

  const languageFormat = computed(
    () => new Intl.DisplayNames(language.value, { type: 'language', languageDisplay: 'standard' }),
  );
  /** `es_MX`, as Meta writes languages, by name and without its country. */
  const languageName = (code: string) => languageFormat.value.of(code.split('_')[0] ?? code) ?? code;

  /** A text of the city in the reader's language; Spanish when the other is empty. */
  const phrase = (text: Phrase) => (locale.value === 'en' && text.en ? text.en : text.es);

  return {
    time,
    date,
    full,
    day,
    opening,
    dateOf,
    localDay,
    dayAndTime,
    moment,
    bytes,
    count,
    percent,
    languageName,
    list,
    phrase,
  };
}
