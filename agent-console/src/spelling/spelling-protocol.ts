export type SpellingLanguage = 'es' | 'en';

/** Which of some words are wrong, or what was meant by one. */
export type SpellingQuestion = { id: number; language: SpellingLanguage } & ({ words: string[] } | { propose: string });

/** Those that are wrong, or what may be meant. */
export interface SpellingAnswer {
  id: number;
  words: string[];
}
