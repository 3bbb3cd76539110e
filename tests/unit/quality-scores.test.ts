import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReviewAnswers } from '../../server/contract/quality.ts';
import { type QualityForm, qualityFormSchema } from '../../server/contract/quality-form.ts';
import { scoreOf } from '../../server/contract/quality-score.ts';
import { compareOpinions } from '../../server/quality/calibrations/compare-opinions.ts';
import { type CountedReview, countReviews } from '../../server/quality/figures/count-reviews.ts';

const title = { es: 'Pregunta', en: 'Question' };
const form: QualityForm = qualityFormSchema.parse({
  title,
  sections: [
    {
      id: 'trato',
      title,
      weight: 30,
      questions: [
        { id: 'saludo', title, kind: 'yes-no', weight: 1 },
        { id: 'tono', title, kind: 'scale', weight: 2, scope: 'spoken' },
      ],
    },
    {
      id: 'fondo',
      title,
      weight: 70,
      questions: [
        { id: 'correcta', title, kind: 'scale', weight: 1 },
        { id: 'datos', title, kind: 'yes-no', weight: 1, critical: true },
      ],
    },
  ],
});
const answers = (values: Record<string, ReviewAnswers[string]['value']>): ReviewAnswers =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value }]));

test.each([
  ['everything done', 'voice', { saludo: 'yes', tono: 5, correcta: 5, datos: 'yes' }, 100],
  ['sections count by their weight', 'chat', { saludo: 'no', correcta: 5, datos: 'yes' }, 70],
  ['questions count by theirs', 'voice', { saludo: 'no', tono: 5, correcta: 5, datos: 'yes' }, 90],
  ['what does not apply leaves its weight to the rest', 'chat', { saludo: 'yes', correcta: 4, datos: 'na' }, 86],
  ['a section without answers counts nowhere', 'chat', { saludo: 'na', correcta: 3, datos: 'yes' }, 80],
  ['a critical question failed makes it nothing', 'chat', { saludo: 'yes', correcta: 5, datos: 'no' }, 0],
  ['nothing applies', 'chat', { saludo: 'na', correcta: 'na', datos: 'na' }, null],
] as const)('%s', (_, channel, values, expected) => {
  const { score, missing } = scoreOf(form, channel, answers(values));
  expect(score).toBe(expected);
  expect(missing).toEqual([]);
});

test('a question about the voice is asked of calls alone', () => {
  expect(scoreOf(form, 'voice', {}).missing).toEqual(['saludo', 'tono', 'correcta', 'datos']);
  expect(scoreOf(form, 'email', {}).missing).toEqual(['saludo', 'correcta', 'datos']);
});

test('a form with an id twice, or a scale that is critical, is none', () => {
  const broken = (change: (form: QualityForm) => void) => {
    const copy = structuredClone(form);
    change(copy);
    return qualityFormSchema.safeParse(copy).success;
  };
  expect(broken(() => {})).toBe(true);
  expect(broken(({ sections }) => Object.assign(sections[1]?.questions[0] ?? {}, { id: 'saludo' }))).toBe(false);
  expect(broken(({ sections }) => Object.assign(sections[1]?.questions[0] ?? {}, { critical: true }))).toBe(false);
});

test('opinions are compared by question and by person', () => {
  const opinion = (id: string, values: Parameters<typeof answers>[0]) => ({
    id,
    name: id,
    comment: '',
    answers: answers(values),
  });
  const compared = compareOpinions(form, 'chat', [
    opinion('elena', { saludo: 'yes', correcta: 5, datos: 'yes' }),
    opinion('fernando', { saludo: 'yes', correcta: 1, datos: 'yes' }),
    opinion('gloria', { saludo: 'na', correcta: 5, datos: 'yes' }),
  ]);
  const [greeting, right, data] = compared.questions;
  expect([greeting?.spread, right?.spread, data?.spread]).toEqual([0, 80, 0]);
  expect([greeting?.agreement, right?.agreement, data?.agreement]).toEqual([1 / 3, 1 / 3, 1]);
  expect(compared.agreement).toBeCloseTo(5 / 9);
  expect(compared.reviewers.map(({ score }) => score)).toEqual([100, 72, 100]);
  expect(compared.average).toBe(90.7);
  expect(compared.reviewers.map(({ deviation }) => deviation)).toEqual([9.3, -18.7, 9.3]);
});

test('whatever reviews are parted by, the parts add up to the whole', () => {
  const review: fc.Arbitrary<CountedReview> = fc.record({
    operatorId: fc.constantFrom('ana', 'beto'),
    queueId: fc.constantFrom('general', 'tramites', ''),
    channel: fc.constantFrom('chat' as const, 'voice' as const),
    publishedAt: fc.date({ min: new Date('2026-01-01'), max: new Date('2026-03-01'), noInvalidDate: true }),
    score: fc.integer({ min: 0, max: 1_000 }).map((tenths) => tenths / 10),
    failed: fc.boolean(),
    appeal: fc.constantFrom('none' as const, 'kept' as const, 'changed' as const),
    answers: fc.constant({}),
  });
  const by = {
    timeZone: 'America/Mexico_City',
    form,
    locale: 'es' as const,
    nameOf: (_: string, key: string) => key,
  };
  fc.assert(
    fc.property(fc.array(review), (reviews) => {
      const { total, weeks, operators, queues } = countReviews(reviews, by);
      expect(total.reviews).toBe(reviews.length);
      for (const parts of [weeks, operators, queues]) {
        expect(parts.reduce((sum, part) => sum + part.reviews, 0)).toBe(total.reviews);
        expect(parts.reduce((sum, part) => sum + Math.round(part.points * 10), 0)).toBe(Math.round(total.points * 10));
      }
    }),
  );
});
