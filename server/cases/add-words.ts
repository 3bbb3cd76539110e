import type { Unit } from '../database/unit-of-work.ts';
import { type Actor, byName } from '../operators/actor.ts';
import { mustSeeCase } from './case-access.ts';
import type { CaseParts } from './case-parts.ts';
import type { CaseRow } from './case-row.ts';
import { changeCase, isRepeated, lockCase } from './change-case.ts';
import { tellCitizens } from './tell-citizens.ts';

interface Words {
  clientId: string;
  text: string;
}

/** A note that stays inside. A repeated `clientId` changes nothing. @throws AppError `not_found` */
export async function addCaseNote(
  unit: Unit,
  actor: Actor,
  caseId: string,
  { clientId, text }: Words,
): Promise<CaseRow> {
  const row = await lockCase(unit, caseId);
  mustSeeCase(actor, row);
  if (await isRepeated(unit, caseId, clientId)) return row;
  const event = { type: 'note' as const, actor: byName(actor), data: { text }, clientId };
  return (await changeCase(unit, row, {}, event, false)).row;
}

/** Says how it goes to whoever filed or follows it. A repeated `clientId` says nothing again. @throws AppError `not_found` */
export async function addCaseUpdate(
  unit: Unit,
  parts: CaseParts,
  actor: Actor,
  caseId: string,
  { clientId, text }: Words,
): Promise<CaseRow> {
  const row = await lockCase(unit, caseId);
  mustSeeCase(actor, row);
  if (await isRepeated(unit, caseId, clientId)) return row;
  const event = { type: 'update' as const, actor: byName(actor), public: true, data: { text }, clientId };
  const changed = await changeCase(unit, row, {}, event, false);
  await tellCitizens(unit, parts, changed, { except: null });
  return changed.row;
}
