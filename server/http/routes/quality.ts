import type { AppContext } from '../../context.ts';
import { AppError } from '../../contract/errors.ts';
import { api } from '../../contract/routes.ts';
import {
  closeCalibration,
  saveCalibrationDraft,
  startCalibration,
  submitCalibration,
} from '../../quality/calibrations/keep-calibrations.ts';
import { listCalibrations, openCalibration } from '../../quality/calibrations/read-calibrations.ts';
import { qualityFigures } from '../../quality/figures/quality-figures.ts';
import { currentForm } from '../../quality/forms/read-forms.ts';
import { saveForm } from '../../quality/forms/save-form.ts';
import { drawPlan, lockPlan } from '../../quality/plans/draw-plan.ts';
import { createPlan, deletePlan, findPlan, listPlans, savePlan } from '../../quality/plans/keep-plans.ts';
import { ableToReview } from '../../quality/reviews/able-to-review.ts';
import { acknowledgeReview, appealReview, decideReview } from '../../quality/reviews/answer-review.ts';
import { askReview } from '../../quality/reviews/ask-review.ts';
import { listReviews, qualityStanding } from '../../quality/reviews/list-reviews.ts';
import { openReview, takeReview } from '../../quality/reviews/open-review.ts';
import { dropReview, publishReview, saveReviewDraft } from '../../quality/reviews/score-review.ts';
import { localeOf } from '../errors.ts';
import type { Register } from '../register.ts';

/** Contacts that are scored afterwards. */
export function qualityRoutes(register: Register, context: AppContext): void {
  const { database, unitOfWork, city } = context;
  const { db } = database;
  const done = { ok: true as const };

  register(api.qualityForm, () => currentForm(db));
  register(api.saveQualityForm, ({ body, origin }) => unitOfWork((unit) => saveForm(unit, origin, body)));
  register(api.qualityStanding, ({ operator }) => qualityStanding(db, operator));

  register(api.listReviews, ({ operator, query }) => listReviews(db, operator, query));
  register(api.askReview, ({ operator, body }) => unitOfWork((unit) => askReview(unit, operator, body.ticketId)));
  register(api.openReview, ({ operator, params }) => unitOfWork((unit) => openReview(unit, operator, params.id)));
  register(api.takeReview, ({ operator, params }) => unitOfWork((unit) => takeReview(unit, operator, params.id)));
  register(api.saveReviewDraft, async ({ operator, params, body }) => {
    await unitOfWork((unit) => saveReviewDraft(unit, operator, params.id, body));
    return done;
  });
  register(api.publishReview, ({ operator, params, body }) =>
    unitOfWork((unit) => publishReview(unit, operator, params.id, body)),
  );
  register(api.dropReview, ({ operator, params, body }) =>
    unitOfWork((unit) => dropReview(unit, operator, params.id, body.reason)),
  );
  register(api.acknowledgeReview, ({ operator, params }) =>
    unitOfWork((unit) => acknowledgeReview(unit, operator, params.id)),
  );
  register(api.appealReview, ({ operator, params, body }) =>
    unitOfWork((unit) => appealReview(unit, operator, params.id, body.text)),
  );
  register(api.decideReview, ({ operator, params, body }) =>
    unitOfWork((unit) => decideReview(unit, operator, params.id, body)),
  );

  register(api.listReviewers, async () =>
    (await ableToReview(db)).map(({ id, name, protectedGrant }) => ({ id, name, protectedGrant })),
  );
  register(api.listReviewPlans, () => listPlans(db));
  register(api.createReviewPlan, ({ body, origin }) => unitOfWork((unit) => createPlan(unit, origin, body)));
  register(api.saveReviewPlan, ({ params, body, origin }) =>
    unitOfWork((unit) => savePlan(unit, origin, params.id, body)),
  );
  register(api.deleteReviewPlan, async ({ params, origin }) => {
    await unitOfWork((unit) => deletePlan(unit, origin, params.id));
    return done;
  });
  register(api.drawReviews, ({ operator, params }) =>
    unitOfWork(async (unit) => {
      const plan = await lockPlan(unit.tx, params.id);
      if (!plan) throw new AppError('not_found');
      await drawPlan(unit, city, plan, plan.per_operator, operator);
      return findPlan(unit.tx, params.id);
    }),
  );

  register(api.listCalibrations, ({ operator }) => listCalibrations(db, operator));
  register(api.startCalibration, ({ operator, body }) => unitOfWork((unit) => startCalibration(unit, operator, body)));
  register(api.openCalibration, ({ operator, params }) => openCalibration(db, operator, params.id));
  register(api.saveCalibrationDraft, async ({ operator, params, body }) => {
    await unitOfWork((unit) => saveCalibrationDraft(unit, operator, params.id, body));
    return done;
  });
  register(api.submitCalibration, ({ operator, params, body }) =>
    unitOfWork((unit) => submitCalibration(unit, operator, params.id, body)),
  );
  register(api.closeCalibration, ({ operator, params }) =>
    unitOfWork((unit) => closeCalibration(unit, operator, params.id)),
  );

  register(api.qualityFigures, ({ operator, query, request }) =>
    qualityFigures({ city, db }, operator, query, localeOf(request.headers['accept-language'])),
  );
}
