import { isCaseOpen } from '../contract/case-status.ts';
import { AppError } from '../contract/errors.ts';
import type { Author } from '../contract/message.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { CaseParts } from './case-parts.ts';
import type { CaseRow } from './case-row.ts';
import { lockCase } from './change-case.ts';
import { step } from './change-status.ts';
import { tellCitizens } from './tell-citizens.ts';

/**
 * «Not solved», says a citizen it belongs to: it is open again, with a new promise, and its department knows why.
 * @throws AppError `wrong_case_step` while it is open
 */
export async function reopenByCitizen(
  unit: Unit,
  parts: CaseParts,
  caseId: string,
  citizenId: string | null,
  words: string,
): Promise<CaseRow> {
  const row = await lockCase(unit, caseId);
  if (!row) throw new AppError('case_not_found');
  if (isCaseOpen(row.status)) throw new AppError('wrong_case_step', { status: 'reopened' });
  const actor: Author = { type: 'citizen', id: citizenId, name: null };
  const changed = await step(unit, parts, row, actor, { status: 'reopened', update: words }, 'reopened_by_citizen');
  await tellCitizens(unit, parts, changed, { except: citizenId });
  return changed.row;
}
