import type { Unit } from '../database/unit-of-work.ts';
import { changeCall, type LockedCall } from './change-call.ts';
import { giveBack } from './give-back.ts';

/** Nobody answered at the number that the citizen was passed on to: they wait again, in their old place. */
export async function transferFailed(unit: Unit, { call, ticket }: LockedCall): Promise<void> {
  if (!call.transfer_to || call.ended_at) return;
  if (ticket.state === 'assigned') await giveBack(unit, ticket, call.id, 'transfer_failed');
  await changeCall(unit, call, { transfer_to: null, stage: 'queue', wrap_up_until: null }, [
    { kind: 'outcome', outcome: 'answered' },
  ]);
}
