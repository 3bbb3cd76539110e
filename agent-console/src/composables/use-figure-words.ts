import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { type Figure, type FigureId, figureOf, figures } from '../../../server/contract/figures.ts';
import { type Shown, shown } from '../../../server/contract/report-table.ts';
import type { Measured } from '../../../server/contract/report-terms.ts';
import { clock } from './durations.ts';
import { useFormats } from './use-formats.ts';

/** How far two numbers are apart, and whether that is good. */
export interface Change {
  text: string;
  direction: 'up' | 'down' | 'same';
  tone: 'better' | 'worse' | 'neutral';
}

/** Figures as people read them. */
export function useFigureWords() {
  const { t, locale } = useI18n();
  const { count, phrase } = useFormats();
  const language = computed(() => (locale.value === 'en' ? 'en-US' : 'es-MX'));
  const percent = (value: number) =>
    new Intl.NumberFormat(language.value, { style: 'percent', maximumFractionDigits: 1 }).format(value);
  const decimal = (value: number) => new Intl.NumberFormat(language.value, { maximumFractionDigits: 1 }).format(value);

  function value(id: FigureId, number: Shown): string {
    if (number === null) return '—';
    switch (figures[id].unit) {
      case 'share':
        return percent(number);
      case 'seconds':
        return clock(number);
      case 'days':
        return t('report.days', { days: decimal(number) });
      default:
        return count(number);
    }
  }

  const title = (id: FigureId) => phrase(figures[id].title);
  const rule = (id: FigureId) => phrase(figures[id].rule);
  const of = (id: FigureId, measured: Measured): Shown => shown(id, figureOf(id, measured));

  /** Shares by points, everything else by parts of what was before. */
  function change(id: FigureId, now: Shown, before: Shown): Change | null {
    if (now === null || before === null) return null;
    const { unit, good }: Figure = figures[id];
    const difference = now - before;
    const direction = difference > 0 ? 'up' : difference < 0 ? 'down' : 'same';
    const tone =
      direction === 'same' || good === null
        ? 'neutral'
        : (direction === 'up') === (good === 'more')
          ? 'better'
          : 'worse';
    const size = Math.abs(difference);
    if (unit === 'share') return { text: t('report.points', { points: decimal(size * 100) }), direction, tone };
    if (before === 0) return direction === 'same' ? { text: percent(0), direction, tone } : null;
    return { text: percent(size / before), direction, tone };
  }

  return { value, title, rule, of, change };
}
