import type { CaseMap } from '../../../server/contract/case.ts';
import { isCaseOpen } from '../../../server/contract/case-status.ts';

type Dot = CaseMap['cases'][number];
/** How a dot on the map looks: by colour, and by the letter or sign it bears. */
export type DotKind = 'open' | 'waiting' | 'late' | 'closed';

export const dotKinds = ['late', 'waiting', 'open', 'closed'] as const satisfies readonly DotKind[];
/** White reads on each of them at 4.5 to 1, and each stands out from the map in both themes. */
export const dotLook: Record<DotKind, { colour: string; glyph: string }> = {
  closed: { colour: '#475569', glyph: '✓' },
  late: { colour: '#b91c1c', glyph: '!' },
  open: { colour: '#0369a1', glyph: '•' },
  waiting: { colour: '#92400e', glyph: '?' },
};

export function dotKindOf({ late, status }: Pick<Dot, 'late' | 'status'>): DotKind {
  if (!isCaseOpen(status)) return 'closed';
  if (late) return 'late';
  return status === 'waiting_citizen' || status === 'reopened' ? 'waiting' : 'open';
}
