import { computed, onMounted, ref, watch } from 'vue';
import type { TeamMessage } from '../../../server/contract/team.ts';
import { call } from '../api/client.ts';
import { useSession } from '../stores/session.ts';
import { useTeam } from '../stores/team.ts';

/** What is under way to a colleague, or did not get there. */
export interface UnsentToColleague {
  id: string;
  text: string;
  ticketId: string | null;
  failed: boolean;
}

/** The conversation with one colleague: what was written, what is under way, and what is read by being shown. */
export function useTeamChat(colleagueId: string) {
  const team = useTeam();
  const session = useSession();
  const messages = ref<TeamMessage[]>([]);
  const unsent = ref<UnsentToColleague[]>([]);
  const hasEarlier = ref(false);
  const status = ref<'loading' | 'failed' | 'ready'>('loading');
  const isOwn = (message: TeamMessage) => message.fromId === session.operator?.id;

  function take(found: readonly TeamMessage[]) {
    const byNumber = new Map([...messages.value, ...found].map((message) => [message.number, message]));
    messages.value = [...byNumber.values()].sort((a, b) => a.number - b.number);
    const stored = new Set(messages.value.map(({ id }) => id));
    unsent.value = unsent.value.filter(({ id }) => !stored.has(id));
  }

  async function load() {
    try {
      const page = await call('readTeamChat', { params: { id: colleagueId } });
      // What lies between could be missing: then the newest page alone is shown.
      const gap = page.hasEarlier && messages.value.every(({ number }) => number < (page.messages[0]?.number ?? 0));
      if (gap) messages.value = [];
      if (gap || messages.value.length === 0) hasEarlier.value = page.hasEarlier;
      take(page.messages);
      status.value = 'ready';
      await markRead();
    } catch {
      if (status.value === 'loading') status.value = 'failed';
    }
  }

  async function loadEarlier() {
    const [first] = messages.value;
    if (!first) return;
    const page = await call('readTeamChat', { params: { id: colleagueId }, query: { before: first.number } });
    hasEarlier.value = page.hasEarlier;
    take(page.messages);
  }

  async function markRead() {
    const newest = messages.value.findLast((message) => !isOwn(message) && !message.readAt);
    if (!newest || document.hidden) return;
    await call('markTeamChatRead', { params: { id: colleagueId }, body: { upTo: newest.number } }).catch(() => {});
  }

  async function deliver(message: UnsentToColleague) {
    const { id, text, ticketId } = message;
    unsent.value = [...unsent.value.filter((each) => each.id !== id), { ...message, failed: false }];
    try {
      take([await call('sendTeamMessage', { params: { id: colleagueId }, body: { id, text, ticketId } })]);
      void team.look();
    } catch {
      unsent.value = unsent.value.map((each) => (each.id === id ? { ...each, failed: true } : each));
    }
  }
  const send = (text: string, ticketId: string | null) =>
    deliver({ id: crypto.randomUUID(), text, ticketId, failed: false });

  onMounted(load);
  watch(() => team.changes[colleagueId], load);

  const isEmpty = computed(() => messages.value.length === 0 && unsent.value.length === 0);
  return { messages, unsent, hasEarlier, status, isEmpty, isOwn, load, loadEarlier, send, retry: deliver };
}
