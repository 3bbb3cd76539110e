import { DateTime } from 'luxon';
import { type ArticleState, EXPIRING_DAYS } from '../contract/article.ts';

/**
 * How an article stands on a day of the city.
 * @param validUntil the last local day on which it may be quoted, `2026-12-31`; null: for good
 * @param today the local day, likewise
 */
export function articleState(validUntil: string | null, today: string): Exclude<ArticleState, 'missing'> {
  if (validUntil === null) return 'current';
  if (validUntil < today) return 'expired';
  const soon = DateTime.fromISO(today, { zone: 'utc' }).plus({ days: EXPIRING_DAYS }).toISODate() ?? today;
  return validUntil <= soon ? 'expiring' : 'current';
}
