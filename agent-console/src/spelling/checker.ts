import type { SpellingAnswer, SpellingLanguage, SpellingQuestion } from './spelling-protocol.ts';
import { type PlacedWord, wordsIn } from './words-in.ts';

export interface Checker {
  /** The words of a text that are wrong. Each word is asked about once; a long text costs what is new in it. */
  wrongIn(text: string, language: SpellingLanguage): Promise<PlacedWord[]>;
  /** What was probably meant. */
  propose(word: string, language: SpellingLanguage): Promise<string[]>;
  /** Words that are right besides. */
  know(words: readonly string[]): void;
  stop(): void;
}

type Asked = SpellingQuestion extends infer Question
  ? Question extends unknown
    ? Omit<Question, 'id'>
    : never
  : never;

/** Asks a worker of its own, which loads a dictionary when something is written in its language. */
export function startChecker(): Checker {
  const worker = new Worker(new URL('./spelling.worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, (words: string[]) => void>();
  let verdicts = new Map<string, boolean>();
  let last = 0;

  worker.onmessage = ({ data }: MessageEvent<SpellingAnswer>) => {
    waiting.get(data.id)?.(data.words);
    waiting.delete(data.id);
  };

  function ask(question: Asked): Promise<string[]> {
    last += 1;
    const id = last;
    worker.postMessage({ ...question, id });
    return new Promise((resolve) => waiting.set(id, resolve));
  }

  const keyOf = (word: string, language: SpellingLanguage) => `${language} ${word}`;

  return {
    async wrongIn(text, language) {
      const words = wordsIn(text);
      const unheard = [...new Set(words.map(({ word }) => word))].filter(
        (word) => !verdicts.has(keyOf(word, language)),
      );
      if (unheard.length > 0) {
        const asked = verdicts;
        const wrong = new Set(await ask({ language, words: unheard }));
        for (const word of unheard) asked.set(keyOf(word, language), wrong.has(word));
      }
      return words.filter(({ word }) => verdicts.get(keyOf(word, language)) === true);
    },
    propose: (word, language) => ask({ language, propose: word }),
    know(words) {
      verdicts = new Map();
      worker.postMessage({ know: [...words] });
    },
    stop: () => worker.terminate(),
  };
}
