import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import type { QualityStanding } from '../../../server/contract/quality.ts';
import { call } from '../api/client.ts';
import { consoleSocket } from '../api/socket.ts';
import { useConnection } from './connection.ts';

/** What of reviews waits for the reader; the pages load the rest themselves. */
export const useQuality = defineStore('quality', () => {
  const standing = ref<QualityStanding>({ todo: 0, calibrations: 0, appeals: 0, unseen: 0 });
  const waiting = computed(() => Object.values(standing.value).reduce((sum, count) => sum + count, 0));
  const changes = ref(0);

  /** A count that could not be fetched stays as it was: the next change asks again. */
  async function look() {
    standing.value = await call('qualityStanding').catch(() => standing.value);
  }
  consoleSocket().on('changed', ({ what }) => {
    if (what !== 'quality') return;
    changes.value += 1;
    void look();
  });
  useConnection().onReconnect(look);

  return { standing, waiting, changes, look };
});
