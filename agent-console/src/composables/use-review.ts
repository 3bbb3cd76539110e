import { ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import type { TurnFilter, TurnPage } from '../../../server/contract/learning.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { useLoad } from './use-load.ts';
import { useSaved } from './use-saved.ts';
import { useSubmit } from './use-submit.ts';

/** Answers of the bot to be reviewed, a page at a time. */
export function useReview() {
  const { t } = useI18n();
  const { saved } = useSaved();
  const filter = ref<TurnFilter>('all');
  const { state, load } = useLoad(() => call('listTurns', { query: { filter: filter.value } }));
  watch(filter, () => {
    state.value = { status: 'loading' };
    void load();
  });

  const change = (edit: (page: TurnPage) => TurnPage) => {
    if (state.value.status === 'ready') state.value = { status: 'ready', value: edit(state.value.value) };
  };
  const more = useSubmit(async () => {
    if (state.value.status !== 'ready' || state.value.value.nextCursor === null) return;
    const { nextCursor } = state.value.value;
    const next = await call('listTurns', { query: { filter: filter.value, cursor: nextCursor } });
    change((page) => ({ ...next, turns: [...page.turns, ...next.turns] }));
  });
  const dismissFailure = ref<ApiFailure | null>(null);
  async function dismiss(id: string, dismissed: boolean) {
    dismissFailure.value = null;
    try {
      await call('dismissTurn', { params: { id }, body: { dismissed } });
    } catch (failure) {
      dismissFailure.value = failure as ApiFailure;
      return;
    }
    await load();
    if (dismissed) saved(t('learning.dismissed'), { label: t('close.undo'), run: () => dismiss(id, false) });
  }
  return { filter, state, load, more, dismiss, dismissFailure };
}
