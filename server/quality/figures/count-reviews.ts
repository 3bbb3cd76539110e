import { DateTime } from 'luxon';
import type { ChannelName } from '../../contract/channel.ts';
import type { QualityFigures, ReviewAnswers } from '../../contract/quality.ts';
import type { QualityForm } from '../../contract/quality-form.ts';
import { metOf } from '../../contract/quality-score.ts';
import type { AppealState } from '../../contract/quality-terms.ts';

/** A published review as figures count it. */
export interface CountedReview {
  operatorId: string;
  queueId: string;
  channel: ChannelName;
  publishedAt: Date;
  score: number;
  failed: boolean;
  appeal: AppealState;
  answers: ReviewAnswers;
}

export interface CountedBy {
  timeZone: string;
  /** The newest: what questions are called, and in which order. */
  form: QualityForm;
  locale: 'es' | 'en';
  nameOf: (part: 'operator' | 'queue', key: string) => string;
}

/**
 * What published reviews came to. Each counts once, in the week of its publication, for its operator and the queue of
 * its contact, with the score that stands now; so every parting adds up to the whole.
 */
export function countReviews(reviews: readonly CountedReview[], by: CountedBy): QualityFigures {
  const { form, locale, nameOf } = by;
  const weekOf = ({ publishedAt }: CountedReview) =>
    DateTime.fromJSDate(publishedAt, { zone: by.timeZone }).startOf('week').toFormat('yyyy-MM-dd');
  const count = (test: (review: CountedReview) => boolean) => reviews.filter(test).length;
  return {
    total: {
      ...summed(reviews),
      failed: count(({ failed }) => failed),
      appealed: count(({ appeal }) => appeal !== 'none'),
      changed: count(({ appeal }) => appeal === 'changed'),
    },
    weeks: parted(reviews, weekOf, (week) => week).sort((a, b) => (a.key < b.key ? -1 : 1)),
    operators: byName(
      parted(
        reviews,
        ({ operatorId }) => operatorId,
        (id) => nameOf('operator', id),
      ),
    ),
    queues: byName(
      parted(
        reviews,
        ({ queueId }) => queueId,
        (id) => nameOf('queue', id),
      ),
    ),
    questions: form.sections.flatMap((section) =>
      section.questions.map((question) => {
        const met = reviews.map(({ answers }) => metOf(answers[question.id]?.value)).filter((share) => share !== null);
        return {
          id: question.id,
          title: question.title[locale] || question.title.es,
          section: section.title[locale] || section.title.es,
          answers: met.length,
          met: met.length === 0 ? null : met.reduce((sum, share) => sum + share, 0) / met.length,
        };
      }),
    ),
  };
}

/** Scores have one decimal, and so has their sum. */
function summed(reviews: readonly CountedReview[]) {
  const points = reviews.reduce((sum, { score }) => sum + Math.round(score * 10), 0) / 10;
  return { reviews: reviews.length, points };
}

const parted = (
  reviews: readonly CountedReview[],
  keyOf: (review: CountedReview) => string,
  label: (key: string) => string,
) => [...Map.groupBy(reviews, keyOf)].map(([key, group]) => ({ key, label: label(key), ...summed(group) }));

const byName = <Named extends { label: string }>(groups: Named[]): Named[] =>
  groups.sort((a, b) => a.label.localeCompare(b.label, 'es'));
