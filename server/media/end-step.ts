import type { MediaPart } from '../contract/message.ts';
import { settleNow } from '../conversations/burst.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { changePart } from './change-part.ts';
import type { ClaimedStep } from './steps.ts';

/** What a step comes to. */
export interface Ending {
  /** How the file is shown from now on; absent: as before. */
  change?: (part: MediaPart) => MediaPart;
  /** What else is true from now on, in the same transaction; `caseId` of the case that waits for the file. */
  also?: (unit: Unit, caseId: string | null) => Promise<void>;
}

/**
 * Ends a step, and lets the bot go on unless it waits for another. Whoever comes second to a step finds it gone, and
 * changes nothing.
 */
export async function endStep(unit: Unit, step: ClaimedStep, { change, also }: Ending): Promise<void> {
  const ended = await unit.tx
    .deleteFrom('media_fetch')
    .where('attachment_id', '=', step.attachment_id)
    .where('step', '=', step.step)
    .returning('case_id')
    .executeTakeFirst();
  if (!ended) return;
  if (change) await changePart(unit, step.message_id, step.attachment_id, change);
  await also?.(unit, ended.case_id);
  if (step.ticket_id) await settleNow(unit, step.ticket_id);
}
