import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { CaseSummary } from '../../../server/contract/case.ts';
import { useCases } from '../stores/cases.ts';
import { useInbox } from '../stores/inbox.ts';
import { useSession } from '../stores/session.ts';
import { useWorkspace } from '../stores/workspace.ts';
import type { Command } from './command.ts';

/** Opening cases, and what is done with the one on screen. */
export function useCaseCommands(): Command[] {
  const workspace = useWorkspace();
  const session = useSession();
  const inbox = useInbox();
  const cases = useCases();
  const route = useRoute();
  const router = useRouter();

  const hasContact = () => route.name === 'ticket' && inbox.tickets.has(String(route.params.id));
  const inCases = () => route.name === 'cases' || route.name === 'case';
  const shown = computed(() => (route.name === 'case' ? (cases.cases.get(String(route.params.caseId)) ?? null) : null));
  const hasCase = () => shown.value !== null;
  const worksCase = () => hasCase() && session.may('cases.work');

  const mayBroadcast = (each: CaseSummary | null) =>
    session.may('broadcasts.write') && each !== null && each.followers > 0;

  function toText(caret: 'caseNote' | 'caseUpdate') {
    workspace.caretWanted = caret;
  }
  return [
    {
      id: 'openCase',
      group: 'contact',
      icon: 'i-lucide-clipboard-plus',
      keys: ['c'],
      enabled: () => hasContact() && session.may('cases.open'),
      run: () => workspace.open('openCase'),
    },
    {
      id: 'newCase',
      group: 'case',
      icon: 'i-lucide-clipboard-plus',
      keys: ['c'],
      enabled: () => inCases() && session.may('cases.open'),
      run: () => workspace.open('newCase'),
    },
    {
      id: 'moveCase',
      group: 'case',
      icon: 'i-lucide-circle-arrow-right',
      keys: ['m'],
      enabled: worksCase,
      run: () => workspace.open('caseStatus'),
    },
    {
      id: 'editCase',
      group: 'case',
      icon: 'i-lucide-pencil',
      keys: ['e'],
      enabled: worksCase,
      run: () => workspace.open('caseEdit'),
    },
    {
      id: 'noteCase',
      group: 'case',
      icon: 'i-lucide-sticky-note',
      keys: ['n'],
      enabled: worksCase,
      run: () => toText('caseNote'),
    },
    {
      id: 'updateCase',
      group: 'case',
      icon: 'i-lucide-send',
      keys: ['r'],
      enabled: worksCase,
      run: () => toText('caseUpdate'),
    },
    {
      id: 'followUpCase',
      group: 'case',
      icon: 'i-lucide-calendar-clock',
      keys: ['d'],
      enabled: () => session.may('contacts.attend') && hasCase(),
      run: () => workspace.open('caseFollowUp'),
    },
    {
      id: 'broadcastCase',
      group: 'case',
      icon: 'i-lucide-megaphone',
      keys: ['b'],
      enabled: () => mayBroadcast(shown.value),
      run: () => workspace.open('caseBroadcast'),
    },
    {
      id: 'closeCase',
      group: 'case',
      icon: 'i-lucide-panel-right-close',
      keys: ['Escape'],
      enabled: hasCase,
      run: () => router.push({ name: 'cases', query: route.query }),
    },
  ];
}
