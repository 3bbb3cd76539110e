import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { SavedView, TicketFilters } from '../../../server/contract/inbox.ts';
import { call } from '../api/client.ts';

/** Lists that somebody comes back to, one's own first. */
export const useSavedViews = defineStore('saved-views', () => {
  const views = ref<SavedView[]>([]);

  /** What cannot be loaded stays as it was: the lists themselves work without. */
  async function load() {
    const answer = await call('listSavedViews').catch(() => null);
    if (answer) views.value = answer.views;
  }

  async function save(name: string, filters: TicketFilters, shared: boolean) {
    const view = await call('createSavedView', { body: { name, filters, shared } });
    const own = views.value.filter(({ mine }) => mine);
    views.value = [...own, view, ...views.value.filter(({ mine }) => !mine)];
  }

  async function remove(id: string) {
    await call('deleteSavedView', { params: { id } });
    views.value = views.value.filter((view) => view.id !== id);
  }

  return { views, load, save, remove };
});
