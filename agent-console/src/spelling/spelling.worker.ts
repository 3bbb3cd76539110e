import { propose } from './propose.ts';
import { withoutPronouns } from './spanish-verbs.ts';
import type { SpellingAnswer, SpellingQuestion } from './spelling-protocol.ts';
import { createWordList, type WordList } from './word-list.ts';

// A dictionary takes some megabytes and a moment to read: here nobody's typing waits for it.
const dictionaries = {
  es: () => import('virtual:dictionary/es'),
  en: () => import('virtual:dictionary/en'),
};
const bareOf = { es: withoutPronouns, en: () => null };
const lists = new Map<string, Promise<WordList>>();
const known = new Set<string>();

function listOf(language: keyof typeof dictionaries): Promise<WordList> {
  const loaded =
    lists.get(language) ?? dictionaries[language]().then(({ aff, dic }) => createWordList(aff, dic, bareOf[language]));
  lists.set(language, loaded);
  return loaded;
}

async function answer(question: SpellingQuestion): Promise<SpellingAnswer> {
  const list = await listOf(question.language);
  list.know(known);
  if ('propose' in question) return { id: question.id, words: propose(question.propose, list) };
  return { id: question.id, words: question.words.filter((word) => !list.isRight(word)) };
}

self.onmessage = async ({ data }: MessageEvent<SpellingQuestion | { know: string[] }>) => {
  if ('know' in data) for (const word of data.know) known.add(word);
  else self.postMessage(await answer(data));
};
