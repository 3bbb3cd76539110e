import { type Figure, type FigureId, figures } from '../../../server/contract/figures.ts';
import { type Measure, peopleMeasures } from '../../../server/contract/report-terms.ts';

/**
 * What opens behind a figure: what was counted, or, of a mean, what it is the mean of. Null for time that people spent,
 * which is made of no rows.
 */
export function rowsBehind(id: FigureId): Measure | null {
  const { unit, of, per }: Figure = figures[id];
  const measure = (unit === 'count' || unit === 'share' ? of[0] : per[0]) ?? null;
  return peopleMeasures.some((each) => each === measure) ? null : measure;
}
