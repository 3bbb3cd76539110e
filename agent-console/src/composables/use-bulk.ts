import { useToast } from '@nuxt/ui/composables/useToast';
import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { BulkAction, BulkResult } from '../../../server/contract/inbox.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { useSelection } from '../stores/selection.ts';
import { useSaved } from './use-saved.ts';

const UNDO_MS = 10_000;
/** What was done last to many, while it can be taken back. */
const undoable = ref<string | null>(null);

/** Does the same to every contact that is picked, says what became of them, and offers the way back. */
export function useBulk() {
  const { t } = useI18n();
  const toast = useToast();
  const selection = useSelection();
  const { saved } = useSaved();

  /** Rejects with the refusal of all of it, for the dialog to show. */
  async function apply(action: BulkAction): Promise<void> {
    const { undoId, done, refused } = await call('bulkTickets', { body: { ids: [...selection.picked], action } });
    selection.clear();
    // Those that could not be done are at hand for something else.
    for (const { id } of refused) selection.toggle(id);
    if (undoId) offerUndo(undoId, t(`bulk.done.${action.type}`, { n: done.length }, done.length));
    tellRefused(refused);
  }

  function offerUndo(id: string, title: string) {
    undoable.value = id;
    setTimeout(() => {
      if (undoable.value === id) undoable.value = null;
    }, UNDO_MS);
    saved(title, { label: t('bulk.undo'), run: undo });
  }

  async function undo(): Promise<void> {
    const id = undoable.value;
    if (!id) return;
    undoable.value = null;
    try {
      const { done, refused } = await call('undoBulk', { params: { id } });
      if (done.length > 0) saved(t('bulk.undone', { n: done.length }, done.length));
      tellRefused(refused);
    } catch (failure) {
      toast.add({ title: (failure as ApiFailure).message, icon: 'i-lucide-circle-alert', color: 'error' });
    }
  }

  /** How many, and each reason once. */
  function tellRefused(refused: BulkResult['refused']) {
    if (refused.length === 0) return;
    toast.add({
      title: t('bulk.refused', { n: refused.length }, refused.length),
      description: [...new Set(refused.map(({ message }) => message))].join(' '),
      icon: 'i-lucide-circle-alert',
      color: 'warning',
    });
  }

  return { apply, undo, undoable, offerUndo };
}
