import type { Unit, UnitOfWork } from '../database/unit-of-work.ts';
import { changeCall, lockCall } from './change-call.ts';

/** Changes something that belongs to a call, and tells whoever sees the call. */
export async function touchCall(
  { unitOfWork }: { unitOfWork: UnitOfWork },
  callId: string,
  work: (unit: Unit) => Promise<void>,
): Promise<void> {
  await unitOfWork(async (unit) => {
    const { call } = await lockCall(unit, callId);
    await work(unit);
    await changeCall(unit, call, {});
  });
}
