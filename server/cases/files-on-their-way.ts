import type { Unit } from '../database/unit-of-work.ts';
import { addFiles } from './case-files.ts';
import { changeCase, lockCase } from './change-case.ts';

/** Files that a citizen sent for a case. */
export interface SentFiles {
  here: string[];
  onTheirWay: string[];
}

/**
 * Which of the files of a conversation are there, and which are still being fetched; what was lost on its way is
 * neither. A file that comes meanwhile waits until this transaction ends.
 */
export async function sortFiles({ tx }: Unit, conversationId: string, ids: readonly string[]): Promise<SentFiles> {
  if (ids.length === 0) return { here: [], onTheirWay: [] };
  const fetched = await tx
    .selectFrom('media_fetch as f')
    .innerJoin('message as m', 'm.id', 'f.message_id')
    .select('f.attachment_id')
    .where('f.attachment_id', 'in', [...ids])
    .where('f.step', '=', 'fetch')
    .where('m.conversation_id', '=', conversationId)
    .forUpdate('f')
    .execute();
  const kept = await tx
    .selectFrom('attachment')
    .select('id')
    .where('id', 'in', [...ids])
    .where('conversation_id', '=', conversationId)
    .execute();
  const onTheirWay = new Set(fetched.map((row) => row.attachment_id));
  const here = new Set(kept.map((row) => row.id));
  return { here: ids.filter((id) => here.has(id)), onTheirWay: ids.filter((id) => onTheirWay.has(id)) };
}

/** Files that come into the case once they are fetched. */
export async function expectFiles({ tx }: Unit, caseId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('media_fetch')
    .set({ case_id: caseId })
    .where('attachment_id', 'in', [...ids])
    .execute();
}

/** Puts a file into the case that waits for it. */
export async function addExpectedFile(
  unit: Unit,
  caseId: string,
  file: { id: string; conversationId: string },
): Promise<void> {
  const row = await lockCase(unit, caseId);
  if (!row) return;
  const photos = await addFiles(unit, caseId, [file.id], { conversationIds: [file.conversationId], operatorId: null });
  const actor = { type: 'citizen' as const, id: row.citizen_id, name: null };
  await changeCase(unit, row, { photos }, { type: 'photo_added', actor, data: { count: photos - row.photos } }, false);
}
