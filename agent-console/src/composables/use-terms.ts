import { useI18n } from 'vue-i18n';

const UNITS = { years: 365, months: 30, days: 1 } as const;
export type TermUnit = keyof typeof UNITS;

/** Days as people say terms: five years, six months, ninety days. */
export function useTerms() {
  const { t } = useI18n();

  /** Whole years, months from four on, else days: three months are said as ninety days, as laws do. */
  function partsOf(days: number): { amount: number; unit: TermUnit } {
    if (days % 365 === 0) return { amount: days / 365, unit: 'years' };
    if (days % 30 === 0 && days >= 120) return { amount: days / 30, unit: 'months' };
    return { amount: days, unit: 'days' };
  }
  const daysOf = (amount: number, unit: TermUnit): number => amount * UNITS[unit];

  function term(days: number | null): string {
    if (days === null) return t('retention.forever');
    const { amount, unit } = partsOf(days);
    return t(`retention.unit.${unit}`, amount);
  }
  return { term, partsOf, daysOf };
}
