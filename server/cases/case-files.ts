import { AppError } from '../contract/errors.ts';
import type { Unit } from '../database/unit-of-work.ts';

/** Whose files may be put into a case: those of the conversation it comes from, and an operator's own uploads. */
export interface FileSources {
  conversationIds: readonly string[];
  operatorId: string | null;
}

/**
 * Adds files to a case. What it has already stays once.
 * @returns how many files it has now
 * @throws AppError `not_found` for a file that is neither of the conversation nor the operator's own
 */
export async function addFiles(
  unit: Unit,
  caseId: string,
  ids: readonly string[],
  sources: FileSources,
): Promise<number> {
  const wanted = [...new Set(ids)];
  if (wanted.length > 0) {
    const files = await unit.tx
      .selectFrom('attachment')
      .select('id')
      .where('id', 'in', wanted)
      .where((where) =>
        where.or([
          ...(sources.conversationIds.length > 0 ? [where('conversation_id', 'in', [...sources.conversationIds])] : []),
          where.and([where('conversation_id', 'is', null), where('owner', '=', `operator:${sources.operatorId}`)]),
        ]),
      )
      .execute();
    if (files.length !== wanted.length) throw new AppError('not_found');
    await unit.tx
      .insertInto('case_attachment')
      .values(wanted.map((id) => ({ case_id: caseId, attachment_id: id, added_at: unit.now })))
      .onConflict((conflict) => conflict.columns(['case_id', 'attachment_id']).doNothing())
      .execute();
  }
  const { count } = await unit.tx
    .selectFrom('case_attachment')
    .select((column) => column.fn.countAll<number>().as('count'))
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow();
  return count;
}
