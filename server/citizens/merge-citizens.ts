import { v7 as uuid } from 'uuid';
import { AppError } from '../contract/errors.ts';
import type { Tx } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { Actor } from '../operators/actor.ts';
import { casesIn, countFollowers, moveEverything, tellContacts } from './change-hands.ts';
import { mustMayJoin } from './citizen-access.ts';
import { whoIsAlike } from './evidence.ts';
import { fill } from './fill-in.ts';
import type { MergeRow } from './list-merges.ts';
import { livingId, oneMergeAtATime } from './living.ts';

export interface Joined {
  merge: MergeRow;
  /** They were one before: nothing was changed. */
  repeated: boolean;
}

/**
 * Makes another person part of this one: addresses, conversations, contacts and cases are this one's from now on, and
 * what was not known of them is filled in. Who asks for it again, or the other way round, is given what there is.
 * @throws AppError `not_found` unless the actor may see both, `invalid_input` for one and the same, `conflict` when the
 * other became part of somebody else meanwhile
 */
export async function mergeCitizens(unit: Unit, actor: Actor, citizenId: string, otherId: string): Promise<Joined> {
  const { tx } = unit;
  if (citizenId === otherId) throw new AppError('invalid_input', { otherId });
  await oneMergeAtATime(tx);
  const [kept, other] = [await livingId(tx, citizenId), await livingId(tx, otherId)];
  await mustMayJoin(tx, actor, [kept, other]);
  if (kept === other) return { merge: await standing(tx, [otherId, citizenId]), repeated: true };
  if (other !== otherId) throw new AppError('conflict');

  const evidence = (await whoIsAlike(tx, kept, [other])).get(other) ?? [];
  const moved = await moveEverything(unit, other, kept);
  await countFollowers(unit, casesIn(moved));
  const filled = await fill(unit, kept, other, moved);
  await tx.updateTable('citizen').set({ merged_into: kept, updated_at: unit.now }).where('id', '=', other).execute();
  const merge = await tx
    .insertInto('citizen_merge')
    .values({
      id: uuid(),
      kept_id: kept,
      merged_id: other,
      evidence: json(evidence),
      moved: json(moved),
      filled: json(filled),
      operator_id: actor.id,
      operator_name: actor.name,
      at: unit.now,
      undone_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await tellContacts(unit, [kept, other], moved.tickets);
  return { merge, repeated: false };
}

/** What made one of these people part of another, the first one's before the second one's. */
async function standing(tx: Tx, ids: readonly [string, string]): Promise<MergeRow> {
  const rows = await tx
    .selectFrom('citizen_merge')
    .selectAll()
    .where('merged_id', 'in', [...ids])
    .where('undone_at', 'is', null)
    .execute();
  const found = rows.find((row) => row.merged_id === ids[0]) ?? rows[0];
  if (!found) throw new AppError('conflict');
  return found;
}
