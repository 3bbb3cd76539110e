import type { z } from 'zod';
import { AppError } from '../../contract/errors.ts';
import type { ReviewAnswers, ReviewDetail, saveAnswersSchema } from '../../contract/quality.ts';
import type { FormVersion } from '../../contract/quality-form.ts';
import { isAnswerTo, isAsked, type Score, scoreOf } from '../../contract/quality-score.ts';
import type { Tx } from '../../database/database.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../../operators/actor.ts';
import { currentForm, findForm } from '../forms/read-forms.ts';
import { keepReviewEvent, tellConsoles } from './keep-review-event.ts';
import { readReview } from './open-review.ts';
import { findReview, mustNotHaveHandled, type ReviewRow } from './review-access.ts';

type Given = z.output<typeof saveAnswersSchema>;

/** Keeps what is answered so far. @throws AppError `not_found`, `conflict`, `invalid_input` */
export async function saveReviewDraft(unit: Unit, actor: Actor, id: string, given: Given): Promise<void> {
  const row = await mineToScore(unit, actor, id);
  const form = await formOf(unit.tx, row.form_version, given.formVersion);
  await unit.tx
    .updateTable('quality_review')
    .set({
      form_version: form.version,
      answers: json(await answersTo(unit.tx, row.ticket_id, form, given.answers)),
      comment: given.comment,
    })
    .where('id', '=', id)
    .execute();
}

/** @throws AppError what `saveReviewDraft` does, `answers_missing` with how many */
export async function publishReview(unit: Unit, actor: Actor, id: string, given: Given): Promise<ReviewDetail> {
  const row = await mineToScore(unit, actor, id);
  await mustNotHaveHandled(unit.tx, actor.id, row.ticket_id);
  const form = await formOf(unit.tx, row.form_version, given.formVersion);
  const answers = await answersTo(unit.tx, row.ticket_id, form, given.answers);
  const { score, failed } = await wholeScore(unit.tx, row.ticket_id, form, answers);
  await unit.tx
    .updateTable('quality_review')
    .set({
      state: 'published',
      form_version: form.version,
      answers: json(answers),
      comment: given.comment,
      score,
      failed: failed.length > 0,
      published_at: unit.now,
    })
    .where('id', '=', id)
    .execute();
  await keepReviewEvent(unit, id, 'published', actor, { after: { score, answers } });
  tellConsoles(unit);
  return readReview(unit.tx, actor, id);
}

/** A contact that cannot be scored, as a wrong number is, is left out. @throws AppError `not_found`, `conflict` */
export async function dropReview(unit: Unit, actor: Actor, id: string, reason: string): Promise<ReviewDetail> {
  await mineToScore(unit, actor, id);
  await unit.tx.updateTable('quality_review').set({ state: 'dropped' }).where('id', '=', id).execute();
  await keepReviewEvent(unit, id, 'dropped', actor, { text: reason });
  tellConsoles(unit);
  return readReview(unit.tx, actor, id);
}

async function mineToScore(unit: Unit, actor: Actor, id: string): Promise<ReviewRow> {
  const row = await findReview(unit.tx, actor, id, true);
  if (row.state !== 'open' || row.reviewer_id !== actor.id) throw new AppError('conflict');
  return row;
}

/** The first answers fix the form; until then it may have changed. @throws AppError `conflict` */
async function formOf(tx: Tx, fixed: number | null, given: number): Promise<FormVersion> {
  const form = fixed === null ? await currentForm(tx) : await findForm(tx, fixed);
  if (form.version !== given) throw new AppError('conflict');
  return form;
}

/** The answers to what this contact is asked. @throws AppError `invalid_input` for a value that a question does not take */
export async function answersTo(
  tx: Tx,
  ticketId: string,
  { form }: FormVersion,
  answers: ReviewAnswers,
): Promise<ReviewAnswers> {
  const channel = await channelOf(tx, ticketId);
  const asked = form.sections.flatMap(({ questions }) => questions).filter((question) => isAsked(question, channel));
  return Object.fromEntries(
    asked.flatMap((question) => {
      const answer = answers[question.id];
      if (!answer) return [];
      if (!isAnswerTo(question, answer.value)) throw new AppError('invalid_input', { question: question.id });
      return [[question.id, answer]];
    }),
  );
}

/** @throws AppError `answers_missing` with how many, `nothing_applies` when every answer is that it does not */
export async function wholeScore(
  tx: Tx,
  ticketId: string,
  { form }: FormVersion,
  answers: ReviewAnswers,
): Promise<Score & { score: number }> {
  const scored = scoreOf(form, await channelOf(tx, ticketId), answers);
  if (scored.missing.length > 0) throw new AppError('answers_missing', { count: scored.missing.length });
  if (scored.score === null) throw new AppError('nothing_applies');
  return { ...scored, score: scored.score };
}

async function channelOf(tx: Tx, ticketId: string): Promise<string> {
  const ticket = await tx.selectFrom('ticket').select('channel').where('id', '=', ticketId).executeTakeFirst();
  return ticket?.channel ?? '';
}
