import { may } from '../../contract/permissions.ts';
import type { StoppedBy } from '../../contract/report-schedule.ts';
import type { Db } from '../../database/database.ts';
import { loadPeople, type Person } from '../../operators/load-people.ts';

/** Whose figures a schedule sends, or why it may send none any more. */
export async function ownerOf(
  db: Db,
  ownerId: string,
): Promise<{ owner: Person; fault: null } | { owner: null; fault: StoppedBy }> {
  const [owner] = await loadPeople(db, [ownerId]);
  if (!owner || owner.disabled) return { owner: null, fault: 'owner_gone' };
  return may(owner, 'reports.export') ? { owner, fault: null } : { owner: null, fault: 'owner_may_not' };
}
