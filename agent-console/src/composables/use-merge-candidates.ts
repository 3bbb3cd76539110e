import { useDebounceFn } from '@vueuse/core';
import { computed, ref, watch } from 'vue';
import type { TicketSummary } from '../../../server/contract/http.ts';
import { call } from '../api/client.ts';
import { useInbox } from '../stores/inbox.ts';

const SHOWN = 8;

/** Contacts that another may be one matter with: the open ones of the same person, and whatever words find. */
export function useMergeCandidates(ticket: () => TicketSummary, historyIds: () => readonly string[]) {
  const inbox = useInbox();
  const text = ref('');
  const foundIds = ref<string[]>([]);

  const fits = (other: TicketSummary | undefined): other is TicketSummary =>
    other !== undefined && other.id !== ticket().id && other.state !== 'closed' && other.state !== 'bot';
  const listed = (ids: readonly string[]) => ids.map((id) => inbox.tickets.get(id)).filter(fits);

  const look = useDebounceFn(async (words: string) => {
    const found = words === '' ? null : await call('find', { query: { q: words } }).catch(() => null);
    if (words !== text.value.trim()) return;
    for (const each of found?.tickets ?? []) inbox.receive(each);
    foundIds.value = found?.tickets.map(({ id }) => id) ?? [];
  }, 250);
  watch(text, (words) => void look(words.trim()));

  const candidates = computed(() =>
    (text.value.trim() === '' ? listed(historyIds()) : listed(foundIds.value)).slice(0, SHOWN),
  );
  return { text, candidates };
}
