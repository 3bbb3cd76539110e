import { useToast } from '@nuxt/ui/composables/useToast';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { TicketSummary } from '../../../server/contract/http.ts';
import '../desk-texts.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { useConversations } from '../stores/conversations.ts';
import { useInbox } from '../stores/inbox.ts';
import { useSession } from '../stores/session.ts';
import { useSaved } from './use-saved.ts';

/** What was asked about and answered with yes. */
export interface Agreed {
  evenIfHeld?: boolean;
  otherPerson?: boolean;
}

/** Makes contacts one matter, and parts them again. */
export function useTicketMerge() {
  const { t } = useI18n();
  const inbox = useInbox();
  const conversations = useConversations();
  const session = useSession();
  const router = useRouter();
  const toast = useToast();
  const { saved } = useSaved();

  /** Which of two goes on unless somebody chooses: what one has in one's hands, else who has waited longer. */
  function keptOf(one: TicketSummary, other: TicketSummary): TicketSummary {
    const mine = [one, other].filter(({ operator }) => operator?.id === session.operator?.id);
    if (mine.length === 1) return mine[0] as TicketSummary;
    return other.clockAt < one.clockAt ? other : one;
  }

  /** Rejects with the refusal, for the dialog to ask about it. */
  async function merge(id: string, intoId: string, agreed: Agreed): Promise<void> {
    const { merged, kept } = await call('mergeTickets', { params: { id }, body: { intoId, ...agreed } });
    for (const ticket of [merged, kept]) inbox.receive(ticket);
    void conversations.load(kept.id);
    await router.push({ name: 'ticket', params: { id: kept.id }, query: router.currentRoute.value.query });
    saved(t('join.done', { merged: merged.number, kept: kept.number }), {
      label: t('close.undo'),
      run: () => part(merged.id),
    });
  }

  async function part(id: string): Promise<void> {
    try {
      const { merged, kept } = await call('undoTicketMerge', { params: { id } });
      for (const ticket of [merged, kept]) inbox.receive(ticket);
      for (const ticket of [merged, kept]) if (conversations.open.has(ticket.id)) void conversations.load(ticket.id);
      saved(t('join.undone', { merged: merged.number, kept: kept.number }));
    } catch (failure) {
      toast.add({ title: (failure as ApiFailure).message, icon: 'i-lucide-circle-alert', color: 'error' });
    }
  }

  return { keptOf, merge, part };
}
