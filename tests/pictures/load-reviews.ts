import { isAsked } from '../../server/contract/quality-score.ts';
import type { AnswerValue } from '../../server/contract/quality-terms.ts';
import { api } from '../../server/contract/routes.ts';
import { createApiCaller } from '../support/api-caller.ts';
import { signIn } from '../support/operator-client.ts';
import { seededRandom } from '../support/seeded-random.ts';

/** How many of the day's contacts are scored already. */
const SCORED = 14;

/** Has a plan draw from the sample day, and two supervisors score some of it, so that there is something to see. */
export async function loadReviews(url: string, password: string): Promise<void> {
  const random = seededRandom(2);
  const people = await Promise.all(
    ['elena', 'fernando'].map((name) => signIn(url, `${name}@veracruz.example.org`, password)),
  );
  const [elena, fernando] = people.map(({ cookie }) => createApiCaller(url, { cookie }));
  if (!elena || !fernando) return;
  const reviewerIds = people.map(({ session }) => session.operator.id);
  const plans = [
    { name: 'Muestra semanal', rule: {}, perOperator: 1 },
    { name: 'Mal calificados', rule: { ratingAtMost: 2 }, perOperator: 2 },
    { name: 'Quejas de basura', rule: { words: ['basura', 'camión'], transfersAtLeast: 1 }, perOperator: 1 },
  ];
  for (const plan of plans) {
    const { id } = await elena.call(api.createReviewPlan, { body: { ...plan, active: true, reviewerIds } });
    await elena.call(api.drawReviews, { params: { id } });
  }
  const { reviews } = await elena.call(api.listReviews, { query: { view: 'todo' } });
  for (const review of reviews.slice(0, SCORED)) {
    const params = { id: review.id };
    const { form } = await elena.call(api.openReview, { params });
    const asked = form.form.sections
      .flatMap(({ questions }) => questions)
      .filter((question) => isAsked(question, review.contact.channel));
    const value = (kind: string, critical: boolean): AnswerValue => {
      if (kind === 'scale') return 2 + random.below(4);
      return critical || random.below(5) > 0 ? 'yes' : 'no';
    };
    const answers = Object.fromEntries(asked.map(({ id, kind, critical }) => [id, { value: value(kind, critical) }]));
    await elena.call(api.publishReview, { params, body: { formVersion: form.version, answers, comment: '' } });
  }
  const [next] = reviews.slice(SCORED);
  if (!next) return;
  await elena.call(api.startCalibration, { body: { ticketId: next.contact.id, reviewerIds } });
}
