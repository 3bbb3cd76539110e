/**
 * The life of a case. Free of schemas, so that a browser can load it alone.
 *
 * received: nobody has looked yet · assigned: a department has it · in_progress: work has begun · waiting_citizen: the
 * department needs an answer · solved · not_ours: somebody else's matter, who is named · rejected: with a reason ·
 * reopened: the citizen, or an operator, says that it is not solved
 */
export const caseStatuses = [
  'received',
  'assigned',
  'in_progress',
  'waiting_citizen',
  'solved',
  'not_ours',
  'rejected',
  'reopened',
] as const;
export type CaseStatus = (typeof caseStatuses)[number];

const underWay = ['assigned', 'in_progress', 'waiting_citizen', 'solved', 'not_ours', 'rejected'] as const;

/** Where a case may go from where it is. */
export const nextCaseStatuses: Readonly<Record<CaseStatus, readonly CaseStatus[]>> = {
  received: underWay,
  assigned: without('assigned'),
  in_progress: without('in_progress'),
  waiting_citizen: without('waiting_citizen'),
  reopened: underWay,
  solved: ['reopened'],
  not_ours: ['reopened'],
  rejected: ['reopened'],
};

function without(status: CaseStatus): readonly CaseStatus[] {
  return underWay.filter((next) => next !== status);
}

/** Whether anybody still works on it. */
export function isCaseOpen(status: CaseStatus): boolean {
  return status !== 'solved' && status !== 'not_ours' && status !== 'rejected';
}
