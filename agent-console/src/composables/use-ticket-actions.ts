import { useToast } from '@nuxt/ui/composables/useToast';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { TicketSummary } from '../../../server/contract/http.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { serverNow } from '../api/server-clock.ts';
import { useCalls } from '../stores/calls.ts';
import { useInbox } from '../stores/inbox.ts';
import { useOffers } from '../stores/offers.ts';
import { useSession } from '../stores/session.ts';
import { useWorkspace } from '../stores/workspace.ts';
import { isTyping } from './keys.ts';
import { useFormats } from './use-formats.ts';
import { useNextTicket } from './use-next-ticket.ts';
import { useSaved } from './use-saved.ts';

/** What an operator does with a contact; a refusal is told in a toast and changes nothing. */
export function useTicketActions() {
  const session = useSession();
  const inbox = useInbox();
  const offers = useOffers();
  const calls = useCalls();
  const workspace = useWorkspace();
  const router = useRouter();
  const toast = useToast();
  const { saved } = useSaved();
  const { opening } = useFormats();
  const { t } = useI18n();

  function tell(failure: ApiFailure) {
    toast.add({ title: failure.message, icon: 'i-lucide-circle-alert', color: 'error' });
  }

  const isHeldByMe = (ticket: TicketSummary) => ticket.operator?.id === session.operator?.id;
  const isMine = (ticket: TicketSummary) => ticket.state === 'assigned' && isHeldByMe(ticket);
  const canWake = (ticket: TicketSummary) => ticket.state === 'snoozed' && isHeldByMe(ticket);
  const isOpen = (ticket: TicketSummary) => ticket.state !== 'closed';
  const canTake = (ticket: TicketSummary) =>
    isOpen(ticket) &&
    !isMine(ticket) &&
    !canWake(ticket) &&
    (session.supervises || ticket.state === 'bot' || ticket.state === 'waiting');
  /** Somebody is on the line: what is done with them is done with the call. */
  const isOnLine = (ticket: TicketSummary) => ticket.channel === 'voice' && calls.liveOf(ticket.id) !== null;
  const isOurs = (ticket: TicketSummary) => isOpen(ticket) && (isMine(ticket) || session.supervises);
  const canTransfer = (ticket: TicketSummary) => isOurs(ticket) && !isOnLine(ticket);
  const canClose = canTransfer;
  const canSnooze = (ticket: TicketSummary) => isMine(ticket) && !isOnLine(ticket);
  /** What the bot has is to be taken first. */
  const canMerge = (ticket: TicketSummary) =>
    isOpen(ticket) && ticket.state !== 'bot' && !isOnLine(ticket) && (isHeldByMe(ticket) || canTake(ticket));
  const canForward = (ticket: TicketSummary) => isOurs(ticket) || canWake(ticket);

  const next = useNextTicket(canTake);

  async function attempt<Result>(work: () => Promise<Result>): Promise<Result | null> {
    try {
      return await work();
    } catch (failure) {
      tell(failure as ApiFailure);
      return null;
    }
  }

  const open = (id: string) => router.push({ name: 'ticket', params: { id } });

  async function take(id: string) {
    const ticket = await attempt(() => call('takeTicket', { params: { id } }));
    if (ticket) inbox.receive(ticket);
  }

  async function reopen(id: string) {
    const ticket = await attempt(() => call('reopenTicket', { params: { id } }));
    if (!ticket) return;
    inbox.receive(ticket);
    await open(id);
  }

  /** Rejects with the refusal, for the dialog to show beside its form. */
  async function close(id: string, disposition: string, note: string) {
    const body = { disposition, ...(note ? { note } : {}) };
    const ticket = await call('closeTicket', { params: { id }, body });
    inbox.receive(ticket);
    saved(t('close.done', { number: ticket.number }), { label: t('close.undo'), run: () => reopen(id) });
    void next.after(id);
  }

  async function transfer(id: string, to: { operatorId: string } | { queueId: string }, name: string, note: string) {
    const ticket = await call('transferTicket', { params: { id }, body: { ...to, ...(note ? { note } : {}) } });
    inbox.receive(ticket);
    toast.add({ title: t('transfer.done', { number: ticket.number, name }), icon: 'i-lucide-arrow-right-left' });
    void next.after(id);
  }

  async function wake(id: string) {
    const ticket = await attempt(() => call('wakeTicket', { params: { id } }));
    if (ticket) inbox.receive(ticket);
  }

  /** `until` null: until the citizen answers. Rejects with the refusal, for the dialog to show. */
  async function snooze(id: string, until: string | null) {
    const ticket = await call('snoozeTicket', { params: { id }, body: { until } });
    inbox.receive(ticket);
    saved(until ? t('snooze.done', { time: opening(until, serverNow()) }) : t('snooze.doneUntilAnswer'), {
      label: t('close.undo'),
      run: () => wake(id),
    });
    void next.after(id);
  }

  async function acceptOffer() {
    const offer = offers.current;
    if (!offer || offers.answering) return;
    const id = await attempt(() => offers.accept(offer.id));
    if (!id) return;
    await router.push({ name: 'ticket', params: { id }, query: { view: 'mine' } });
    if (!isTyping(document.activeElement)) workspace.toComposer('reply');
  }

  async function declineOffer() {
    const offer = offers.current;
    if (offer) await attempt(() => offers.decline(offer.id));
  }

  const goTo = (status: 'available' | 'away') => attempt(() => session.setPresence(status));
  const signOut = () => attempt(() => session.signOut());

  return {
    isMine,
    canTake,
    canTransfer,
    canClose,
    canForward,
    canSnooze,
    canMerge,
    canWake,
    take,
    reopen,
    close,
    snooze,
    transfer,
    wake,
    acceptOffer,
    declineOffer,
    goTo,
    signOut,
    tell,
  };
}
