import { type Selectable, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { type Origin, recordAudit } from '../../audit/record-audit.ts';
import { AppError } from '../../contract/errors.ts';
import type { ReviewPlan, savePlanSchema } from '../../contract/quality.ts';
import type { Db, Tables } from '../../database/database.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { mustReview } from '../reviews/able-to-review.ts';

type PlanInput = z.output<typeof savePlanSchema>;
type Draw = Selectable<Tables['quality_draw']>;

export async function listPlans(db: Db): Promise<ReviewPlan[]> {
  const plans = await db.selectFrom('quality_plan').selectAll().orderBy('name').orderBy('id').execute();
  const { rows: draws } = await sql<Draw>`
    select distinct on (plan_id) * from quality_draw order by plan_id, at desc`.execute(db);
  const last = new Map(draws.map((draw) => [draw.plan_id, draw]));
  return plans.map((plan) => present(plan, last.get(plan.id)));
}

/** @throws AppError `not_found` */
export async function findPlan(db: Db, id: string): Promise<ReviewPlan> {
  const plan = (await listPlans(db)).find((each) => each.id === id);
  if (!plan) throw new AppError('not_found');
  return plan;
}

/** Adds one. @throws AppError `invalid_input` for somebody who may not review */
export async function createPlan(unit: Unit, origin: Origin, input: PlanInput): Promise<ReviewPlan> {
  await mustReview(unit.tx, input.reviewerIds);
  const id = uuid();
  await unit.tx
    .insertInto('quality_plan')
    .values({ id, ...columns(unit.now, input), created_at: unit.now })
    .execute();
  await recordAudit(unit, origin, { action: 'quality_plan.created', target: id, after: input });
  return findPlan(unit.tx, id);
}

/** @throws AppError `not_found`, `invalid_input` for somebody who may not review */
export async function savePlan(unit: Unit, origin: Origin, id: string, input: PlanInput): Promise<ReviewPlan> {
  const { lastDraw: _, id: __, ...before } = await findPlan(unit.tx, id);
  await mustReview(unit.tx, input.reviewerIds);
  await unit.tx.updateTable('quality_plan').set(columns(unit.now, input)).where('id', '=', id).execute();
  await recordAudit(unit, origin, { action: 'quality_plan.updated', target: id, before, after: input });
  return findPlan(unit.tx, id);
}

/** What it drew stays. @throws AppError `not_found` */
export async function deletePlan(unit: Unit, origin: Origin, id: string): Promise<void> {
  const { lastDraw: _, id: __, ...before } = await findPlan(unit.tx, id);
  await unit.tx.deleteFrom('quality_plan').where('id', '=', id).execute();
  await recordAudit(unit, origin, { action: 'quality_plan.deleted', target: id, before });
}

const columns = (now: Date, { name, active, rule, perOperator, reviewerIds }: PlanInput) => ({
  name,
  active,
  rule: json(rule),
  per_operator: perOperator,
  reviewer_ids: json([...new Set(reviewerIds)]),
  updated_at: now,
});

const present = (row: Selectable<Tables['quality_plan']>, draw: Draw | undefined): ReviewPlan => ({
  id: row.id,
  name: row.name,
  active: row.active,
  rule: row.rule,
  perOperator: row.per_operator,
  reviewerIds: row.reviewer_ids,
  lastDraw: draw
    ? { at: draw.at.toISOString(), candidates: draw.candidates, picked: draw.picked, seed: draw.seed }
    : null,
});
