import { NIL } from 'uuid';
import type { Db } from '../database/database.ts';
import type { CaseRow } from './case-row.ts';
import { type CaseSecrets, isSecret } from './secret.ts';

/** Whoever has a folio and its secret. */
export interface Holder {
  row: CaseRow;
  /** Who filed it, rather than a follower. */
  isReporter: boolean;
  citizenId: string | null;
}

/** Secrets are compared in lots of so many, so that the time tells nothing of how many follow a case. */
const LOT = 64;

/**
 * Who a folio's secret was given to. An unknown folio, a protected one and a wrong secret are the same null, for the
 * same work.
 */
export async function whoHolds(db: Db, secrets: CaseSecrets, folio: string, given: string): Promise<Holder | null> {
  const row = await db.selectFrom('service_case').selectAll().where('folio', '=', folio).executeTakeFirst();
  const id = row?.id ?? NIL;
  const followers = await db
    .selectFrom('case_follower')
    .select(['id', 'citizen_id'])
    .where('case_id', '=', id)
    .execute();
  const isReporter = isSecret(given, secrets.ofReporter(id));
  const compared = Math.max(LOT, Math.ceil(followers.length / LOT) * LOT);
  let follower: string | null = null;
  for (let at = 0; at < compared; at += 1) {
    const one = followers[at];
    if (isSecret(given, secrets.ofFollower(id, one?.id ?? NIL)) && one) follower = one.citizen_id;
  }
  if (!row || row.protected || !(isReporter || follower)) return null;
  return { row, isReporter, citizenId: isReporter ? row.citizen_id : follower };
}
