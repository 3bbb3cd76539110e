import { recordAudit } from '../../audit/record-audit.ts';
import type { ImportCounts } from '../../contract/data-import.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { ImportRow } from './import-row.ts';

/** In the log, by whom and how much: nothing of what stood in the file. */
export function giveImportReceipt(
  unit: Unit,
  row: Pick<ImportRow, 'id' | 'kind' | 'created_by' | 'created_by_name'>,
  counts: ImportCounts,
): Promise<void> {
  const origin = { actor: { id: row.created_by, name: row.created_by_name }, address: null, requestId: null };
  return recordAudit(unit, origin, { action: 'import.done', target: row.id, after: { kind: row.kind, ...counts } });
}
