import type { ArticleState, ArticleSummary } from '../../../server/contract/article.ts';

/** How a state shows: never by colour alone. */
export const articleLook = {
  current: { tone: 'text-muted', icon: 'i-lucide-circle-check' },
  expiring: { tone: 'text-warning', icon: 'i-lucide-hourglass' },
  expired: { tone: 'text-error', icon: 'i-lucide-calendar-x' },
  missing: { tone: 'text-error', icon: 'i-lucide-file-question' },
} as const satisfies Record<ArticleState, { tone: string; icon: string }>;

/** What needs somebody comes first. */
const urgency: Record<ArticleState, number> = { missing: 0, expired: 1, expiring: 2, current: 3 };

export function byUrgency(a: ArticleSummary, b: ArticleSummary): number {
  return urgency[a.state] - urgency[b.state] || a.title.es.localeCompare(b.title.es, 'es');
}
