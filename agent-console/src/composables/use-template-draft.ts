import { computed } from 'vue';
import type { MessagingStanding } from '../../../server/contract/messaging.ts';
import { blankTemplate, type Draft, type TemplateDraft, wantTemplate } from './draft-storage.ts';
import { type MessagingWindow, windowAt } from './messaging-window.ts';
import { filledVariables, templatePieces } from './template-text.ts';
import { useNow } from './use-now.ts';

/** The template in the place of a reply: because the window is closed, or because somebody chose to. */
export function useTemplateDraft(draft: Draft, standing: () => MessagingStanding | null) {
  const now = useNow();
  const window = computed<MessagingWindow>(() => {
    const given = standing();
    return given ? windowAt(given, now.value) : { state: 'always' };
  });
  const templates = computed(() => standing()?.templates ?? []);
  const forced = computed(() => window.value.state === 'closed');
  const active = computed(() => forced.value || (draft.template?.wanted === true && templates.value.length > 0));

  const current = computed<TemplateDraft>({
    get: () => draft.template ?? blankTemplate(),
    set: (next) => {
      draft.template = { ...next, wanted: draft.template?.wanted ?? false };
    },
  });
  const chosen = computed(() => templates.value.find(({ id }) => id === current.value.id) ?? null);
  const variables = computed(() => chosen.value && filledVariables(chosen.value, current.value.variables));
  const complete = computed(() => variables.value !== null);

  const begin = () => wantTemplate(draft);
  function leave() {
    draft.template = null;
  }

  /** What is sent, and how it reads; undefined while something is missing. */
  function outgoing() {
    if (!chosen.value || !variables.value) return undefined;
    const text = templatePieces(chosen.value, variables.value)
      .map((piece) => piece.text)
      .join('');
    return { text, template: { id: chosen.value.id, variables: variables.value } };
  }

  return { window, templates, forced, active, current, complete, begin, leave, outgoing };
}
export type TemplateDraftState = ReturnType<typeof useTemplateDraft>;
