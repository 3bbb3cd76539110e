import { useDebounceFn, useEventListener } from '@vueuse/core';
import { computed, onBeforeUnmount, reactive, ref } from 'vue';
import type { Answer, ReviewAnswers } from '../../../server/contract/quality.ts';
import type { FormVersion } from '../../../server/contract/quality-form.ts';
import { isAsked, scoreOf } from '../../../server/contract/quality-score.ts';
import type { ApiFailure } from '../api/failure.ts';

/** Long enough that a word is not saved letter by letter. */
const SETTLE_MS = 700;

export interface Given {
  formVersion: number;
  answers: ReviewAnswers;
  comment: string;
}
interface Scoring {
  form: FormVersion;
  channel: string;
  answers: ReviewAnswers;
  comment: string;
  /** Keeps what is answered so far; null: nothing is kept before it is sent. */
  save: ((given: Given) => Promise<unknown>) | null;
}

/** Free of proxies, and of what is undefined. */
const copy = (answers: ReviewAnswers): ReviewAnswers => JSON.parse(JSON.stringify(answers));

/** Answers to a form while somebody gives them, with what they come to, kept as they are given. */
export function useScoring({ form, channel, answers: before, comment: said, save }: Scoring) {
  const answers = reactive(copy(before));
  const comment = ref(said);
  const keeping = ref<'kept' | 'waiting' | 'keeping' | 'failed'>('kept');
  const failure = ref<ApiFailure | null>(null);
  const score = computed(() => scoreOf(form.form, channel, answers));
  const sections = form.form.sections
    .map((section) => ({ ...section, questions: section.questions.filter((each) => isAsked(each, channel)) }))
    .filter((section) => section.questions.length > 0);
  const questions = sections.flatMap((section) => section.questions);

  const given = (): Given => ({
    formVersion: form.version,
    answers: copy(answers),
    comment: comment.value,
  });

  /** One at a time, so that an older state never overwrites a newer one. */
  let line: Promise<void> = Promise.resolve();
  function keep(): Promise<void> {
    if (!save || keeping.value !== 'waiting') return line;
    line = line.then(async () => {
      keeping.value = 'keeping';
      try {
        await save(given());
        failure.value = null;
        if (keeping.value === 'keeping') keeping.value = 'kept';
      } catch (error) {
        failure.value = error as ApiFailure;
        keeping.value = 'failed';
      }
    });
    return line;
  }
  const keepSoon = useDebounceFn(keep, SETTLE_MS);

  function touch() {
    if (!save) return;
    keeping.value = 'waiting';
    void keepSoon();
  }
  function answer(id: string, part: Partial<Answer>) {
    const known = answers[id];
    if (part.value !== undefined) answers[id] = { ...known, ...part, value: part.value };
    else if (known) answers[id] = { ...known, ...part };
    else return;
    touch();
  }
  function say(text: string) {
    comment.value = text;
    touch();
  }

  useEventListener(window, 'online', touch);
  onBeforeUnmount(keep);
  return { form, sections, questions, answers, comment, score, keeping, failure, given, answer, say, keep };
}
export type ScoringState = ReturnType<typeof useScoring>;
