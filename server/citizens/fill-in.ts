import type { Tx } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { MergeRow } from './list-merges.ts';
import { type Filled, fillable, type Moved } from './merge.entity.ts';

/**
 * Fills in what is not known of somebody from who they turned out to be. Nothing of a person with protected contacts:
 * it would be read by people without the grant.
 */
export async function fill(unit: Unit, keptId: string, otherId: string, moved: Moved): Promise<Filled> {
  if (await bringsProtected(unit.tx, moved)) return {};
  const [kept, other] = [await personOf(unit.tx, keptId), await personOf(unit.tx, otherId)];
  const filled: Filled = {};
  for (const field of fillable) if (kept[field] === null && other[field] !== null) filled[field] = other[field];
  if (Object.keys(filled).length > 0) await write(unit, keptId, filled);
  return filled;
}

/**
 * Takes back what a merge filled in, from everybody it was handed on to. What was changed since stays, and what
 * somebody else of the same person has takes its place.
 * @param above the merges by which the kept person became part of others, nearest first
 */
export async function takeBack(unit: Unit, undone: MergeRow, above: readonly MergeRow[]): Promise<void> {
  for (const field of fillable) {
    const filled = undone.filled[field];
    if (filled === undefined) continue;
    let personId = undone.kept_id;
    for (const merge of [null, ...above]) {
      if (merge) {
        if (merge.filled[field] !== filled) break;
        personId = merge.kept_id;
      }
      const person = await personOf(unit.tx, personId);
      if (person[field] !== filled) break;
      const instead = await fromOthers(unit.tx, personId, undone.id, field);
      await write(unit, personId, { [field]: instead?.value ?? null });
      if (merge) await note(unit.tx, merge, field, undefined);
      if (instead) await note(unit.tx, instead.merge, field, instead.value);
    }
  }
}

type Field = (typeof fillable)[number];

/** What another part of the same person has there, the oldest one's. */
async function fromOthers(tx: Tx, keptId: string, undoneId: string, field: Field) {
  const merges = await tx
    .selectFrom('citizen_merge')
    .selectAll()
    .where('kept_id', '=', keptId)
    .where('undone_at', 'is', null)
    .where('id', '<>', undoneId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  for (const merge of merges) {
    const value = (await personOf(tx, merge.merged_id))[field];
    if (value !== null && !(await bringsProtected(tx, merge.moved))) return { merge, value };
  }
  return null;
}

async function note(tx: Tx, merge: MergeRow, field: Field, value: string | undefined): Promise<void> {
  const { [field]: _, ...rest } = merge.filled;
  merge.filled = value === undefined ? rest : { ...rest, [field]: value };
  await tx
    .updateTable('citizen_merge')
    .set({ filled: json(merge.filled) })
    .where('id', '=', merge.id)
    .execute();
}

const write = (unit: Unit, id: string, values: Partial<Record<Field, string | null>>) =>
  unit.tx
    .updateTable('citizen')
    .set({ ...values, updated_at: unit.now })
    .where('id', '=', id)
    .execute();

const personOf = (tx: Tx, id: string) =>
  tx
    .selectFrom('citizen')
    .select([...fillable])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();

async function bringsProtected(tx: Tx, { tickets, cases }: Moved): Promise<boolean> {
  const ticket =
    tickets.length > 0 &&
    (await tx
      .selectFrom('ticket')
      .select('id')
      .where('id', 'in', tickets)
      .where('protected', '=', true)
      .executeTakeFirst());
  const found =
    ticket ||
    (cases.length > 0 &&
      (await tx
        .selectFrom('service_case')
        .select('id')
        .where('id', 'in', cases)
        .where('protected', '=', true)
        .executeTakeFirst()));
  return Boolean(found);
}
