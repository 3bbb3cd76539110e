import { defineStore } from 'pinia';
import { effectScope, reactive, watch } from 'vue';
import { type Draft, isBlank, readDraft, writeDraft } from '../composables/draft-storage.ts';
import { useSession } from './session.ts';

/** What is being written, a draft a ticket, kept in this browser until it is sent. */
export const useDrafts = defineStore('drafts', () => {
  const session = useSession();
  const drafts = reactive(new Map<string, Draft>());
  const operatorId = session.operator?.id ?? '';

  function of(ticketId: string): Draft {
    const known = drafts.get(ticketId);
    if (known) return known;
    drafts.set(ticketId, readDraft(operatorId, ticketId));
    const draft = drafts.get(ticketId) as Draft;
    // Detached: the draft outlives the component that asked for it first.
    effectScope(true).run(() => watch(draft, () => writeDraft(operatorId, ticketId, draft), { deep: true }));
    return draft;
  }

  const hasDraft = (ticketId: string) => !isBlank(of(ticketId));
  return { of, hasDraft };
});
