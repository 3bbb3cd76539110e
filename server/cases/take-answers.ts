import { AppError } from '../contract/errors.ts';
import { type CaseAnswer, type FormQuestion, fitsQuestion, type GivenAnswer } from '../contract/service-form.ts';
import type { Service } from './services.ts';

/**
 * What was answered to a service's questions, each with the question as it is asked today.
 * @throws AppError `answer_required`, `answer_unreadable`, each with its `question`
 */
export function takeAnswers(
  service: Pick<Service, 'questions'>,
  given: readonly GivenAnswer[],
  { photos }: { photos: number },
): CaseAnswer[] {
  const values = valuesOf(given);
  return service.questions.flatMap((question) => {
    const value = values.get(question.id);
    if (question.kind === 'photo' ? photos === 0 : value === undefined) {
      if (question.required) throw new AppError('answer_required', { question: question.label.es });
      return [];
    }
    if (value === undefined) return [];
    if (!fitsQuestion(question, value)) throw new AppError('answer_unreadable', { question: question.label.es });
    return [answered(question, value)];
  });
}

/** The same of what was asked in a conversation: the form may be another by now, and nobody is asked again for that. */
export function keepAnswers(service: Pick<Service, 'questions'>, given: readonly GivenAnswer[] = []): CaseAnswer[] {
  const values = valuesOf(given);
  return service.questions.flatMap((question) => {
    const value = values.get(question.id);
    return value !== undefined && fitsQuestion(question, value) ? [answered(question, value)] : [];
  });
}

const valuesOf = (given: readonly GivenAnswer[]): Map<string, string> =>
  new Map(given.map(({ questionId, value }) => [questionId, value.trim()]));

function answered({ id, label, kind, choices }: FormQuestion, value: string): CaseAnswer {
  const shown = choices.find((choice) => choice.id === value)?.title ?? { es: value, en: value };
  return { questionId: id, question: label, kind, value, shown };
}
