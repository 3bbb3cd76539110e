import type { Selectable } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { AppError } from '../../contract/errors.ts';
import type {
  Calibration,
  CalibrationDetail,
  saveAnswersSchema,
  startCalibrationSchema,
} from '../../contract/quality.ts';
import type { FormVersion } from '../../contract/quality-form.ts';
import type { Tables } from '../../database/database.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';
import type { Actor } from '../../operators/actor.ts';
import { loadPeople } from '../../operators/load-people.ts';
import { currentForm, findForm } from '../forms/read-forms.ts';
import { mustReview } from '../reviews/able-to-review.ts';
import { whoHad } from '../reviews/ask-review.ts';
import { tellConsoles } from '../reviews/keep-review-event.ts';
import { mustNotHaveHandled } from '../reviews/review-access.ts';
import { answersTo, wholeScore } from '../reviews/score-review.ts';
import { openCalibration } from './read-calibrations.ts';

type Given = z.output<typeof saveAnswersSchema>;
type CalibrationRow = Selectable<Tables['quality_calibration']>;

/**
 * Several people are to score the same contact, none seeing what the others say.
 * @throws AppError `not_found`, `not_reviewable`, `own_contact` when one of them had it, `invalid_input` for somebody
 * who may not review, `reviewers_need_grant`
 */
export async function startCalibration(
  unit: Unit,
  actor: Actor,
  { ticketId, reviewerIds }: z.output<typeof startCalibrationSchema>,
): Promise<Calibration> {
  const { tx, now } = unit;
  const operatorId = await whoHad(tx, actor, ticketId);
  if (operatorId === actor.id) throw new AppError('own_contact');
  const ids = [...new Set(reviewerIds)];
  await mustReview(tx, ids);
  if (ids.length < 2) throw new AppError('invalid_input', { reviewerIds: ids });
  for (const id of ids) await mustNotHaveHandled(tx, id, ticketId);
  const ticket = await tx.selectFrom('ticket').select('protected').where('id', '=', ticketId).executeTakeFirstOrThrow();
  if (ticket.protected && (await loadPeople(tx, ids)).some(({ protectedGrant }) => !protectedGrant)) {
    throw new AppError('reviewers_need_grant');
  }
  const { version } = await currentForm(tx);
  const id = uuid();
  await tx
    .insertInto('quality_calibration')
    .values({
      id,
      ticket_id: ticketId,
      operator_id: operatorId,
      form_version: version,
      started_by: actor.id,
      started_at: now,
    })
    .execute();
  await tx
    .insertInto('quality_opinion')
    .values(ids.map((reviewer_id) => ({ calibration_id: id, reviewer_id, answers: json({}), comment: '' })))
    .execute();
  tellConsoles(unit);
  return (await openCalibration(tx, actor, id)).calibration;
}

/** Keeps own answers given so far. @throws AppError `not_found`, `conflict`, `invalid_input` */
export async function saveCalibrationDraft(unit: Unit, actor: Actor, id: string, given: Given): Promise<void> {
  const { row, form } = await mineToScore(unit, actor, id, given);
  await keep(unit, actor, id, {
    answers: await answersTo(unit.tx, row.ticket_id, form, given.answers),
    comment: given.comment,
  });
}

/** Hands in own answers; the last one closes it. @throws AppError what the draft throws, and `answers_missing` */
export async function submitCalibration(
  unit: Unit,
  actor: Actor,
  id: string,
  given: Given,
): Promise<CalibrationDetail> {
  const { row, form } = await mineToScore(unit, actor, id, given);
  const answers = await answersTo(unit.tx, row.ticket_id, form, given.answers);
  await wholeScore(unit.tx, row.ticket_id, form, answers);
  await keep(unit, actor, id, { answers, comment: given.comment, submitted_at: unit.now });
  const left = await unit.tx
    .selectFrom('quality_opinion')
    .select('reviewer_id')
    .where('calibration_id', '=', id)
    .where('submitted_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (!left) await close(unit, id);
  tellConsoles(unit);
  return openCalibration(unit.tx, actor, id);
}

/** Compares without waiting for the rest. @throws AppError `not_found`, `forbidden`, `conflict` while fewer than two are done */
export async function closeCalibration(unit: Unit, actor: Actor, id: string): Promise<CalibrationDetail> {
  const row = await lock(unit, id);
  const detail = await openCalibration(unit.tx, actor, id);
  if (row.started_by !== actor.id) throw new AppError('forbidden');
  if (!detail.mayClose) throw new AppError('conflict');
  await close(unit, id);
  tellConsoles(unit);
  return openCalibration(unit.tx, actor, id);
}

async function lock(unit: Unit, id: string): Promise<CalibrationRow> {
  const row = await unit.tx
    .selectFrom('quality_calibration')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return row;
}

async function mineToScore(
  unit: Unit,
  actor: Actor,
  id: string,
  { formVersion }: Given,
): Promise<{ row: CalibrationRow; form: FormVersion }> {
  const row = await lock(unit, id);
  const { own } = await openCalibration(unit.tx, actor, id);
  if (!own) throw new AppError('not_found');
  if (own.done || row.closed_at || row.form_version !== formVersion) throw new AppError('conflict');
  return { row, form: await findForm(unit.tx, row.form_version) };
}

async function keep(
  { tx }: Unit,
  actor: Actor,
  id: string,
  { answers, ...rest }: { answers: Given['answers']; comment: string; submitted_at?: Date },
): Promise<void> {
  await tx
    .updateTable('quality_opinion')
    .set({ answers: json(answers), ...rest })
    .where('calibration_id', '=', id)
    .where('reviewer_id', '=', actor.id)
    .execute();
}

const close = ({ tx, now }: Unit, id: string) =>
  tx.updateTable('quality_calibration').set({ closed_at: now }).where('id', '=', id).execute();
