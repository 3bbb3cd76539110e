import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { changeOf } from '../../../server/contract/figure-change.ts';
import { type FigureId, figureOf, figures } from '../../../server/contract/figures.ts';
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
    const found = changeOf(id, now, before);
    if (!found) return null;
    const { direction, tone, size, unit } = found;
    const text = unit === 'points' ? t('report.points', { points: decimal(size) }) : percent(size);
    return { text, direction, tone };
  }

  return { value, title, rule, of, change };
}
