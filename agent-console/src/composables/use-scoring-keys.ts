import { useEventListener } from '@vueuse/core';
import { type Ref, ref } from 'vue';
import type { QualityQuestion } from '../../../server/contract/quality-form.ts';
import { isAnswerTo } from '../../../server/contract/quality-score.ts';
import type { AnswerValue } from '../../../server/contract/quality-terms.ts';
import { isTyping } from './keys.ts';
import type { ScoringState } from './use-scoring.ts';

/** What a key alone answers. S and N as Spanish says it, Y for English. */
const VALUES: Record<string, AnswerValue> = { s: 'yes', y: 'yes', n: 'no', x: 'na' };
const meaningOf = (key: string): AnswerValue | undefined =>
  VALUES[key] ?? (/^[0-5]$/.test(key) ? Number(key) : undefined);

interface Hands {
  root: Readonly<Ref<HTMLElement | null>>;
  /** Opens the comment of a question and puts the caret there. */
  comment: (id: string) => void;
  /** Points at the message that a question is about. */
  point: (id: string) => void;
  send: () => void;
}

/** Answers a form from the keyboard alone: a key answers the question at hand and goes on to the next. */
export function useScoringKeys(scoring: ScoringState, { root, comment, point, send }: Hands) {
  const current = ref<string | null>(null);
  const at = (): number => scoring.questions.findIndex(({ id }) => id === current.value);

  function go(id: string | undefined) {
    const field = id && root.value?.querySelector<HTMLElement>(`[data-question="${CSS.escape(id)}"]`);
    if (!field) return;
    current.value = id;
    (field.querySelector<HTMLInputElement>('input:checked') ?? field.querySelector('input'))?.focus({
      preventScroll: true,
    });
    field.scrollIntoView({ block: 'nearest' });
  }
  const step = (by: 1 | -1) => go(scoring.questions[at() + by]?.id);
  const begin = () => go(scoring.score.value.missing[0] ?? scoring.questions[0]?.id);

  function answerAt(question: QualityQuestion | undefined, value: AnswerValue) {
    if (!question) return begin();
    if (!isAnswerTo(question, value)) return;
    scoring.answer(question.id, { value });
    if (scoring.questions[at() + 1]) step(1);
  }

  useEventListener(document, 'keydown', (event) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && root.value?.contains(event.target as Node)) {
      event.preventDefault();
      send();
      return;
    }
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape' && isTyping(event.target) && root.value?.contains(event.target as Node)) {
      go(current.value ?? undefined);
      return;
    }
    if (isTyping(event.target) || document.querySelector('[role=dialog], [role=menu], [role=listbox]')) return;
    const key = event.key.toLowerCase();
    const question = scoring.questions[at()];
    const value = meaningOf(key);
    if (value !== undefined) answerAt(question, value);
    else if (key === 'j') step(1);
    else if (key === 'k') step(-1);
    else if (key === 'c' && question) comment(question.id);
    else if (key === 'm' && question) point(question.id);
    else return;
    event.preventDefault();
  });

  return { current, go, begin };
}
