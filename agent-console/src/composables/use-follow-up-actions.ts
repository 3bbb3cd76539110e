import { useToast } from '@nuxt/ui/composables/useToast';
import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { FollowUp } from '../../../server/contract/follow-up.ts';
import '../desk-texts.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { serverNow } from '../api/server-clock.ts';
import { useFollowUps } from '../stores/follow-ups.ts';
import { useFormats } from './use-formats.ts';
import { useSaved } from './use-saved.ts';

const UNDO_MS = 10_000;
/** The way back from what was done last, while it is offered. */
const undoable = ref<(() => Promise<unknown>) | null>(null);

/** What is done with a promise to look again; each can be taken back. */
export function useFollowUpActions() {
  const { t } = useI18n();
  const toast = useToast();
  const followUps = useFollowUps();
  const { opening } = useFormats();
  const { saved } = useSaved();

  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      await followUps.refresh();
      return true;
    } catch (failure) {
      toast.add({ title: (failure as ApiFailure).message, icon: 'i-lucide-circle-alert', color: 'error' });
      return false;
    }
  }

  function offerUndo(title: string, back: () => Promise<unknown>) {
    undoable.value = back;
    setTimeout(() => {
      if (undoable.value === back) undoable.value = null;
    }, UNDO_MS);
    saved(title, { label: t('close.undo'), run: undo });
  }

  async function undo(): Promise<void> {
    const back = undoable.value;
    undoable.value = null;
    if (back && (await attempt(back))) saved(t('followUp.undone'));
  }

  async function finish({ id }: Pick<FollowUp, 'id'>): Promise<void> {
    const params = { id };
    if (await attempt(() => call('finishFollowUp', { params }))) {
      offerUndo(t('followUp.finished'), () => call('reopenFollowUp', { params }));
    }
  }

  async function putOff({ id, dueAt: before }: Pick<FollowUp, 'id' | 'dueAt'>, dueAt: string): Promise<void> {
    const params = { id };
    if (await attempt(() => call('changeFollowUp', { params, body: { dueAt } }))) {
      offerUndo(t('followUp.putOff', { time: opening(dueAt, serverNow()) }), () =>
        call('changeFollowUp', { params, body: { dueAt: before } }),
      );
    }
  }

  return { undoable, undo, finish, putOff, offerUndo };
}
