import { useI18n } from 'vue-i18n';
import type { ReportRun, ReportSchedule } from '../../../server/contract/report-schedule.ts';
import { useFormats } from './use-formats.ts';

/** Monday is 1; any week that begins with one. */
const MONDAY = Date.UTC(2026, 2, 2, 12);
const DAY_MS = 86_400_000;

/** Scheduled reports as people speak of them. */
export function useScheduleWords() {
  const { t, locale } = useI18n();
  const { dayAndTime } = useFormats();

  const weekday = (day: number): string =>
    new Intl.DateTimeFormat(locale.value === 'en' ? 'en-US' : 'es-MX', { weekday: 'long', timeZone: 'UTC' }).format(
      MONDAY + (day - 1) * DAY_MS,
    );
  const clockTime = (hour: number, minute: number): string => `${hour}:${String(minute).padStart(2, '0')}`;

  /** `Cada lunes a las 7:00` */
  function rhythm({ every, onDay, hour, minute }: Pick<ReportSchedule, 'every' | 'onDay' | 'hour' | 'minute'>): string {
    const time = clockTime(hour, minute);
    if (every === 'day') return t('schedule.everyDay', { time });
    if (every === 'week') return t('schedule.everyWeek', { day: weekday(onDay ?? 1), time });
    return t('schedule.everyMonth', { day: onDay ?? 1, time });
  }

  /** What became of one time it went out, in a sentence. */
  function outcome({ state, fault, letters, finishedAt, tryAt }: ReportRun): string {
    const sent = letters.filter((letter) => letter.state === 'sent').length;
    const values = { sent, all: letters.length, at: finishedAt ? dayAndTime(finishedAt) : '' };
    if (state === 'waiting') {
      if (!fault) return t('schedule.run.waiting');
      return t('schedule.run.trying', { reason: t(`schedule.fault.${fault}`), at: tryAt ? dayAndTime(tryAt) : '' });
    }
    if (state === 'sent') return t('schedule.run.sent', values);
    if (state === 'partly') return t('schedule.run.partly', values);
    return fault
      ? t('schedule.run.failedBecause', { ...values, reason: t(`schedule.fault.${fault}`) })
      : t('schedule.run.failed', values);
  }

  /** Why a mail to one address did not leave: our own reasons by name, the mail server's as it gave them. */
  const reasonOf = (reason: string | null): string =>
    reason === 'not_approved' ? t('schedule.notApproved') : (reason ?? t('schedule.noReason'));

  return { weekday, rhythm, outcome, reasonOf };
}
