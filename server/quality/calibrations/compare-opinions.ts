import type { Comparison, ReviewAnswers } from '../../contract/quality.ts';
import type { QualityForm } from '../../contract/quality-form.ts';
import { isAsked, metOf, scoreOf } from '../../contract/quality-score.ts';

/** What one person made of the contact. */
export interface Opinion {
  id: string;
  name: string;
  answers: ReviewAnswers;
  comment: string;
}

/**
 * How far apart people are who scored the same contact. A spread is between the highest and the lowest answer, in
 * points of 100; agreement is the share of pairs of people who gave the same answer.
 */
export function compareOpinions(form: QualityForm, channel: string, opinions: readonly Opinion[]): Comparison {
  const scored = opinions.map((opinion) => ({ ...opinion, score: scoreOf(form, channel, opinion.answers).score }));
  const scores = scored.flatMap(({ score }) => (score === null ? [] : [score]));
  const average = scores.length === 0 ? null : tenth(scores.reduce((sum, score) => sum + score, 0) / scores.length);
  const questions = form.sections
    .flatMap((section) => section.questions)
    .filter((question) => isAsked(question, channel))
    .map(({ id }) => {
      const answers = opinions.flatMap((opinion) => {
        const answer = opinion.answers[id];
        return answer ? [[opinion.id, answer] as const] : [];
      });
      const values = answers.map(([, { value }]) => value);
      const met = values.map(metOf).filter((share) => share !== null);
      return {
        id,
        answers: Object.fromEntries(answers),
        spread: met.length < 2 ? null : Math.round((Math.max(...met) - Math.min(...met)) * 100),
        ...pairsOf(values),
      };
    });
  return {
    average,
    agreement: shareOf(sum(questions, 'same'), sum(questions, 'pairs')),
    reviewers: scored.map(({ id, name, comment, score }) => ({
      id,
      name,
      comment,
      score,
      deviation: score === null || average === null ? null : tenth(score - average),
    })),
    questions: questions.map(({ same, pairs, ...question }) => ({ ...question, agreement: shareOf(same, pairs) })),
  };
}

function pairsOf(values: readonly unknown[]): { same: number; pairs: number } {
  let same = 0;
  values.forEach((value, index) => {
    same += values.slice(index + 1).filter((other) => other === value).length;
  });
  return { same, pairs: (values.length * (values.length - 1)) / 2 };
}

const sum = (questions: readonly { same: number; pairs: number }[], what: 'same' | 'pairs'): number =>
  questions.reduce((total, question) => total + question[what], 0);
const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const tenth = (value: number): number => Math.round(value * 10) / 10;
