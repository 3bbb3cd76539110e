import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { AppError } from '../../contract/errors.ts';
import type { Review } from '../../contract/quality.ts';
import type { Tx } from '../../database/database.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import { type Actor, mustSee } from '../../operators/actor.ts';
import { keepReviewEvent, tellConsoles } from './keep-review-event.ts';
import { selectReviews } from './present-reviews.ts';
import { findReview, mustNotHaveHandled } from './review-access.ts';

interface NewReview {
  ticketId: string;
  operatorId: string;
  reviewerId: string;
  planId: string | null;
}

/** Puts a contact on somebody's list. @returns its id, or null when the contact has a review already */
export async function addReview(unit: Unit, by: Actor | null, review: NewReview): Promise<string | null> {
  const added = await unit.tx
    .insertInto('quality_review')
    .values({
      id: uuid(),
      ticket_id: review.ticketId,
      operator_id: review.operatorId,
      reviewer_id: review.reviewerId,
      plan_id: review.planId,
      state: 'open',
      answers: json({}),
      comment: '',
      failed: false,
      appeal: 'none',
      created_at: unit.now,
    })
    .onConflict((conflict) => conflict.column('ticket_id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!added) return null;
  await keepReviewEvent(unit, added.id, 'created', by);
  return added.id;
}

/**
 * Somebody wants to score one contact themselves; one that is reviewed already leads to its review.
 * @throws AppError `not_found`, `not_reviewable` until a person has had it and it is closed, `own_contact`
 */
export async function askReview(unit: Unit, actor: Actor, ticketId: string): Promise<Review> {
  const operatorId = await whoHad(unit.tx, actor, ticketId);
  await mustNotHaveHandled(unit.tx, actor.id, ticketId);
  await addReview(unit, actor, { ticketId, operatorId, reviewerId: actor.id, planId: null });
  tellConsoles(unit);
  const [review] = await selectReviews(unit.tx, sql`where r.ticket_id = ${ticketId}`);
  if (!review) throw new AppError('not_found');
  await findReview(unit.tx, actor, review.id);
  return review;
}

/** Who had a closed contact last. @throws AppError `not_found`, `not_reviewable` */
export async function whoHad(tx: Tx, actor: Actor, ticketId: string): Promise<string> {
  const ticket = await tx
    .selectFrom('ticket')
    .select(['operator_id', 'queue_id', 'state', 'protected'])
    .where('id', '=', ticketId)
    .executeTakeFirst();
  if (!ticket) throw new AppError('not_found');
  mustSee(actor, ticket);
  const fact = await tx
    .selectFrom('contact_fact')
    .select('operator_id')
    .where('ticket_id', '=', ticketId)
    .executeTakeFirst();
  const operatorId = fact?.operator_id ?? ticket.operator_id;
  if (ticket.state !== 'closed' || !operatorId) throw new AppError('not_reviewable');
  return operatorId;
}
