import { useThrottleFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { reactive, ref } from 'vue';
import type { FollowUp, FollowUpCounts, FollowUpScope, FollowUpState } from '../../../server/contract/follow-up.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import { consoleSocket } from '../api/socket.ts';
import { useConnection } from './connection.ts';
import { useInbox } from './inbox.ts';
import { useSession } from './session.ts';

const STATES: readonly FollowUpState[] = ['due', 'later', 'done'];
const TOGETHER_MS = 400;

export type FollowUpLists =
  | { status: 'idle' | 'loading' }
  | { status: 'failed'; failure: ApiFailure }
  | { status: 'ready'; lists: Record<FollowUpState, FollowUp[]> };

/** What a promise is about: one of both. */
export interface About {
  ticketId?: string;
  caseId?: string;
}

/** Promises to look again: how many are due, the list on screen, and those of what is open. */
export const useFollowUps = defineStore('follow-ups', () => {
  const inbox = useInbox();
  const session = useSession();
  const counts = ref<FollowUpCounts>({ mine: { due: 0, later: 0 }, queues: { due: 0, later: 0 } });
  const scope = ref<FollowUpScope>('mine');
  const shown = ref<FollowUpLists>({ status: 'idle' });
  /** What is mine and due, to notice what has just become so. */
  const dueIds = ref<ReadonlySet<string> | null>(null);
  /** By contact or case, as far as somebody looked. */
  const known = reactive(new Map<string, { about: About; followUps: FollowUp[] }>());

  const keep = (found: FollowUp[]) => {
    for (const { ticket } of found) if (ticket) inbox.receive(ticket);
    return found;
  };

  /** How many are due; tells which of mine have become so since it was last asked. */
  async function look(): Promise<FollowUp[]> {
    if (!session.may('contacts.read')) return [];
    const page = await call('listFollowUps', { query: { scope: 'mine', state: 'due' } }).catch(() => null);
    if (!page) return [];
    counts.value = page.counts;
    const before = dueIds.value;
    dueIds.value = new Set(page.followUps.map(({ id }) => id));
    keep(page.followUps);
    return before ? page.followUps.filter(({ id }) => !before.has(id)) : [];
  }

  /** Rows already shown stay until the new ones are here. */
  async function load(which: FollowUpScope = scope.value): Promise<void> {
    if (which !== scope.value || shown.value.status !== 'ready') shown.value = { status: 'loading' };
    scope.value = which;
    try {
      const pages = await Promise.all(STATES.map((state) => call('listFollowUps', { query: { scope: which, state } })));
      if (which !== scope.value) return;
      const [due = [], later = [], done = []] = pages.map((page) => keep(page.followUps));
      if (pages[0]) counts.value = pages[0].counts;
      shown.value = { status: 'ready', lists: { due, later, done } };
    } catch (failure) {
      if (shown.value.status !== 'ready') shown.value = { status: 'failed', failure: failure as ApiFailure };
    }
  }

  async function loadAbout(about: About): Promise<void> {
    const page = await call('listFollowUps', { query: about }).catch(() => null);
    if (page) known.set(about.ticketId ?? about.caseId ?? '', { about, followUps: page.followUps });
  }

  /** What is still to be done about a contact or a case. */
  const openOf = (id: string): FollowUp[] => (known.get(id)?.followUps ?? []).filter(({ done }) => !done);

  const news = new Set<(became: FollowUp[]) => void>();
  const refresh = useThrottleFn(
    async () => {
      const became = await look();
      if (became.length > 0) for (const tell of news) tell(became);
      if (shown.value.status === 'ready') void load();
      for (const { about } of known.values()) void loadAbout(about);
    },
    TOGETHER_MS,
    true,
  );
  consoleSocket().on('follow-ups', () => void refresh());
  useConnection().onReconnect(() => void refresh());

  /** Hears what of mine has become due. @returns how to hear no more */
  function onDue(tell: (became: FollowUp[]) => void): () => void {
    news.add(tell);
    return () => news.delete(tell);
  }

  return { counts, scope, shown, openOf, look, load, loadAbout, refresh, onDue };
});
