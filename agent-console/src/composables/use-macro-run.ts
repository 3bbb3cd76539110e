import { useI18n } from 'vue-i18n';
import type { Macro } from '../../../server/contract/macro.ts';
import { call } from '../api/client.ts';
import '../list-texts.ts';
import '../macro-texts.ts';
import { useDrafts } from '../stores/drafts.ts';
import { useInbox } from '../stores/inbox.ts';
import { useWorkspace } from '../stores/workspace.ts';
import { useBulk } from './use-bulk.ts';
import { useSaved } from './use-saved.ts';

/** Does a macro to a contact and says so, with the way back where something was changed. */
export function useMacroRun() {
  const { t } = useI18n();
  const inbox = useInbox();
  const drafts = useDrafts();
  const workspace = useWorkspace();
  const bulk = useBulk();
  const { saved } = useSaved();

  /** Rejects with the refusal: then nothing was done. */
  async function run(ticketId: string, macro: Macro, runId: string): Promise<void> {
    const body = { macroId: macro.id, runId };
    const { ticket, insert, undoId } = await call('runMacro', { params: { id: ticketId }, body });
    inbox.receive(ticket);
    if (insert !== null) {
      const draft = drafts.of(ticketId);
      draft.reply = [draft.reply.trim(), insert].filter(Boolean).join('\n');
      workspace.toComposer('reply');
    }
    const { title } = macro;
    const spoken = macro.steps.some(({ type }) => type === 'reply' || type === 'note');
    if (undoId) bulk.offerUndo(undoId, t(spoken ? 'macro.doneSaid' : 'macro.done', { title }));
    else if (insert === null) saved(t('macro.done', { title }));
  }
  return { run };
}
