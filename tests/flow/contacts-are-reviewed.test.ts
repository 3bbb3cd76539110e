import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Review, ReviewAnswers, ReviewDetail } from '../../server/contract/quality.ts';
import { isAsked } from '../../server/contract/quality-score.ts';
import { api } from '../../server/contract/routes.ts';
import { rebuildFacts } from '../../server/reports/keep-facts.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { storeStories, writeStories } from '../support/contact-stories.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

const DAY_MS = 86_400_000;
let centre: ContactCentre;
let ana: OperatorClient;
let beto: OperatorClient;
let elena: OperatorClient;
let fernando: OperatorClient;

beforeAll(async () => {
  centre = await startContactCentre({ settings: { PRESENCE_LEASE_SECONDS: 600 } });
  [ana, beto, elena, fernando] = (await Promise.all(
    ['ana', 'beto', 'elena', 'fernando'].map((name) => centre.operator(name)),
  )) as [OperatorClient, OperatorClient, OperatorClient, OperatorClient];
  const stories = writeStories({
    seed: 5,
    contacts: 120,
    from: new Date(centre.clock.now().getTime() - 3 * DAY_MS),
    hours: 40,
    operatorIds: [ana.id, beto.id],
    queueIds: ['general', 'tramites'],
  });
  await centre.server.context.database.transaction((tx) => storeStories(tx, stories));
  await rebuildFacts(centre.server.context);
});
afterAll(() => centre?.stop());

const plan = (more: object = {}) => ({
  name: 'Dos por persona',
  active: false,
  rule: {},
  perOperator: 2,
  reviewerIds: [elena.id, fernando.id],
  ...more,
});
const todo = async (who: OperatorClient): Promise<Review[]> =>
  (await who.call(api.listReviews, { query: { view: 'todo' } })).reviews;
const open = (who: OperatorClient, id: string): Promise<ReviewDetail> => who.call(api.openReview, { params: { id } });

/** All that is asked, answered as well as can be; `but` says what was not. */
function answered({ form, review }: ReviewDetail, but: ReviewAnswers = {}): ReviewAnswers {
  const asked = form.form.sections.flatMap(({ questions }) => questions);
  return {
    ...Object.fromEntries(
      asked
        .filter((question) => isAsked(question, review.contact.channel))
        .map(({ id, kind }) => [id, { value: kind === 'scale' ? 5 : 'yes' }]),
    ),
    ...but,
  };
}
async function published(by: OperatorClient, id: string, but: ReviewAnswers = {}): Promise<ReviewDetail> {
  const detail = await open(by, id);
  const body = { formVersion: detail.form.version, answers: answered(detail, but), comment: '' };
  return by.call(api.publishReview, { params: { id }, body });
}

test('a plan draws its number of each operator once, shared out among its reviewers', async () => {
  const { id } = await elena.call(api.createReviewPlan, { body: plan() });
  const drawn = await elena.call(api.drawReviews, { params: { id } });
  expect(drawn.lastDraw?.picked).toBe(4);
  const reviews = [...(await todo(elena)), ...(await todo(fernando))];
  for (const who of [ana, beto]) expect(reviews.filter(({ operator }) => operator.id === who.id)).toHaveLength(2);
  expect(await todo(elena)).toHaveLength(2);

  const again = await elena.call(api.drawReviews, { params: { id } });
  expect(again.lastDraw?.picked).toBe(0);
  const { entries } = await fernando.call(api.listAudit, { query: {} });
  expect(entries.find(({ action }) => action === 'quality_plan.created')?.after).toMatchObject({ perOperator: 2 });
});

test('a plan by a rule draws only what keeps to it, every day by itself', async () => {
  const { id } = await elena.call(api.createReviewPlan, {
    body: plan({ name: 'Pasados de mano', active: true, rule: { transfersAtLeast: 1 }, perOperator: 20 }),
  });
  await until(async () => (await elena.call(api.listReviewPlans)).find((each) => each.id === id)?.lastDraw !== null, {
    what: 'the first draw',
  });
  const { db } = centre.server.context.database;
  const drawn = await db
    .selectFrom('quality_review as r')
    .innerJoin('contact_fact as f', 'f.ticket_id', 'r.ticket_id')
    .select('f.transfers')
    .where('r.plan_id', '=', id)
    .execute();
  expect(drawn.length).toBeGreaterThan(0);
  expect(drawn.every(({ transfers }) => transfers >= 1)).toBe(true);
  const body = plan({ reviewerIds: [ana.id] });
  expect((await elena.refused(api.createReviewPlan, { body })).code).toBe('invalid_input');
});

test('a review is kept as it is written, published whole, and read by its operator alone', async () => {
  const [review] = (await todo(elena)).filter(({ operator }) => operator.id === ana.id);
  const params = { id: review?.id ?? '' };
  const before = await open(elena, params.id);
  const body = { formVersion: before.form.version, answers: { saludo: { value: 'no' as const } }, comment: 'Va bien' };
  await elena.call(api.saveReviewDraft, { params, body });
  expect(await open(elena, params.id)).toMatchObject({ answers: { saludo: { value: 'no' } }, comment: 'Va bien' });
  expect((await elena.refused(api.publishReview, { params, body })).code).toBe('answers_missing');
  expect((await fernando.refused(api.publishReview, { params, body })).code).toBe('conflict');
  const others = await fernando.call(api.listReviews, { query: { view: 'others' } });
  expect(others.reviews.map(({ id }) => id)).toContain(params.id);
  expect((await ana.refused(api.openReview, { params })).code).toBe('not_found');

  const { review: done } = await published(elena, params.id, { saludo: { value: 'no', comment: 'Sin nombre' } });
  expect(done).toMatchObject({ state: 'published', failed: false });
  expect(done.score).toBeLessThan(100);
  expect(await ana.call(api.qualityStanding)).toMatchObject({ unseen: 1, todo: 0 });
  const received = await ana.call(api.listReviews, { query: { view: 'received' } });
  expect(received.reviews.map(({ id }) => id)).toEqual([params.id]);
  expect((await open(ana, params.id)).answers).toMatchObject({ saludo: { comment: 'Sin nombre' } });
  expect((await ana.call(api.qualityStanding)).unseen).toBe(0);

  expect((await beto.refused(api.openReview, { params })).code).toBe('not_found');
  expect((await beto.call(api.listReviews, { query: { view: 'received' } })).reviews).toEqual([]);
  expect((await beto.refused(api.listReviews, { query: { view: 'published' } })).code).toBe('forbidden');
});

test('the operator may disagree once; what an answer changes is kept as it was', async () => {
  const [received] = (await ana.call(api.listReviews, { query: { view: 'received' } })).reviews;
  const params = { id: received?.id ?? '' };
  const appeal = { params, body: { text: 'Sí saludé, en el primer mensaje.' } };
  await ana.call(api.appealReview, appeal);
  expect((await ana.refused(api.appealReview, appeal)).code).toBe('conflict');
  expect((await ana.refused(api.acknowledgeReview, { params })).code).toBe('conflict');
  expect((await elena.call(api.qualityStanding)).appeals).toBe(1);

  const text = 'Tienes razón, ahí está.';
  expect((await ana.refused(api.decideReview, { params, body: { text } })).code).toBe('forbidden');
  const answers = answered(await open(elena, params.id));
  const { review, history } = await elena.call(api.decideReview, { params, body: { text, answers } });
  expect(review).toMatchObject({ appeal: 'changed', score: 100 });
  expect(history.at(-1)).toMatchObject({ type: 'decided', text, before: received?.score, after: 100 });
  expect((await ana.call(api.qualityStanding)).unseen).toBe(1);
});

test('a critical question failed makes the contact nothing, and its operator may simply agree', async () => {
  const [review] = (await todo(fernando)).filter(({ operator }) => operator.id === beto.id);
  const { review: done } = await published(fernando, review?.id ?? '', { datos: { value: 'no' } });
  expect(done).toMatchObject({ score: 0, failed: true });
  const { review: read } = await beto.call(api.acknowledgeReview, { params: { id: done.id } });
  expect(read.acknowledgedAt).not.toBeNull();
});

test('nobody reviews their own work, nor what is protected without the grant', async () => {
  const { database } = centre.server.context;
  const stories = writeStories({
    seed: 9,
    contacts: 12,
    from: new Date(centre.clock.now().getTime() - DAY_MS),
    hours: 5,
    operatorIds: [elena.id],
    queueIds: ['general'],
  });
  await database.transaction((tx) => storeStories(tx, stories));
  await rebuildFacts(centre.server.context);
  const facts = await database.db
    .selectFrom('contact_fact')
    .select('ticket_id')
    .where('operator_id', '=', elena.id)
    .execute();
  const [own, hidden] = facts.map((fact) => fact.ticket_id);
  expect((await elena.refused(api.askReview, { body: { ticketId: own ?? '' } })).code).toBe('own_contact');

  const review = await fernando.call(api.askReview, { body: { ticketId: own ?? '' } });
  expect((await fernando.call(api.askReview, { body: { ticketId: own ?? '' } })).id).toBe(review.id);
  expect((await elena.refused(api.openReview, { params: { id: review.id } })).code).toBe('not_found');

  await database.db
    .updateTable('ticket')
    .set({ protected: true })
    .where('id', '=', hidden ?? '')
    .execute();
  expect((await fernando.refused(api.askReview, { body: { ticketId: hidden ?? '' } })).code).toBe('not_found');
  await published(fernando, review.id);
  const figures = async () => (await fernando.call(api.qualityFigures, { query: recent(today()) })).total.reviews;
  const whole = await figures();
  await database.db
    .updateTable('ticket')
    .set({ protected: true })
    .where('id', '=', own ?? '')
    .execute();
  expect(await figures()).toBe(whole - 1);
  expect((await fernando.refused(api.openReview, { params: { id: review.id } })).code).toBe('not_found');
});

test('several people score one contact blind, and are compared once all are done', async () => {
  const { db } = centre.server.context.database;
  const fact = await db
    .selectFrom('contact_fact')
    .select('ticket_id')
    .where('operator_id', '=', ana.id)
    .where('ticket_id', 'not in', ({ selectFrom }) => selectFrom('quality_review').select('ticket_id'))
    .limit(1)
    .executeTakeFirstOrThrow();
  const before = await elena.call(api.qualityFigures, { query: recent(today()) });
  const { id } = await elena.call(api.startCalibration, {
    body: { ticketId: fact.ticket_id, reviewerIds: [elena.id, fernando.id] },
  });
  const params = { id };
  const { form, calibration } = await elena.call(api.openCalibration, { params });
  const asReview = { form, review: { contact: calibration.contact } } as ReviewDetail;
  const hand = (who: OperatorClient, but: ReviewAnswers = {}) =>
    who.call(api.submitCalibration, {
      params,
      body: { formVersion: form.version, answers: answered(asReview, but), comment: '' },
    });
  expect((await hand(elena)).comparison).toBeNull();
  expect(await fernando.call(api.openCalibration, { params })).toMatchObject({
    own: { answers: {}, done: false },
    comparison: null,
  });
  const { comparison } = await hand(fernando, { saludo: { value: 'no' } });
  expect(comparison?.questions.find((question) => question.id === 'saludo')).toMatchObject({
    spread: 100,
    agreement: 0,
  });
  expect(comparison?.reviewers.map(({ name }) => name).sort()).toEqual(['Elena Mora', 'Fernando Sosa']);
  expect(
    (
      await elena.refused(api.submitCalibration, {
        params,
        body: { formVersion: form.version, answers: {}, comment: '' },
      })
    ).code,
  ).toBe('conflict');
  expect(await elena.call(api.qualityFigures, { query: recent(today()) })).toEqual(before);
});

test('the form is changed by its next version; what was scored keeps its own', async () => {
  const current = await fernando.call(api.qualityForm);
  const form = structuredClone(current.form);
  form.sections[0]?.questions.splice(0, 1);
  const body = { version: current.version, form };
  expect((await elena.refused(api.saveQualityForm, { body })).code).toBe('forbidden');
  const next = await fernando.call(api.saveQualityForm, { body });
  expect(next.version).toBe(current.version + 1);
  expect((await fernando.refused(api.saveQualityForm, { body })).code).toBe('conflict');

  const { reviews } = await elena.call(api.listReviews, { query: { view: 'published' } });
  expect((await open(elena, reviews[0]?.id ?? '')).form.version).toBe(current.version);
  const [left] = await todo(fernando);
  expect((await open(fernando, left?.id ?? '')).form.version).toBe(next.version);
});

test('figures of parts add up to the whole', async () => {
  const { total, operators, queues, weeks } = await elena.call(api.qualityFigures, { query: recent(today()) });
  expect(total.reviews).toBeGreaterThan(1);
  for (const parts of [operators, queues, weeks]) {
    expect(parts.reduce((sum, part) => sum + part.reviews, 0)).toBe(total.reviews);
  }
});

const today = () => centre.clock.now().toLocaleDateString('sv', { timeZone: 'America/Mexico_City' });
const recent = (to: string) => ({
  from: new Date(Date.parse(to) - 30 * DAY_MS).toISOString().slice(0, 10),
  to,
});
