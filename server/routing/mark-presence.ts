import type { Presence, PresenceStatus } from '../contract/http.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { recordPresence } from './record-presence.ts';

/** Changes status and reason alone; the lease stays. */
export async function markPresence(
  unit: Unit,
  operatorId: string,
  status: PresenceStatus,
  reason: Presence['reason'],
): Promise<void> {
  await unit.tx
    .updateTable('presence')
    .set({ status, reason, since: unit.now })
    .where('operator_id', '=', operatorId)
    .execute();
  await recordPresence(unit, operatorId, status, reason);
  unit.emit('presence.changed', operatorId);
}
