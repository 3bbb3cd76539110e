import { useThrottleFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, reactive, ref } from 'vue';
import type { TicketSummary } from '../../../server/contract/http.ts';
import type { Excerpt, TicketPage } from '../../../server/contract/inbox.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { consoleSocket } from '../api/socket.ts';
import { type ListFilters, narrowing } from '../composables/list-filters.ts';
import { belongsTo, type InboxView, viewOrder } from '../composables/ticket-order.ts';
import { useConnection } from './connection.ts';
import { useSession } from './session.ts';

export type { InboxView };
/** A list is one of these and nothing between. `refreshing` rows stay on screen while newer ones are fetched. */
export type TicketList =
  | { status: 'idle' }
  | { status: 'loading' }
  | { status: 'failed'; failure: ApiFailure }
  | { status: 'ready'; ids: string[]; nextCursor: string | null; more: 'idle' | 'loading' | 'failed' };

const VIEWS: InboxView[] = ['mine', 'waiting', 'snoozed', 'closed', 'all'];

/** Tickets by id, and the lists of the inbox over them. */
export const useInbox = defineStore('inbox', () => {
  const session = useSession();
  const tickets = reactive(new Map<string, TicketSummary>());
  const lists = reactive<Record<InboxView | 'search', TicketList>>({
    mine: { status: 'idle' },
    waiting: { status: 'idle' },
    snoozed: { status: 'idle' },
    closed: { status: 'idle' },
    all: { status: 'idle' },
    search: { status: 'idle' },
  });
  const reader = computed(() => ({ operatorId: session.operator?.id ?? '', supervises: session.may('contacts.all') }));
  const counted = ref<TicketPage['counts']>({ mine: 0, waiting: 0, snoozed: 0 });
  const searchText = ref('');
  const filters = ref<ListFilters>({});
  const filteredView = ref<InboxView>('mine');
  /** Why each of what was searched is there. */
  const excerpts = reactive(new Map<string, Excerpt>());
  let asked = 0;

  /** Takes in newer news of a ticket; older news is ignored. */
  function keep(ticket: TicketSummary): boolean {
    const known = tickets.get(ticket.id);
    if (known && known.version >= ticket.version) return false;
    tickets.set(ticket.id, ticket);
    return true;
  }

  const sorted = (view: InboxView, ids: Iterable<string>) =>
    [...new Set(ids)]
      .map((id) => tickets.get(id))
      .filter((ticket): ticket is TicketSummary => ticket !== undefined)
      .filter((ticket) => belongsTo(view, ticket, reader.value))
      .sort(viewOrder[view])
      .map((ticket) => ticket.id);

  /** Puts a changed ticket where it now belongs. Behind the last loaded row of an unfinished list it is left to paging. */
  function place(view: InboxView, ticket: TicketSummary) {
    const list = lists[view];
    if (list.status !== 'ready') return;
    const last = tickets.get(list.ids.at(-1) ?? '');
    const beyond = list.nextCursor !== null && last && viewOrder[view](ticket, last) > 0;
    list.ids = sorted(view, beyond ? list.ids : [...list.ids, ticket.id]);
  }

  function receive(ticket: TicketSummary) {
    if (!keep(ticket)) return;
    for (const view of VIEWS) place(view, ticket);
    if (lists.waiting.status === 'ready' && lists.waiting.nextCursor !== null) void recount();
    if (searchText.value === '' && narrowing(filters.value) > 0) void refilter();
  }

  /** What belongs to a narrowed list, the server alone can say. */
  const refilter = useThrottleFn(() => load('search'), 5_000, true, false);

  const recount = useThrottleFn(async () => {
    const page = await call('listTickets', { query: { view: 'waiting', limit: 1 } }).catch(() => null);
    if (page) counted.value = page.counts;
  }, 5_000);

  const isOwn = (id: string) => tickets.get(id)?.operator?.id === session.operator?.id;
  /** Who supervises sees everybody's snoozed contacts, but the count is of their own. */
  const size = (view: keyof TicketPage['counts']) => {
    const list = lists[view];
    if (list.status !== 'ready' || list.nextCursor !== null) return counted.value[view];
    return view === 'snoozed' ? list.ids.filter(isOwn).length : list.ids.length;
  };
  const counts = computed(() => ({ mine: size('mine'), waiting: size('waiting'), snoozed: size('snoozed') }));

  function fetchPage(name: InboxView | 'search', cursor?: string) {
    const after = cursor ? { cursor } : {};
    if (name !== 'search') return call('listTickets', { query: { view: name, ...after } });
    // Words alone are looked for everywhere.
    const view = narrowing(filters.value) > 0 ? filteredView.value : 'all';
    const q = searchText.value;
    return call('listTickets', { query: { view, ...(q ? { q } : {}), ...filters.value, ...after } });
  }

  function keepExcerpts(page: TicketPage) {
    for (const [id, excerpt] of Object.entries(page.excerpts)) excerpts.set(id, excerpt);
  }

  /** Loads a list from its beginning; rows already shown stay until the new ones are here. */
  async function load(name: InboxView | 'search') {
    if (lists[name].status !== 'ready') lists[name] = { status: 'loading' };
    const turn = asked;
    try {
      const page = await fetchPage(name);
      if (name === 'search' && turn !== asked) return;
      for (const ticket of page.tickets) keep(ticket);
      counted.value = page.counts;
      const ids = page.tickets.map((ticket) => ticket.id);
      if (name === 'search') {
        excerpts.clear();
        keepExcerpts(page);
      }
      lists[name] = {
        status: 'ready',
        ids: name === 'search' ? ids : sorted(name, ids),
        nextCursor: page.nextCursor,
        more: 'idle',
      };
    } catch (failure) {
      if (name === 'search' && turn !== asked) return;
      if (lists[name].status !== 'ready') lists[name] = { status: 'failed', failure: failure as ApiFailure };
    }
  }

  async function loadMore(name: InboxView | 'search') {
    const list = lists[name];
    if (list.status !== 'ready' || list.nextCursor === null || list.more === 'loading') return;
    list.more = 'loading';
    const turn = asked;
    try {
      const page = await fetchPage(name, list.nextCursor);
      if (name === 'search' && turn !== asked) return;
      keepExcerpts(page);
      for (const ticket of page.tickets) keep(ticket);
      const ids = [...list.ids, ...page.tickets.map((ticket) => ticket.id)];
      list.ids = name === 'search' ? [...new Set(ids)] : sorted(name, ids);
      list.nextCursor = page.nextCursor;
      list.more = 'idle';
    } catch {
      list.more = 'failed';
    }
  }

  /** Looks for words, in a list narrowed so; neither words nor filters: the lists are as they are. */
  function search(text: string, narrowed: ListFilters = {}, view: InboxView = 'all') {
    asked += 1;
    searchText.value = text;
    filters.value = narrowed;
    filteredView.value = view;
    lists.search = { status: 'idle' };
    if (text !== '' || narrowing(narrowed) > 0) void load('search');
  }

  function refresh() {
    for (const name of [...VIEWS, 'search'] as const) if (lists[name].status !== 'idle') void load(name);
  }

  /** It is no longer one that this person may see: nothing of it stays here. */
  function forget({ ticketId }: { ticketId: string }) {
    tickets.delete(ticketId);
    for (const list of Object.values(lists)) {
      if (list.status === 'ready') list.ids = list.ids.filter((id) => id !== ticketId);
    }
  }

  consoleSocket().on('ticket', receive);
  consoleSocket().on('ticket.gone', forget);
  useConnection().onReconnect(refresh);

  return { tickets, lists, counts, searchText, filters, excerpts, receive, load, loadMore, refresh, search };
});
