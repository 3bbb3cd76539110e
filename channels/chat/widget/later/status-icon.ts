import circleCheck from 'lucide:circle-check';
import circleHelp from 'lucide:circle-question-mark';
import circleX from 'lucide:circle-x';
import hammer from 'lucide:hammer';
import inbox from 'lucide:inbox';
import rotateCcw from 'lucide:rotate-ccw';
import signpost from 'lucide:signpost';
import userCheck from 'lucide:user-check';
import type { TemplateResult } from 'lit';
import type { CaseStatus } from '../../../../server/contract/case-status.ts';

const icons: Record<CaseStatus, TemplateResult<2>> = {
  received: inbox,
  assigned: userCheck,
  in_progress: hammer,
  waiting_citizen: circleHelp,
  solved: circleCheck,
  not_ours: signpost,
  rejected: circleX,
  reopened: rotateCcw,
};

export function statusIcon(status: CaseStatus): TemplateResult<2> {
  return icons[status];
}
