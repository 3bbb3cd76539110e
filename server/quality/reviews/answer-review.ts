import type { z } from 'zod';
import { AppError } from '../../contract/errors.ts';
import type { decideSchema, ReviewDetail } from '../../contract/quality.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../../operators/actor.ts';
import { findForm } from '../forms/read-forms.ts';
import { keepReviewEvent, tellConsoles } from './keep-review-event.ts';
import { readReview } from './open-review.ts';
import { findReview, type ReviewRow } from './review-access.ts';
import { answersTo, wholeScore } from './score-review.ts';

/** The operator agrees. @throws AppError `not_found`, `conflict` once they have answered */
export async function acknowledgeReview(unit: Unit, actor: Actor, id: string): Promise<ReviewDetail> {
  await mineToAnswer(unit, actor, id);
  await unit.tx
    .updateTable('quality_review')
    .set({ acknowledged_at: unit.now, seen_at: unit.now })
    .where('id', '=', id)
    .execute();
  await keepReviewEvent(unit, id, 'acknowledged', actor);
  tellConsoles(unit);
  return readReview(unit.tx, actor, id);
}

/** The operator sees it otherwise; once. @throws AppError `not_found`, `conflict` once they have answered */
export async function appealReview(unit: Unit, actor: Actor, id: string, text: string): Promise<ReviewDetail> {
  await mineToAnswer(unit, actor, id);
  await unit.tx.updateTable('quality_review').set({ appeal: 'open' }).where('id', '=', id).execute();
  await keepReviewEvent(unit, id, 'appealed', actor, { text });
  tellConsoles(unit);
  return readReview(unit.tx, actor, id);
}

/**
 * Answers an appeal. What stood before is kept in the review's story.
 * @throws AppError `not_found`, `conflict` when nothing is appealed, `forbidden` for one's own, and what scoring throws
 */
export async function decideReview(
  unit: Unit,
  actor: Actor,
  id: string,
  { text, answers: given }: z.output<typeof decideSchema>,
): Promise<ReviewDetail> {
  const row = await findReview(unit.tx, actor, id, true);
  if (row.operator_id === actor.id) throw new AppError('forbidden');
  if (row.appeal !== 'open' || row.form_version === null) throw new AppError('conflict');
  // The operator is to see what came of it.
  const answered = { seen_at: null };
  if (!given) {
    await unit.tx
      .updateTable('quality_review')
      .set({ ...answered, appeal: 'kept' })
      .where('id', '=', id)
      .execute();
    await keepReviewEvent(unit, id, 'decided', actor, { text });
    tellConsoles(unit);
    return readReview(unit.tx, actor, id);
  }
  const form = await findForm(unit.tx, row.form_version);
  const answers = await answersTo(unit.tx, row.ticket_id, form, given);
  const { score, failed } = await wholeScore(unit.tx, row.ticket_id, form, answers);
  await unit.tx
    .updateTable('quality_review')
    .set({ ...answered, appeal: 'changed', answers: json(answers), score, failed: failed.length > 0 })
    .where('id', '=', id)
    .execute();
  const before = { score: row.score, answers: row.answers };
  await keepReviewEvent(unit, id, 'decided', actor, { text, before, after: { score, answers } });
  tellConsoles(unit);
  return readReview(unit.tx, actor, id);
}

async function mineToAnswer(unit: Unit, actor: Actor, id: string): Promise<ReviewRow> {
  const row = await findReview(unit.tx, actor, id, true);
  if (row.operator_id !== actor.id) throw new AppError('not_found');
  if (row.appeal !== 'none' || row.acknowledged_at) throw new AppError('conflict');
  return row;
}
