import type { z } from 'zod';
import type { changeCaseStatusSchema } from '../contract/case.ts';
import { type CaseStatus, isCaseOpen, nextCaseStatuses } from '../contract/case-status.ts';
import { AppError } from '../contract/errors.ts';
import type { Author } from '../contract/message.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type Actor, byName } from '../operators/actor.ts';
import { mustSeeCase } from './case-access.ts';
import type { CaseParts } from './case-parts.ts';
import type { CaseRow } from './case-row.ts';
import { type ChangedCase, changeCase, lockCase, mustBeCurrent } from './change-case.ts';
import { promiseFor } from './promise.ts';
import { tellCitizens } from './tell-citizens.ts';

export type StatusChange = Pick<z.output<typeof changeCaseStatusSchema>, 'status' | 'update' | 'reason' | 'owner'>;

/**
 * Takes a step in the life of a case and tells whoever filed or follows it.
 * @throws AppError `wrong_case_step`, `conflict`, `not_found`; `invalid_input` without the reason of a rejection, or
 *   without the name of who is responsible instead
 */
export async function changeCaseStatus(
  unit: Unit,
  parts: CaseParts,
  actor: Actor,
  caseId: string,
  input: z.output<typeof changeCaseStatusSchema>,
): Promise<CaseRow> {
  const row = await lockCase(unit, caseId);
  mustSeeCase(actor, row);
  mustBeCurrent(row, input.version);
  const changed = await step(unit, parts, row, byName(actor), input);
  await tellCitizens(unit, parts, changed, { except: null });
  return changed.row;
}

/** Moves a locked case on, without telling anybody. @throws AppError `wrong_case_step`, `invalid_input` */
export async function step(
  unit: Unit,
  { city }: Pick<CaseParts, 'city'>,
  row: CaseRow,
  actor: Author,
  { status, update, reason, owner }: StatusChange,
  type: 'status_changed' | 'reopened_by_citizen' = 'status_changed',
): Promise<ChangedCase> {
  if (!nextCaseStatuses[row.status].includes(status)) throw new AppError('wrong_case_step', { status });
  if (status === 'rejected' && !reason) throw new AppError('invalid_input', { missing: 'reason' });
  if (status === 'not_ours' && !owner) throw new AppError('invalid_input', { missing: 'owner' });
  return changeCase(
    unit,
    row,
    {
      status,
      closed_at: isCaseOpen(status) ? null : unit.now,
      reason: status === 'rejected' ? (reason ?? null) : null,
      owner: status === 'not_ours' ? (owner ?? null) : null,
      ...(status === 'reopened' ? { promised_for: promiseFor(unit.now, row.working_days, city) } : {}),
    },
    { type, actor, public: true, data: storyOf(row.status, { status, update, reason, owner }) },
    true,
  );
}

function storyOf(from: CaseStatus, { status, update, reason, owner }: StatusChange): Record<string, unknown> {
  return {
    status,
    from,
    ...(update ? { text: update } : {}),
    ...(reason && status === 'rejected' ? { reason } : {}),
    ...(owner && status === 'not_ours' ? { owner } : {}),
  };
}
