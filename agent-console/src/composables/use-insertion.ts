import { nextTick, type Ref, watch } from 'vue';
import { useSuggestions } from '../stores/suggestions.ts';
import { useWorkspace } from '../stores/workspace.ts';
import type { Draft } from './draft-storage.ts';

interface InsertionOptions {
  ticketId: string;
  draft: Draft;
  mode: Ref<'reply' | 'note'>;
  textarea: Readonly<Ref<HTMLTextAreaElement | null | undefined>>;
  allowed: () => boolean;
}

/** Takes into the reply what was suggested, where the caret is; it is never sent by itself. */
export function useInsertion({ ticketId, draft, mode, textarea, allowed }: InsertionOptions) {
  const workspace = useWorkspace();
  const suggestions = useSuggestions();

  watch(
    () => workspace.insertion,
    async (wanted) => {
      workspace.insertion = null;
      if (!wanted || !allowed()) return;
      mode.value = 'reply';
      await nextTick();
      const { reply } = draft;
      const at = textarea.value?.selectionStart ?? reply.length;
      // Words that stand there already keep a line to themselves.
      const before = reply.slice(0, at).trimEnd();
      const after = reply.slice(at).trimStart();
      const start = before === '' ? '' : `${before}\n\n`;
      draft.reply = `${start}${wanted.text}${after === '' ? '' : `\n\n${after}`}`;
      draft.inserted = wanted;
      suggestions.setAside(ticketId);
      await nextTick();
      const end = start.length + wanted.text.length;
      textarea.value?.focus();
      textarea.value?.setSelectionRange(end, end);
    },
  );
}
