import { ref } from 'vue';

export interface Question {
  title: string;
  /** What will happen, named. */
  effect: string;
  action: string;
  danger?: boolean;
}

const question = ref<(Question & { answer: (yes: boolean) => void }) | null>(null);

/** Asks before something that reaches further than the form it is in. Resolves to the answer. */
export function useConfirm() {
  function confirm(asked: Question): Promise<boolean> {
    return new Promise((resolve) => {
      question.value = {
        ...asked,
        answer: (yes) => {
          question.value = null;
          resolve(yes);
        },
      };
    });
  }
  return { question, confirm };
}
