import { defineStore } from 'pinia';
import { reactive } from 'vue';
import type { CaseSummary } from '../../../server/contract/case.ts';
import { consoleSocket } from '../api/socket.ts';

type Listener = (news: CaseSummary, before: CaseSummary | null) => void;

/** Cases by id, as they last were: one copy for every list, card and panel. */
export const useCases = defineStore('cases', () => {
  const cases = reactive(new Map<string, CaseSummary>());
  const listeners = new Set<Listener>();

  /** Takes in newer news of a case; older news is ignored. */
  function receive(news: CaseSummary) {
    const before = cases.get(news.id) ?? null;
    if (before && before.version >= news.version) return;
    cases.set(news.id, news);
    for (const listen of listeners) listen(news, before);
  }

  /** Hears of every case that comes or changes; gives the way to stop. */
  function onNews(listen: Listener): () => void {
    listeners.add(listen);
    return () => listeners.delete(listen);
  }

  consoleSocket().on('case', receive);
  return { cases, receive, onNews };
});
