import { watchDebounced } from '@vueuse/core';
import { computed, reactive, ref } from 'vue';
import type { BroadcastPreview } from '../../../server/contract/broadcast.ts';
import type { CaseSummary } from '../../../server/contract/case.ts';
import { limits } from '../../../server/contract/limits.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { useBroadcasts } from '../stores/broadcasts.ts';
import { useDirectory } from '../stores/directory.ts';
import { isReached } from './broadcast-look.ts';
import { blankTemplate } from './draft-storage.ts';
import { filledVariables } from './template-text.ts';
import { useSubmit } from './use-submit.ts';

const PREVIEW_MILLISECONDS = 350;

/** A notice to those who follow a case, with how many would get it how while it is written. */
export function useBroadcastForm(of: CaseSummary, done: () => void) {
  const directory = useDirectory();
  const broadcasts = useBroadcasts();
  /** A retry with the same id is the same notice. */
  const clientId = crypto.randomUUID();
  const form = reactive({ text: '', withTemplate: false, template: blankTemplate() });
  const templates = computed(() => directory.city?.templates ?? []);
  const preview = ref<BroadcastPreview | null>(null);
  const previewFailure = ref<ApiFailure | null>(null);

  const template = computed(() => {
    const chosen = templates.value.find(({ id }) => id === form.template.id);
    const variables = form.withTemplate && chosen ? filledVariables(chosen, form.template.variables) : null;
    return variables ? { id: form.template.id, variables } : null;
  });
  const text = computed(() => form.text.trim());
  const reached = computed(() =>
    (preview.value?.reach ?? []).filter(({ how }) => isReached(how)).reduce((sum, { count }) => sum + count, 0),
  );
  const complete = computed(
    () =>
      text.value !== '' &&
      text.value.length <= limits.textLength &&
      (!form.withTemplate || template.value !== null) &&
      reached.value > 0,
  );

  const words = () => ({ caseId: of.id, text: text.value, ...(template.value ? { template: template.value } : {}) });
  let asked = 0;
  async function look() {
    const turn = ++asked;
    try {
      // Whom it would reach does not depend on its words, which may still be missing.
      const found = await call('previewBroadcast', { body: { ...words(), text: text.value || '…' } });
      if (turn !== asked) return;
      preview.value = found;
      previewFailure.value = null;
    } catch (failure) {
      if (turn === asked) previewFailure.value = failure as ApiFailure;
    }
  }
  void look();
  watchDebounced([text, template], look, { debounce: PREVIEW_MILLISECONDS, deep: true });

  const { busy, failure, submit } = useSubmit(async () => {
    if (!complete.value || !preview.value) return;
    const expectedRecipients = preview.value.recipients;
    try {
      broadcasts.receive(await call('createBroadcast', { body: { ...words(), clientId, expectedRecipients } }));
    } catch (refusal) {
      // Somebody began or ceased to follow it: the numbers are looked at again before it leaves.
      if ((refusal as ApiFailure).code === 'broadcast_changed') await look();
      throw refusal;
    }
    done();
  });

  return { form, templates, preview, previewFailure, reached, complete, busy, failure, submit };
}
