import { watchDebounced } from '@vueuse/core';
import { computed } from 'vue';
import type { TicketSummary } from '../../../server/contract/http.ts';
import type { Conversation } from '../stores/conversations.ts';
import { useOutbox } from '../stores/outbox.ts';
import { useSuggestions } from '../stores/suggestions.ts';

/** People write in bursts: what is asked about is the whole of one. */
const BURST_MS = 500;
const LATE_MS = 2_000;

/** What is suggested for a contact, asked for anew whenever the citizen has written. */
export function useTicketSuggestions(ticket: () => TicketSummary, conversation: () => Conversation) {
  const store = useSuggestions();
  const outbox = useOutbox();
  const ticketId = computed(() => ticket().id);
  const isOpen = computed(() => !['bot', 'closed'].includes(ticket().state));
  const lines = computed(() =>
    conversation().messages.filter(
      ({ ticketId: of, author }) => of === ticketId.value && ['citizen', 'operator'].includes(author.type),
    ),
  );
  const lastSaid = computed(() => lines.value.findLast(({ author }) => author.type === 'citizen')?.seq ?? 0);

  watchDebounced(
    [lastSaid, isOpen],
    ([seq, open]) => {
      if (seq > 0 && open) void store.ask(ticketId.value, seq);
    },
    { debounce: BURST_MS, maxWait: LATE_MS, immediate: true },
  );

  const isAnswered = computed(
    () =>
      lines.value.at(-1)?.author.type === 'operator' ||
      outbox.ofTicket(ticketId.value).some(({ kind }) => kind === 'reply'),
  );
  return {
    articles: computed(() => (isOpen.value ? store.articlesOf(ticketId.value) : [])),
    reply: computed(() => (isOpen.value && !isAnswered.value ? store.replyOf(ticketId.value) : null)),
    setAside: () => store.setAside(ticketId.value),
  };
}
