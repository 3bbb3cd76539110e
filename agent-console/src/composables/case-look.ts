import type { CaseStatus } from '../../../server/contract/case-status.ts';

/** How a status looks: waiting amber, open blue, done grey, never by colour alone. Its words are `caseStatus.<status>`. */
export const caseLook: Record<CaseStatus, { icon: string; tone: string; dot: string }> = {
  received: { icon: 'i-lucide-inbox', tone: 'text-info', dot: 'bg-sky-700 dark:bg-sky-400' },
  assigned: { icon: 'i-lucide-building-2', tone: 'text-info', dot: 'bg-sky-700 dark:bg-sky-400' },
  in_progress: { icon: 'i-lucide-hammer', tone: 'text-info', dot: 'bg-sky-700 dark:bg-sky-400' },
  waiting_citizen: {
    icon: 'i-lucide-message-circle-question-mark',
    tone: 'text-warning',
    dot: 'bg-amber-700 dark:bg-amber-400',
  },
  reopened: { icon: 'i-lucide-rotate-ccw', tone: 'text-warning', dot: 'bg-amber-700 dark:bg-amber-400' },
  solved: { icon: 'i-lucide-circle-check-big', tone: 'text-muted', dot: 'bg-slate-600 dark:bg-slate-400' },
  not_ours: { icon: 'i-lucide-corner-up-right', tone: 'text-muted', dot: 'bg-slate-600 dark:bg-slate-400' },
  rejected: { icon: 'i-lucide-circle-slash', tone: 'text-muted', dot: 'bg-slate-600 dark:bg-slate-400' },
};
