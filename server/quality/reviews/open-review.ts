import { sql } from 'kysely';
import { AppError } from '../../contract/errors.ts';
import type { ReviewDetail, ReviewEvent } from '../../contract/quality.ts';
import type { Db } from '../../database/database.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../../operators/actor.ts';
import { currentForm, findForm } from '../forms/read-forms.ts';
import { keepReviewEvent, tellConsoles } from './keep-review-event.ts';
import { selectReviews } from './present-reviews.ts';
import { findReview, mustNotHaveHandled, reviews } from './review-access.ts';

/** A review with all there is to it. @throws AppError `not_found` */
export async function readReview(db: Db, actor: Actor, id: string): Promise<ReviewDetail> {
  const row = await findReview(db, actor, id);
  const [review] = await selectReviews(db, sql`where r.id = ${id}`);
  if (!review) throw new AppError('not_found');
  const isOwn = row.operator_id === actor.id;
  return {
    review,
    form: row.form_version === null ? await currentForm(db) : await findForm(db, row.form_version),
    answers: row.answers,
    comment: row.comment,
    history: await readHistory(db, id),
    firstSeq: await firstSeqOf(db, row.ticket_id),
    may: {
      score: row.state === 'open' && row.reviewer_id === actor.id && reviews(actor),
      answer: isOwn && row.state === 'published' && row.appeal === 'none' && row.acknowledged_at === null,
      decide: !isOwn && row.appeal === 'open' && reviews(actor),
    },
  };
}

/** The same, for a reader: from now on its operator has seen it. @throws AppError `not_found` */
export async function openReview(unit: Unit, actor: Actor, id: string): Promise<ReviewDetail> {
  const seen = await unit.tx
    .updateTable('quality_review')
    .set({ seen_at: unit.now })
    .where('id', '=', id)
    .where('operator_id', '=', actor.id)
    .where('state', '=', 'published')
    .where('seen_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (seen) tellConsoles(unit);
  return readReview(unit.tx, actor, id);
}

/** Somebody else scores it. @throws AppError `not_found`, `conflict`, `own_contact` */
export async function takeReview(unit: Unit, actor: Actor, id: string): Promise<ReviewDetail> {
  const row = await findReview(unit.tx, actor, id, true);
  if (row.state !== 'open') throw new AppError('conflict');
  await mustNotHaveHandled(unit.tx, actor.id, row.ticket_id);
  if (row.reviewer_id !== actor.id) {
    await unit.tx.updateTable('quality_review').set({ reviewer_id: actor.id }).where('id', '=', id).execute();
    await keepReviewEvent(unit, id, 'taken', actor);
    tellConsoles(unit);
  }
  return readReview(unit.tx, actor, id);
}

/** Where a contact begins in its conversation. */
export async function firstSeqOf(db: Db, ticketId: string): Promise<number | null> {
  const first = await db
    .selectFrom('message')
    .select(({ fn }) => fn.min('seq').as('seq'))
    .where('conversation_id', '=', ({ selectFrom }) =>
      selectFrom('ticket').select('conversation_id').where('id', '=', ticketId),
    )
    .where('ticket_id', '=', ticketId)
    .executeTakeFirst();
  return first?.seq ?? null;
}

async function readHistory(db: Db, reviewId: string): Promise<ReviewEvent[]> {
  const events = await db
    .selectFrom('quality_event')
    .selectAll()
    .where('review_id', '=', reviewId)
    .orderBy('id')
    .execute();
  return events.map(({ id, type, at, actor_name: actor, data }) => ({
    id,
    type,
    at: at.toISOString(),
    actor,
    text: data.text ?? null,
    before: data.before?.score ?? null,
    after: data.after?.score ?? null,
  }));
}
