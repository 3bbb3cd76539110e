import { type Selectable, sql } from 'kysely';
import type { z } from 'zod';
import { caseSeenBy } from '../cases/case-access.ts';
import { AppError } from '../contract/errors.ts';
import type { Evidence, Merge, MergeSuggestion, mergesSchema } from '../contract/merge.ts';
import { loadCitizen } from '../conversations/citizens.ts';
import type { Db, Tables } from '../database/database.ts';
import type { Actor } from '../operators/actor.ts';
import { acquaintances, mayJoin } from './citizen-access.ts';
import { whoIsAlike } from './evidence.ts';
import { livingId } from './living.ts';

const SUGGESTED = 10;
const MERGES = 50;

/**
 * Who may be the same person, the strongest evidence first, and what was merged before. Of whoever is protected nothing
 * is told without the grant.
 * @throws AppError `not_found` unless the actor may see a contact of this person
 */
export async function listMerges(db: Db, actor: Actor, citizenId: string): Promise<z.output<typeof mergesSchema>> {
  const id = await livingId(db, citizenId);
  const self = (await acquaintances(db, actor, [id])).get(id);
  if (!self?.known) throw new AppError('not_found');
  if (!mayJoin(actor, self)) return { suggestions: [], merges: [] };
  const [suggestions, merges] = await Promise.all([suggest(db, actor, id), mergesOf(db, id)]);
  return { suggestions, merges };
}

async function suggest(db: Db, actor: Actor, id: string): Promise<MergeSuggestion[]> {
  const alike = await whoIsAlike(db, id);
  const known = await acquaintances(db, actor, [...alike.keys()]);
  const shown = [...alike]
    .filter(([other]) => mayJoin(actor, known.get(other) ?? { known: false, protected: false }))
    .sort(([, one], [, other]) => strength(other) - strength(one))
    .slice(0, SUGGESTED);
  const ids = shown.map(([other]) => other);
  const [contacts, cases] = await Promise.all([contactsOf(db, ids), casesOf(db, actor, ids)]);
  return Promise.all(
    shown.map(async ([other, evidence]) => ({
      citizen: await loadCitizen(db, other),
      evidence,
      contacts: contacts.get(other)?.contacts ?? 0,
      cases: cases.get(other) ?? 0,
      lastContactAt: contacts.get(other)?.last_at?.toISOString() ?? null,
    })),
  );
}

const WEIGHTS = { phone: 4, email: 4, folio: 2, name: 1 } as const;

/** What somebody vouches for weighs twice. */
const strength = (evidence: readonly Evidence[]): number =>
  evidence.reduce((sum, one) => sum + WEIGHTS[one.kind] * ('vouchedFor' in one && one.vouchedFor ? 2 : 1), 0);

async function contactsOf(db: Db, ids: readonly string[]) {
  const { rows } = await sql<{ citizen_id: string; contacts: number; last_at: Date | null }>`
    select citizen_id, count(*)::int as contacts, max(coalesce(last_message_at, created_at)) as last_at
    from ticket where citizen_id = any(${[...ids]}) group by citizen_id`.execute(db);
  return new Map(rows.map((row) => [row.citizen_id, row]));
}

/** Filed by them, as far as the actor may see. */
async function casesOf(db: Db, actor: Actor, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ citizen_id: string; count: number }>`
    select c.citizen_id, count(*)::int as count from service_case c
    where c.citizen_id = any(${[...ids]}) and ${caseSeenBy(actor)} group by c.citizen_id`.execute(db);
  return new Map(rows.map((row) => [row.citizen_id, row.count]));
}

/** Of everybody whom the person turned out to be, too. */
async function mergesOf(db: Db, id: string): Promise<Merge[]> {
  const { rows } = await sql<MergeRow & { merged_name: string | null }>`
    with recursive one as (
      select id from citizen where id = ${id}
      union all select c.id from citizen c join one on c.merged_into = one.id
    )
    select m.*, c.name as merged_name from citizen_merge m join citizen c on c.id = m.merged_id
    where m.kept_id in (select id from one) order by m.at desc, m.id desc limit ${MERGES}`.execute(db);
  return rows.map((row) => presentMerge(row, row.merged_name));
}

export type MergeRow = Selectable<Tables['citizen_merge']>;

export function presentMerge(row: MergeRow, mergedName: string | null): Merge {
  return {
    id: row.id,
    keptId: row.kept_id,
    mergedId: row.merged_id,
    mergedName,
    evidence: row.evidence,
    by: { id: row.operator_id, name: row.operator_name },
    at: row.at.toISOString(),
    undoneAt: row.undone_at?.toISOString() ?? null,
  };
}
