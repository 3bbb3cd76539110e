import { AppError } from '../../contract/errors.ts';
import { recordEvent } from '../../conversations/change-ticket.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, byName } from '../../operators/actor.ts';
import { changeCall } from '../change-call.ts';
import { mustTalk } from './reach-call.ts';

/** @throws AppError as `mustTalk`, `wrong_state` for a call that is not recorded */
export async function pauseRecording(unit: Unit, actor: Actor, callId: string, paused: boolean): Promise<void> {
  const { call, ticket } = await mustTalk(unit, actor, callId);
  if (call.recording !== 'on' && call.recording !== 'paused') throw new AppError('wrong_state');
  const recording = paused ? 'paused' : 'on';
  if (call.recording === recording) return;
  await recordEvent(unit, ticket, {
    type: paused ? 'call_recording_paused' : 'call_recording_resumed',
    actor: byName(actor),
    data: { callId },
  });
  await changeCall(unit, call, { recording });
  unit.enqueue('tickets.arrange_call', { callId });
}
