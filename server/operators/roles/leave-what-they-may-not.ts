import type { Permission } from '../../contract/permissions.ts';
import type { Say } from '../../conversations/say.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { markPresence } from '../../routing/mark-presence.ts';
import { withdrawOfferOf } from '../../routing/offers.ts';
import { releaseAll } from '../../routing/presence.ts';

/** Whoever takes no contacts any more gives back those they hold; whoever takes no calls is asked to take none. */
export async function leaveWhatTheyMayNot(
  unit: Unit,
  say: Say,
  operatorId: string,
  before: readonly Permission[],
  now: readonly Permission[],
): Promise<void> {
  const lost = (permission: Permission) => before.includes(permission) && !now.includes(permission);
  if (lost('contacts.attend')) {
    await releaseAll(unit, say, operatorId);
    await markPresence(unit, operatorId, 'offline', 'supervisor');
  }
  if (lost('calls.take')) {
    await withdrawOfferOf(unit, operatorId, 'voice');
    await unit.tx
      .updateTable('presence')
      .set({ takes_calls: false })
      .where('operator_id', '=', operatorId)
      .where('takes_calls', '=', true)
      .execute();
    unit.emit('presence.changed', operatorId);
  }
}
