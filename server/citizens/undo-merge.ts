import { AppError } from '../contract/errors.ts';
import type { Tx } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { Actor } from '../operators/actor.ts';
import { casesIn, countFollowers, tellContacts } from './change-hands.ts';
import { mustMayJoin } from './citizen-access.ts';
import { takeBack } from './fill-in.ts';
import { giveBack } from './give-back.ts';
import type { MergeRow } from './list-merges.ts';
import { livingId, oneMergeAtATime } from './living.ts';
import type { Moved } from './merge.entity.ts';
import type { Joined } from './merge-citizens.ts';

/**
 * Parts again two people who were taken for one: each has what was theirs, and what came since into the conversations
 * that move. In any order: the kept person may have become part of others meanwhile, and others part of them.
 * Who asks for it again changes nothing.
 * @throws AppError `not_found` unless the actor may see the person
 */
export async function undoMerge(unit: Unit, actor: Actor, mergeId: string): Promise<Joined> {
  const { tx } = unit;
  await oneMergeAtATime(tx);
  const merge = await tx.selectFrom('citizen_merge').selectAll().where('id', '=', mergeId).executeTakeFirst();
  if (!merge) throw new AppError('not_found');
  const holder = await livingId(tx, merge.kept_id);
  await mustMayJoin(tx, actor, [holder]);
  if (merge.undone_at) return { merge, repeated: true };

  const above = await mergesAbove(tx, merge.kept_id);
  const given = await giveBack(unit, merge, holder);
  await strike(tx, above, given);
  await countFollowers(unit, casesIn(given));
  await takeBack(unit, merge, above);
  await tx
    .updateTable('citizen')
    .set({ merged_into: null, updated_at: unit.now })
    .where('id', '=', merge.merged_id)
    .execute();
  const undone = await tx
    .updateTable('citizen_merge')
    .set({ undone_at: unit.now })
    .where('id', '=', merge.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await tellContacts(unit, [holder, merge.merged_id], given.tickets);
  return { merge: undone, repeated: false };
}

/** The merges by which somebody became part of others, nearest first. */
async function mergesAbove(tx: Tx, citizenId: string): Promise<MergeRow[]> {
  const found: MergeRow[] = [];
  for (let id = citizenId; ; ) {
    const merge = await tx
      .selectFrom('citizen_merge')
      .selectAll()
      .where('merged_id', '=', id)
      .where('undone_at', 'is', null)
      .executeTakeFirst();
    if (!merge) return found;
    found.push(merge);
    id = merge.kept_id;
  }
}

/** What was given back came to those above through this merge alone: they have it no more to give back. */
async function strike(tx: Tx, above: readonly MergeRow[], given: Moved): Promise<void> {
  for (const merge of above) {
    const entries = Object.entries(merge.moved) as [keyof Moved, string[]][];
    const left = entries.map(([what, ids]) => [what, ids.filter((id) => !given[what].includes(id))]);
    await tx
      .updateTable('citizen_merge')
      .set({ moved: json(Object.fromEntries(left)) })
      .where('id', '=', merge.id)
      .execute();
  }
}
