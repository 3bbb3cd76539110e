import { v7 as uuid } from 'uuid';
import { addSeconds } from '../../clock.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../actor.ts';
import type { BulkStep, UndoableAction } from './bulk.entity.ts';

/** The screen offers it for ten seconds; what was clicked at the last of them is still in time. */
const UNDO_SECONDS = 15;
/** What is kept longer tells nobody anything. */
const KEPT_SECONDS = 3_600;

/** Keeps how contacts were, so that what was done to them can be taken back for a while: see `undoBulk`. */
export async function keepUndo(
  { tx, now }: Unit,
  actor: Actor,
  action: UndoableAction,
  steps: readonly BulkStep[],
): Promise<{ undoId: string; undoUntil: string }> {
  const undo = { id: uuid(), undo_until: addSeconds(now, UNDO_SECONDS) };
  await tx.deleteFrom('bulk_action').where('at', '<', addSeconds(now, -KEPT_SECONDS)).execute();
  await tx
    .insertInto('bulk_action')
    .values({ ...undo, operator_id: actor.id, action: json(action), changes: json(steps), at: now })
    .execute();
  return { undoId: undo.id, undoUntil: undo.undo_until.toISOString() };
}
