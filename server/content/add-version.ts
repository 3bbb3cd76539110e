import { type Origin, recordAudit } from '../audit/record-audit.ts';
import { AppError } from '../contract/errors.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { ContentKind, ContentRow } from './edited-rows.ts';

export interface NewVersion {
  kind: ContentKind;
  id: string;
  /** What it was before, and what it is now; before undefined: there was none. */
  before: unknown;
  after: unknown;
  /** What is kept; null: as the city's file has it. */
  value: unknown;
}

/**
 * Keeps the next version of something, and writes beside it who changed what. Of two who save at once the second meets
 * the primary key, begins again and is told of the conflict.
 * @param earlier every version so far, newest first
 * @param known the one that was edited
 * @throws AppError `conflict`, with who was quicker
 */
export async function addContentVersion(
  unit: Unit,
  origin: Origin,
  earlier: readonly ContentRow[],
  known: number,
  { kind, id, before, after, value }: NewVersion,
): Promise<void> {
  const [latest] = earlier;
  if ((latest?.version ?? 0) !== known) {
    throw new AppError('conflict', { version: latest?.version ?? 0, editedBy: latest?.edited_by_name ?? null });
  }
  await unit.tx
    .insertInto('content_version')
    .values({
      kind,
      id,
      version: known + 1,
      value: value === null ? null : json(value),
      edited_by: origin.actor?.id ?? null,
      edited_by_name: origin.actor?.name ?? null,
      at: unit.now,
    })
    .execute();
  const action = before === undefined ? `${kind}.created` : value === null ? `${kind}.restored` : `${kind}.updated`;
  await recordAudit(unit, origin, { action, target: id, before, after });
  unit.emit('configuration.changed', 'content');
}
