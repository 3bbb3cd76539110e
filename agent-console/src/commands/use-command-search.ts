import { useDebounceFn } from '@vueuse/core';
import { computed, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import type { TicketSummary } from '../../../server/contract/http.ts';
import { call } from '../api/client.ts';
import type { Keys } from '../composables/keys.ts';
import { hasWords } from '../composables/plain-text.ts';
import { useInbox } from '../stores/inbox.ts';
import { useSession } from '../stores/session.ts';
import { commandGroups } from './command.ts';
import { useCommands } from './use-commands.ts';

export interface Finding {
  id: string;
  label: string;
  detail?: string;
  icon: string;
  keys?: Keys;
  run: () => unknown;
}
export interface FindingGroup {
  id: string;
  label: string;
  findings: Finding[];
}

/** Actions and contacts that fit what is typed, for the command bar. */
export function useCommandSearch() {
  const { t } = useI18n();
  const session = useSession();
  const inbox = useInbox();
  const router = useRouter();
  const { commands, isEnabled } = useCommands();

  const text = ref('');
  const tickets = ref<TicketSummary[]>([]);

  const lookUp = useDebounceFn(async () => {
    const asked = text.value.trim();
    const known = asked.length > 1 && session.attends;
    // The actions stay usable when the contacts cannot be asked for.
    const page = known
      ? await call('listTickets', { query: { view: 'all', q: asked, limit: 6 } }).catch(() => null)
      : null;
    if (asked === text.value.trim()) tickets.value = page?.tickets ?? [];
  }, 200);
  watch(text, lookUp);

  function ofTicket(ticket: TicketSummary): Finding {
    return {
      id: ticket.id,
      label: ticket.citizen.name ?? t('citizen.unnamed'),
      detail: `#${ticket.number} · ${ticket.subject ?? ticket.lastMessage?.preview ?? ''}`,
      icon: ticket.channel === 'email' ? 'i-lucide-mail' : 'i-lucide-message-circle',
      run: () => {
        inbox.receive(ticket);
        return router.push({ name: 'ticket', params: { id: ticket.id } });
      },
    };
  }

  const groups = computed<FindingGroup[]>(() =>
    [
      ...commandGroups.map((group) => ({
        id: group,
        label: t(`help.group.${group}`),
        findings: commands.value
          .filter((command) => command.group === group && command.id !== 'palette' && isEnabled(command))
          .map(({ id, icon, keys, run }) => ({ id, icon, keys: keys?.[0], run, label: t(`command.${id}`) }))
          .filter((finding) => hasWords(finding.label, text.value)),
      })),
      { id: 'tickets', label: t('palette.tickets'), findings: tickets.value.map(ofTicket) },
    ].filter((group) => group.findings.length > 0),
  );
  return { text, groups };
}
