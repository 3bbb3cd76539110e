import { useDebounceFn } from '@vueuse/core';
import { computed, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRoute, useRouter } from 'vue-router';
import type { TicketSummary } from '../../../server/contract/http.ts';
import type { Findings } from '../../../server/contract/inbox.ts';
import type { Macro } from '../../../server/contract/macro.ts';
import { call } from '../api/client.ts';
import type { ApiFailure } from '../api/failure.ts';
import type { Keys } from '../composables/keys.ts';
import { hasWords } from '../composables/plain-text.ts';
import { useFormats } from '../composables/use-formats.ts';
import { useMacroRun } from '../composables/use-macro-run.ts';
import { useMacroWords } from '../composables/use-macro-words.ts';
import { useTicketActions } from '../composables/use-ticket-actions.ts';
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
  const route = useRoute();
  const { phrase } = useFormats();
  const { commands, isEnabled } = useCommands();

  const text = ref('');
  const nothing: Findings = { tickets: [], excerpts: {}, citizens: [], cases: [], articles: [] };
  const found = ref<Findings>(nothing);

  const lookUp = useDebounceFn(async () => {
    const asked = text.value.trim();
    const known = asked.length > 1 && session.may('contacts.read');
    // The actions stay usable when the rest cannot be asked for.
    const answer = known ? await call('find', { query: { q: asked } }).catch(() => null) : null;
    if (asked === text.value.trim()) found.value = answer ?? nothing;
  }, 200);
  watch(text, lookUp);

  function ofTicket(ticket: TicketSummary): Finding {
    return {
      id: ticket.id,
      label: ticket.citizen.name ?? t('citizen.unnamed'),
      detail: `#${ticket.number} · ${wordsOf(ticket)}`,
      icon: ticket.channel === 'email' ? 'i-lucide-mail' : 'i-lucide-message-circle',
      run: () => {
        inbox.receive(ticket);
        return toTicket(ticket.id);
      },
    };
  }

  const wordsOf = ({ id, subject, lastMessage }: TicketSummary) =>
    found.value.excerpts[id]?.map((piece) => piece.text).join('') ?? subject ?? lastMessage?.preview ?? '';

  const toTicket = (id: string) => router.push({ name: 'ticket', params: { id } });
  const people = computed<Finding[]>(() =>
    found.value.citizens.map(({ id, name, known }) => ({
      id,
      label: name ?? t('citizen.unnamed'),
      detail: known,
      icon: 'i-lucide-user',
      run: () => router.push({ name: 'citizen', params: { citizenId: id } }),
    })),
  );
  const cases = computed<Finding[]>(() =>
    found.value.cases.map(({ id, folio, service }) => ({
      id,
      label: folio,
      detail: service,
      icon: 'i-lucide-clipboard-list',
      run: () => router.push({ name: 'case', params: { caseId: id } }),
    })),
  );
  /** Articles open for who edits them; others have them beside the conversation. */
  const articles = computed<Finding[]>(() =>
    (session.may('articles.edit') ? found.value.articles : []).map(({ id, title }) => ({
      id,
      label: phrase(title),
      icon: 'i-lucide-book-open-text',
      run: () => router.push({ name: 'settings-article', params: { id } }),
    })),
  );

  const { isMine, canTransfer, tell } = useTicketActions();
  const { stepWords } = useMacroWords();
  const { run } = useMacroRun();
  const ticket = inbox.tickets.get(String(route.params.id ?? ''));
  const known = ref<Macro[]>([]);
  if (ticket && (isMine(ticket) || canTransfer(ticket))) {
    void call('listMacros')
      .then((list) => (known.value = list))
      // The other actions stay usable.
      .catch(() => {});
  }
  const macros = computed<Finding[]>(() =>
    known.value
      .filter(({ title, shortcut }) => hasWords(`${shortcut} ${title}`, text.value))
      .map((macro) => ({
        id: macro.id,
        label: macro.title,
        detail: macro.steps.map(stepWords).join(' · '),
        icon: 'i-lucide-list-checks',
        run: () => ticket && run(ticket.id, macro, crypto.randomUUID()).catch((failure: ApiFailure) => tell(failure)),
      })),
  );

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
      { id: 'macros', label: t('settings.macros.title'), findings: macros.value },
      { id: 'tickets', label: t('palette.tickets'), findings: found.value.tickets.map(ofTicket) },
      { id: 'citizens', label: t('palette.citizens'), findings: people.value },
      { id: 'cases', label: t('palette.cases'), findings: cases.value },
      { id: 'articles', label: t('palette.articles'), findings: articles.value },
    ].filter((group) => group.findings.length > 0),
  );
  return { text, groups };
}
