import type { Presence, PresenceStatus } from '../contract/http.ts';
import type { Unit } from '../database/unit-of-work.ts';

/** Writes down that somebody came, went or paused. Whoever changes `presence` does so in the same transaction. */
export async function recordPresence(
  unit: Unit,
  operatorId: string,
  status: PresenceStatus,
  reason: Presence['reason'],
): Promise<void> {
  await unit.tx
    .insertInto('presence_event')
    .values({ operator_id: operatorId, status, reason, at: unit.now })
    .execute();
}
