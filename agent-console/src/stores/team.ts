import { useToast } from '@nuxt/ui/composables/useToast';
import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { TeamChat } from '../../../server/contract/team.ts';
import { call } from '../api/client.ts';
import { consoleSocket } from '../api/socket.ts';
import { i18n } from '../i18n.ts';
import { useConnection } from './connection.ts';
import { useDirectory } from './directory.ts';

/** Conversations with colleagues: which there are, what of them waits, and which is on screen. */
export const useTeam = defineStore('team', () => {
  const chats = ref<TeamChat[]>([]);
  const unread = computed(() => chats.value.reduce((sum, chat) => sum + chat.unread, 0));
  /** The panel is on screen; with whom, unless it shows everybody. */
  const shown = ref(false);
  const withId = ref<string | null>(null);
  /** What is being written, by colleague: it survives the panel. */
  const drafts = ref<Record<string, string>>({});
  /** Grows whenever something changed with that colleague. */
  const changes = ref<Record<string, number>>({});
  let told = Number.POSITIVE_INFINITY;

  const toast = useToast();
  const { t } = i18n.global;
  // What is on screen needs no more telling.
  watch([shown, withId], () => {
    if (shown.value && withId.value) toast.remove(`team-${withId.value}`);
  });

  function open(colleagueId: string | null = null) {
    withId.value = colleagueId;
    shown.value = true;
  }
  function close() {
    shown.value = false;
  }

  /** A list that could not be fetched stays as it was: the next change asks again. */
  async function look() {
    const found = await call('listTeamChats').catch(() => null);
    if (!found) return;
    chats.value = found;
    for (const chat of found) if (chat.unread > 0 && chat.last.number > told) tell(chat);
    told = Math.max(...found.map(({ last }) => last.number), 0);
  }

  function tell({ withId: colleagueId, last }: TeamChat) {
    if (last.fromId !== colleagueId || (shown.value && withId.value === colleagueId)) return;
    toast.add({
      id: `team-${colleagueId}`,
      title: useDirectory().operatorById.get(colleagueId)?.name ?? '',
      description: last.text.length > 140 ? `${last.text.slice(0, 140)}…` : last.text,
      icon: 'i-lucide-messages-square',
      duration: 10_000,
      actions: [{ label: t('nav.teamReply'), color: 'primary', variant: 'soft', onClick: () => open(colleagueId) }],
    });
  }

  consoleSocket().on('team', ({ withId: colleagueId }) => {
    changes.value[colleagueId] = (changes.value[colleagueId] ?? 0) + 1;
    void look();
  });
  useConnection().onReconnect(async () => {
    for (const { withId: colleagueId } of chats.value) {
      changes.value[colleagueId] = (changes.value[colleagueId] ?? 0) + 1;
    }
    await look();
  });

  return { chats, unread, shown, withId, drafts, changes, open, close, look };
});
