import type { MediaPart } from '../contract/message.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { changePart } from './change-part.ts';
import type { Step } from './steps.ts';

/**
 * Ends a step and shows what came of it, if anything.
 * @returns false for whoever comes second: nothing is done twice
 */
export async function endStep(
  unit: Unit,
  step: Step,
  change: ((part: MediaPart) => MediaPart) | null,
): Promise<boolean> {
  const ended = await unit.tx
    .deleteFrom('media_fetch')
    .where('attachment_id', '=', step.attachment_id)
    .where('step', '=', step.step)
    .returning('attachment_id')
    .executeTakeFirst();
  if (!ended) return false;
  if (change) await changePart(unit, step.message_id, step.attachment_id, change);
  return true;
}
