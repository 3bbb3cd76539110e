import { type Selectable, sql } from 'kysely';
import type { CallFact } from '../contract/voice.ts';
import type { Db, Tables } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { OwnFact, StoredFact } from './stored-fact.ts';

/** Ours begin so; a line never makes such a key. */
const OWN = 'own:';

/** Stores what a line told. @returns those that were not known yet */
export async function keepFacts(unit: Unit, callId: string, facts: readonly CallFact[]): Promise<CallFact[]> {
  if (facts.length === 0) return [];
  const stored = await unit.tx
    .insertInto('call_fact')
    .values(
      facts.map(({ key, at, order, what: { kind, ...what } }) => {
        const { legId = null, ...data } = what as { legId?: string } & Record<string, unknown>;
        return {
          call_id: callId,
          key,
          at,
          sequence: order,
          kind,
          leg_id: legId,
          data: json(data),
          received_at: unit.now,
        };
      }),
    )
    .onConflict((conflict) => conflict.columns(['call_id', 'key']).doNothing())
    .returning('key')
    .execute();
  const fresh = new Set(stored.map(({ key }) => key));
  return facts.filter(({ key }) => fresh.delete(key));
}

/** Stores what we did, at this instant, behind what we did at it before. The call must be locked. */
export async function keepOwnFacts(unit: Unit, callId: string, facts: readonly OwnFact[]): Promise<void> {
  if (facts.length === 0) return;
  const { count } = await unit.tx
    .selectFrom('call_fact')
    .select((column) => column.fn.countAll<number>().as('count'))
    .where('call_id', '=', callId)
    .where(sql<boolean>`starts_with(key, ${OWN})`)
    .executeTakeFirstOrThrow();
  await unit.tx
    .insertInto('call_fact')
    .values(
      facts.map(({ kind, ...what }, index) => {
        const { legId = null, ...data } = what as { legId?: string } & Record<string, unknown>;
        const sequence = count + index;
        const key = `${OWN}${sequence}`;
        return {
          call_id: callId,
          key,
          at: unit.now,
          sequence,
          kind,
          leg_id: legId,
          data: json(data),
          received_at: unit.now,
        };
      }),
    )
    .execute();
}

export async function factsOf(db: Db, callId: string): Promise<StoredFact[]> {
  const rows = await db.selectFrom('call_fact').selectAll().where('call_id', '=', callId).execute();
  return rows.map(fromRow);
}

const fromRow = (row: Selectable<Tables['call_fact']>): StoredFact => ({
  key: row.key,
  at: row.at,
  order: row.sequence,
  kind: row.kind,
  legId: row.leg_id,
  data: row.data,
  own: row.key.startsWith(OWN),
});
