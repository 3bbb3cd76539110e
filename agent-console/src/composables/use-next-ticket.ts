import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { TicketSummary } from '../../../server/contract/http.ts';
import { useInbox } from '../stores/inbox.ts';
import { useOffers } from '../stores/offers.ts';
import { usePreferences } from '../stores/preferences.ts';
import { useSession } from '../stores/session.ts';
import { useWorkspace } from '../stores/workspace.ts';
import { isTyping } from './keys.ts';
import { nextTicket } from './next-ticket.ts';

/** Whether words are being written where the caret is: then nobody is led away. A dialog is done with by now. */
function isWriting(): boolean {
  const at = document.activeElement;
  if (!isTyping(at) || at?.closest('[role=dialog]')) return false;
  return (at as HTMLTextAreaElement).value?.trim() !== '';
}

/** Opens the next contact once the one on screen is done with, for whoever wants it so. */
export function useNextTicket(mayTake: (ticket: TicketSummary) => boolean) {
  const { t } = useI18n();
  const router = useRouter();
  const inbox = useInbox();
  const offers = useOffers();
  const session = useSession();
  const preferences = usePreferences();
  const workspace = useWorkspace();

  async function after(id: string): Promise<void> {
    const { params, query } = router.currentRoute.value;
    if (!preferences.opensNext || params.id !== id || isWriting()) return;
    const next = nextTicket({
      offered: offers.current?.ticket ?? null,
      tickets: inbox.tickets.values(),
      reader: { operatorId: session.operator?.id ?? '', supervises: false },
      leaving: id,
      available: session.presence?.status === 'available',
      mayTake,
    });
    if (!next) return;
    const { ticket, reason } = next;
    await router.push({ name: 'ticket', params: { id: ticket.id }, query });
    workspace.announced = t(`next.${reason}`, {
      name: ticket.citizen.name ?? t('citizen.unnamed'),
      number: ticket.number,
    });
    if (reason === 'unanswered' && !isWriting()) workspace.toComposer('reply');
  }
  return { after };
}
