import type { Unit } from '../database/unit-of-work.ts';
import { lockOperators } from '../routing/lock-operators.ts';

/** Locks everybody of the city who was ever on a call, before the call itself: it may pass from one to another. */
export async function lockPeople(unit: Unit, callId: string): Promise<void> {
  const rows = await unit.tx
    .selectFrom('call_leg')
    .select('operator_id')
    .where('call_id', '=', callId)
    .where('operator_id', 'is not', null)
    .execute();
  await lockOperators(
    unit,
    rows.flatMap(({ operator_id: id }) => id ?? []),
  );
}
