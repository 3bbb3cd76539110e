import type { AppContext } from '../context.ts';
import type { VoiceLine } from '../contract/voice.ts';
import { changeCall, lockCall } from './change-call.ts';
import { endCall } from './end-call.ts';
import type { CallRow, LegRow } from './find-call.ts';

type Parts = Pick<AppContext, 'unitOfWork' | 'city' | 'say' | 'log'>;

/** Marks a citizen's end that is being dialled, so that nobody's telephone rings twice. */
const DIALLED = 'dialled';

/** The operator is on the line of a call that we make: now the citizen is called, once. */
export async function dialCitizen(
  parts: Parts,
  line: VoiceLine,
  call: CallRow,
  legs: readonly LegRow[],
): Promise<void> {
  const { unitOfWork, city, log } = parts;
  const citizen = legs.find(({ role }) => role === 'citizen');
  if (call.stage !== 'dialling' || call.provider_call_id || !call.to_address || citizen?.provider_leg_id) return;
  const isMine = await unitOfWork(async (unit) => {
    const claimed = await unit.tx
      .updateTable('call_leg')
      .set({ provider_leg_id: DIALLED })
      .where('id', '=', call.id)
      .where('provider_leg_id', 'is', null)
      .returning('id')
      .executeTakeFirst();
    return claimed !== undefined;
  });
  if (!isMine) return;
  const { id: callId, channel_account_id: accountId, to_address: to } = call;
  const dialled = await line
    .dial({ callId, accountId, to, ringSeconds: city.calls.ringSeconds })
    .catch((error: unknown) => {
      log.warn({ err: error, callId }, 'a line could not dial');
      return { outcome: 'failed' as const, reason: 'fault' };
    });
  await unitOfWork(async (unit) => {
    const locked = await lockCall(unit, callId);
    if (dialled.outcome === 'failed') return endCall(parts, unit, locked, { reason: 'failed' });
    await changeCall(unit, locked.call, { provider_call_id: dialled.providerCallId });
    // Hung up meanwhile: the line is told now that it can be.
    if (locked.call.ended_at) unit.enqueue('tickets.arrange_call', { callId });
  });
}
