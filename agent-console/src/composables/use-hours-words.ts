import { useI18n } from 'vue-i18n';
import type { Hours } from '../../../server/contract/http.ts';
import { groupDays, nextOpening } from './hours.ts';
import { useFormats } from './use-formats.ts';
import { useNow } from './use-now.ts';

/** Hours as a person would say them. */
export function useHoursWords() {
  const { t, locale } = useI18n();
  const { dateOf, time } = useFormats();
  const now = useNow();

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
    const next = nextOpening(hours, here);
    if (next === null) return t('hours.never');
    if (next.open) return t('hours.openNow');
    if (next.at.date === here.date) return t('hours.opensToday', { time: next.at.time });
    const day = new Intl.DateTimeFormat(locale.value === 'en' ? 'en-US' : 'es-MX', {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      timeZone: 'UTC',
    });
    return t('hours.opensOn', { day: day.format(new Date(`${next.at.date}T12:00:00Z`)), time: next.at.time });
  }
  return { week, effect };
}
