import type { QualityForm, QualityQuestion } from './quality-form.ts';
import { type AnswerValue, SCALE_MOST } from './quality-terms.ts';

// Free of schemas: the server scores by it, and the screen shows the same while somebody answers.

export type Answers = Readonly<Record<string, { value: AnswerValue }>>;

export interface SectionScore {
  id: string;
  /** 0 to 100; null: nothing in it applies. */
  score: number | null;
}

export interface Score {
  /** 0 to 100, to one decimal; null: nothing that applies was answered. */
  score: number | null;
  sections: SectionScore[];
  /** Critical questions answered with no: one is enough for 0. */
  failed: string[];
  /** Questions of this contact that have no answer yet, in the form's order. */
  missing: string[];
}

/** Whether a question is asked of a contact on this channel. */
export const isAsked = ({ scope }: Pick<QualityQuestion, 'scope'>, channel: string): boolean =>
  scope === 'all' || (scope === 'spoken') === (channel === 'voice');

/** How much of a question was met, 0 to 1; null: it does not apply, or has no answer. */
export function metOf(value: AnswerValue | undefined): number | null {
  if (value === undefined || value === 'na') return null;
  if (typeof value === 'number') return value / SCALE_MOST;
  return value === 'yes' ? 1 : 0;
}

/** Whether a value is one that the question takes. */
export const isAnswerTo = ({ kind }: Pick<QualityQuestion, 'kind'>, value: AnswerValue): boolean =>
  value === 'na' || (kind === 'scale') === (typeof value === 'number');

/**
 * What the answers come to. A section is the mean of its questions by their weights, the contact the mean of its
 * sections by theirs; what does not apply leaves its weight to the rest. A critical question failed makes it 0.
 */
export function scoreOf(form: QualityForm, channel: string, answers: Answers): Score {
  const asked = form.sections.map((section) => ({
    ...section,
    questions: section.questions.filter((question) => isAsked(question, channel)),
  }));
  const given = ({ id }: { id: string }) => answers[id]?.value;
  const sections = asked.map((section) => ({
    weight: section.weight,
    id: section.id,
    met: mean(section.questions.map((question) => ({ met: metOf(given(question)), weight: question.weight }))),
  }));
  const questions = asked.flatMap((section) => section.questions);
  const failed = questions.filter((question) => question.critical && given(question) === 'no').map(({ id }) => id);
  const met = mean(sections);
  return {
    score: met === null ? null : failed.length > 0 ? 0 : toPercent(met),
    sections: sections.map((section) => ({
      id: section.id,
      score: section.met === null ? null : toPercent(section.met),
    })),
    failed,
    missing: questions.filter((question) => given(question) === undefined).map(({ id }) => id),
  };
}

const toPercent = (met: number): number => Math.round(met * 1_000) / 10;

function mean(parts: readonly { met: number | null; weight: number }[]): number | null {
  const counted = parts.flatMap(({ met, weight }) => (met === null ? [] : [{ met, weight }]));
  const weight = counted.reduce((sum, part) => sum + part.weight, 0);
  return weight === 0 ? null : counted.reduce((sum, part) => sum + part.met * part.weight, 0) / weight;
}
