import type { Review } from '../../../server/contract/quality.ts';

/** From where on a score is good, and up to where it wants a talk. */
const GOOD = 85;
const POOR = 70;

export type ScoreGrade = 'good' | 'fair' | 'poor' | 'failed' | 'none';

/** How a score reads: a colour never stands alone, each has a word and an icon. */
export function gradeOf(score: number | null, failed: boolean): ScoreGrade {
  if (score === null) return 'none';
  if (failed) return 'failed';
  if (score >= GOOD) return 'good';
  return score >= POOR ? 'fair' : 'poor';
}

export const gradeLooks: Record<ScoreGrade, { icon: string; tone: string }> = {
  good: { icon: 'i-lucide-circle-check', tone: 'text-success' },
  fair: { icon: 'i-lucide-circle-dot', tone: 'text-warning' },
  poor: { icon: 'i-lucide-circle-arrow-down', tone: 'text-error' },
  failed: { icon: 'i-lucide-octagon-alert', tone: 'text-error' },
  none: { icon: 'i-lucide-circle-dashed', tone: 'text-muted' },
};

/** What a review wants next, as an icon and the key of a text. */
export function standingOf(review: Review): { icon: string; tone: string; key: string } | null {
  if (review.state === 'dropped')
    return { icon: 'i-lucide-circle-slash', tone: 'text-muted', key: 'quality.standing.dropped' };
  if (review.state === 'open') {
    return review.begun
      ? { icon: 'i-lucide-pencil-line', tone: 'text-info', key: 'quality.standing.begun' }
      : { icon: 'i-lucide-circle-dashed', tone: 'text-muted', key: 'quality.standing.open' };
  }
  if (review.appeal === 'open')
    return { icon: 'i-lucide-message-square-warning', tone: 'text-warning', key: 'quality.standing.appealed' };
  if (review.appeal === 'changed')
    return { icon: 'i-lucide-replace', tone: 'text-info', key: 'quality.standing.changed' };
  if (review.appeal === 'kept')
    return { icon: 'i-lucide-message-square-reply', tone: 'text-muted', key: 'quality.standing.kept' };
  if (review.acknowledgedAt)
    return { icon: 'i-lucide-check-check', tone: 'text-muted', key: 'quality.standing.acknowledged' };
  return review.seenAt
    ? { icon: 'i-lucide-eye', tone: 'text-muted', key: 'quality.standing.seen' }
    : { icon: 'i-lucide-mail', tone: 'text-muted', key: 'quality.standing.unseen' };
}
