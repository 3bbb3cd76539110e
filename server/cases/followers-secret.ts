import type { Db } from '../database/database.ts';
import type { CaseRow } from './case-row.ts';
import type { CaseSecrets } from './secret.ts';

/** By person, the follow that their secret is made of: the first one, where two of them turned out to be one. */
export async function followsOf(db: Db, caseId: string, citizenIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('case_follower')
    .select(['id', 'citizen_id'])
    .where('case_id', '=', caseId)
    .where('citizen_id', 'in', [...citizenIds])
    .orderBy('followed_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return new Map(rows.map((row) => [row.citizen_id, row.id]));
}

/** What opens the case to this person: who filed it has the reporter's. */
export function secretFor(
  secrets: CaseSecrets,
  row: Pick<CaseRow, 'id' | 'citizen_id'>,
  citizenId: string,
  follows: ReadonlyMap<string, string>,
): string {
  if (citizenId === row.citizen_id) return secrets.ofReporter(row.id);
  return secrets.ofFollower(row.id, follows.get(citizenId) ?? citizenId);
}
