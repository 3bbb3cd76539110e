import { defineStore } from 'pinia';
import { computed, reactive } from 'vue';
import type { Broadcast } from '../../../server/contract/broadcast.ts';
import { consoleSocket } from '../api/socket.ts';

/** Notices by id, as they last were: one copy for the list, the report and the case. */
export const useBroadcasts = defineStore('broadcasts', () => {
  const broadcasts = reactive(new Map<string, Broadcast>());

  /** Takes in newer news of a notice; older news is ignored. */
  function receive(news: Broadcast) {
    const known = broadcasts.get(news.id);
    if (!known || known.version < news.version) broadcasts.set(news.id, news);
  }

  const newestFirst = computed(() => [...broadcasts.values()].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)));

  consoleSocket().on('broadcast', receive);
  return { broadcasts, newestFirst, receive };
});
