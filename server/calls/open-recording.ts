import { type Origin, recordAudit } from '../audit/record-audit.ts';
import { addSeconds } from '../clock.ts';
import { AppError } from '../contract/errors.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { type AttachmentRow, findAttachment } from '../files/attachments.ts';
import { type Actor, mustSee } from '../operators/actor.ts';

/**
 * The file of a recording, for whoever may see its contact; that they opened it is logged.
 * @param isFirst false for the further parts that a player asks for, which belong to a listening that is in the log
 * @throws AppError `not_found`, `file_arriving`, `link_expired` once it was erased or lost
 */
export async function openRecording(
  unit: Unit,
  actor: Actor,
  origin: Origin,
  recordingId: string,
  isFirst: boolean,
): Promise<AttachmentRow> {
  const found = await unit.tx
    .selectFrom('call_recording as r')
    .innerJoin('call as k', 'k.id', 'r.call_id')
    .innerJoin('ticket as t', 't.id', 'k.ticket_id')
    .select(['r.state', 'r.attachment_id', 'k.id as call_id', 't.id as ticket_id'])
    .select(['t.operator_id', 't.queue_id', 't.protected', 't.state as ticket_state'])
    .where('r.id', '=', recordingId)
    .executeTakeFirst();
  if (!found) throw new AppError('not_found');
  mustSee(actor, { ...found, state: found.ticket_state });
  if (found.state === 'arriving') throw new AppError('file_arriving', { seconds: 5 });
  if (found.state !== 'kept' || !found.attachment_id) throw new AppError('link_expired');
  // Whoever asks for everything but the beginning has listened to it all the same.
  if (isFirst || !(await isListening(unit, actor.id, recordingId))) {
    const after = { callId: found.call_id, ticketId: found.ticket_id };
    await recordAudit(unit, origin, { action: 'recording.opened', target: recordingId, after });
  }
  return findAttachment(unit.tx, found.attachment_id);
}

/** A recording is hours long at most, and so is listening to it. */
const LISTENING_SECONDS = 6 * 60 * 60;

async function isListening({ tx, now }: Unit, operatorId: string, recordingId: string): Promise<boolean> {
  const opened = await tx
    .selectFrom('audit_log')
    .select('id')
    .where('actor_id', '=', operatorId)
    .where('action', '=', 'recording.opened')
    .where('target', '=', recordingId)
    .where('at', '>', addSeconds(now, -LISTENING_SECONDS))
    .limit(1)
    .executeTakeFirst();
  return opened !== undefined;
}
