import { useI18n } from 'vue-i18n';
import type { Hours } from '../../../server/contract/http.ts';
import { useDirectory } from '../stores/directory.ts';
import { groupDays, nextDayOff, nextOpening, spansOf } from './hours.ts';
import { useFormats } from './use-formats.ts';
import { useNow } from './use-now.ts';

/** Hours as a person would say them. */
export function useHoursWords() {
  const { t, locale } = useI18n();
  const { dateOf, time } = useFormats();
  const now = useNow();
  const directory = useDirectory();
  const holidays = () => directory.city?.holidays ?? [];
  const dayName = (date: string) =>
    new Intl.DateTimeFormat(locale.value === 'en' ? 'en-US' : 'es-MX', {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      timeZone: 'UTC',
    }).format(new Date(`${date}T12:00:00Z`));

  /** `Lunes a viernes 08:00–20:00 · Sábado 09:00–14:00 · Domingo cerrado` */
  function week(days: Hours['days']): string {
    return groupDays(days)
      .map(({ from, to, spans }) => {
        const names =
          from === to
            ? t(`weekday.${from}`)
            : t('hours.range', { from: t(`weekday.${from}`), to: t(`weekday.${to}`).toLowerCase() });
        const whole = spans.length === 1 && spans[0]?.from === '00:00' && spans[0].to === '24:00';
        const times = whole ? t('hours.wholeDay') : spans.map((span) => `${span.from}–${span.to}`).join(t('hours.and'));
        return `${names} ${times || t('hours.closed')}`;
      })
      .join(' · ');
  }

  /** What these hours would mean right now. */
  function effect(hours: Hours): string {
    const here = { date: dateOf(now.value), time: time(new Date(now.value).toISOString()) };
    const next = nextOpening(hours, here, holidays());
    if (next === null) return t('hours.never');
    if (next.open) return t('hours.openNow');
    if (next.at.date === here.date) return t('hours.opensToday', { time: next.at.time });
    return t('hours.opensOn', { day: dayName(next.at.date), time: next.at.time });
  }

  /** When it is open today, and the next day on which it is closed though its weekday is open. */
  function todayAndNext(hours: Hours): string {
    const today = dateOf(now.value);
    const spans = spansOf(hours, today, holidays()).map((span) => `${span.from}–${span.to}`);
    const open = spans.length > 0 ? t('hours.today', { spans: spans.join(t('hours.and')) }) : t('hours.todayClosed');
    const off = nextDayOff(hours, today, holidays());
    if (!off) return open;
    const name = off.name ? ` (${off.name})` : '';
    return `${open} · ${t('hours.nextDayOff', { day: `${dayName(off.date)}${name}` })}`;
  }
  return { week, effect, todayAndNext };
}
