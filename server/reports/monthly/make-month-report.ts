import type { Locale } from '../../contract/errors.ts';
import type { Operator } from '../../contract/http.ts';
import { gatherMonth, type MonthParts } from './gather-month.ts';

/**
 * The report of a month for whoever leads the city: a PDF of a few pages. What draws it weighs as much as a screen and
 * is loaded when it is first asked for.
 * @param month `yyyy-mm`
 */
export async function makeMonthReport(
  parts: MonthParts,
  reader: Pick<Operator, 'protectedGrant'>,
  month: string,
  locale: Locale,
): Promise<Buffer> {
  const { drawMonth } = await import('./draw-month.ts');
  return drawMonth(parts.city, await gatherMonth(parts, reader, month, locale), locale);
}
