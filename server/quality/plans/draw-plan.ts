import { type Selectable, sql } from 'kysely';
import { DateTime } from 'luxon';
import { v7 as uuid } from 'uuid';
import type { City } from '../../contract/city.ts';
import type { Db, Tables, Tx } from '../../database/database.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../../operators/actor.ts';
import { ableToReview } from '../reviews/able-to-review.ts';
import { addReview } from '../reviews/ask-review.ts';
import { tellConsoles } from '../reviews/keep-review-event.ts';
import { drawContacts, type Reviewer } from './draw-contacts.ts';
import { DRAWN_DAYS, drawnSince, findCandidates } from './find-candidates.ts';

type PlanRow = Selectable<Tables['quality_plan']>;
type Place = Pick<City, 'timeZone'>;

/**
 * Every plan that has not drawn today draws its share of the day. Each in a transaction of its own: one that fails
 * holds up no other, and a job that comes twice finds nothing left to do.
 */
export async function drawDaily(
  { unitOfWork, city, db }: { unitOfWork: <T>(work: (unit: Unit) => Promise<T>) => Promise<T>; city: Place; db: Db },
  now: Date,
): Promise<void> {
  for (const { id } of await plansDue(db, now, city)) {
    await unitOfWork(async (unit) => {
      const plan = await lockPlan(unit.tx, id);
      const today = dayOf(unit.now, city);
      if (!plan?.active || (plan.drawn_on !== null && plan.drawn_on >= today)) return;
      await drawPlan(unit, city, plan, Math.ceil(plan.per_operator / DRAWN_DAYS), null);
      await unit.tx.updateTable('quality_plan').set({ drawn_on: today }).where('id', '=', id).execute();
    });
  }
}

/** Plans that have still to draw on the city's day. */
export function plansDue(db: Db, now: Date, city: Place): Promise<{ id: string }[]> {
  const today = dayOf(now, city);
  return db
    .selectFrom('quality_plan')
    .select('id')
    .where('active', '=', true)
    .where((where) => where.or([where('drawn_on', 'is', null), where('drawn_on', '<', today)]))
    .execute();
}

export function lockPlan(tx: Tx, id: string): Promise<PlanRow | undefined> {
  return tx.selectFrom('quality_plan').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/**
 * Draws what a plan owes of the last seven days, and puts it on the reviewers' lists. Expects the plan to be locked.
 * @param most of each operator in this draw: by the day it is a part of the number, so that a week is drawn all week
 */
export async function drawPlan(unit: Unit, city: Place, plan: PlanRow, most: number, by: Actor | null): Promise<void> {
  const { tx, now } = unit;
  const seed = `${plan.id} ${now.toISOString()}`;
  const [candidates, reviewers, drawnBefore] = [
    await findCandidates(tx, plan.rule, now, city.timeZone),
    await reviewersOf(tx, plan.reviewer_ids),
    await drawnLately(tx, plan.id, now),
  ];
  const owed = (operatorId: string) => Math.min(most, plan.per_operator - (drawnBefore.get(operatorId) ?? 0));
  let picked = 0;
  for (const review of drawContacts(candidates, reviewers, owed, seed)) {
    if (await addReview(unit, by, { ...review, planId: plan.id })) picked += 1;
  }
  if (picked > 0) tellConsoles(unit);
  await tx
    .insertInto('quality_draw')
    .values({ id: uuid(), plan_id: plan.id, at: now, seed, candidates: candidates.length, picked })
    .execute();
}

/** Those who still may, with how much they have to do. */
async function reviewersOf(tx: Tx, ids: readonly string[]): Promise<Reviewer[]> {
  const people = await ableToReview(tx, ids);
  const { rows } = await sql<{ id: string; todo: number }>`
    select reviewer_id as id, count(*) as todo from quality_review
    where state = 'open' and reviewer_id = any(${people.map(({ id }) => id)}) group by reviewer_id`.execute(tx);
  const todo = new Map(rows.map((row) => [row.id, row.todo]));
  return people.map(({ id, protectedGrant }) => ({ id, protectedGrant, todo: todo.get(id) ?? 0 }));
}

async function drawnLately(tx: Tx, planId: string, now: Date): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; drawn: number }>`
    select operator_id as id, count(*) as drawn from quality_review
    where plan_id = ${planId} and created_at > ${drawnSince(now)} group by operator_id`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.drawn]));
}

const dayOf = (at: Date, { timeZone }: Place): string =>
  DateTime.fromJSDate(at, { zone: timeZone }).toFormat('yyyy-MM-dd');
