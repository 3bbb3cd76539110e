import { v7 as uuid } from 'uuid';
import type { Origin } from '../audit/record-audit.ts';
import type { Receipt } from '../contract/administration.ts';
import type { Db } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';

const SHOWN = 50;

/** The last ones, newest first. */
export async function listReceipts(db: Db, kind: Receipt['kind'] | undefined): Promise<Receipt[]> {
  let query = db.selectFrom('receipt').selectAll().orderBy('at', 'desc').limit(SHOWN);
  if (kind) query = query.where('kind', '=', kind);
  return (await query.execute()).map((row) => ({
    id: row.id,
    kind: row.kind,
    at: row.at.toISOString(),
    actor: row.actor_name,
    details: row.details as Record<string, unknown>,
  }));
}

/** Writes down what was done, beside it. `details`: counts and hashes, never the data. @returns its id */
export async function giveReceipt(
  unit: Unit,
  { actor }: Pick<Origin, 'actor'>,
  kind: Receipt['kind'],
  details: Record<string, unknown>,
): Promise<string> {
  const id = uuid();
  await unit.tx
    .insertInto('receipt')
    .values({
      id,
      kind,
      at: unit.now,
      actor_id: actor?.id ?? null,
      actor_name: actor?.name ?? null,
      details: json(details),
    })
    .execute();
  return id;
}
