import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useInbox } from '../stores/inbox.ts';
import { useOffers } from '../stores/offers.ts';
import { usePreferences } from '../stores/preferences.ts';
import { useSession } from '../stores/session.ts';
import { useWorkspace } from '../stores/workspace.ts';
import type { Keys } from './keys.ts';
import type { InboxView } from './ticket-order.ts';
import { useTicketActions } from './use-ticket-actions.ts';

export const commandGroups = ['offer', 'contact', 'list', 'go', 'presence', 'console'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** Something a person can do here. Its name is the text `command.<id>`. */
export interface Command {
  id: string;
  group: CommandGroup;
  icon: string;
  /** The first is the one shown. */
  keys?: Keys[];
  /** Works while a text is being typed. */
  whileTyping?: boolean;
  enabled?: () => boolean;
  run: () => unknown;
}

/** Every command of the console: what the keyboard, the command bar and the help sheet are made of. */
export function useCommands() {
  const session = useSession();
  const workspace = useWorkspace();
  const preferences = usePreferences();
  const inbox = useInbox();
  const offers = useOffers();
  const router = useRouter();
  const route = useRoute();
  const actions = useTicketActions();

  const ticket = computed(() => inbox.tickets.get(String(route.params.id ?? '')) ?? null);
  const mine = () => ticket.value?.state === 'assigned' && ticket.value.operator?.id === session.operator?.id;
  const offered = () => offers.current !== null && workspace.dialog === null;

  function step(by: 1 | -1) {
    const at = workspace.rows.indexOf(String(route.params.id ?? ''));
    const next = at < 0 ? workspace.rows[0] : workspace.rows[at + by];
    if (next) void router.push({ name: 'ticket', params: { id: next }, query: route.query });
  }

  function show(view: InboxView) {
    const { id } = route.params;
    void router.push(
      id ? { name: 'ticket', params: { id: String(id) }, query: { view } } : { name: 'inbox', query: { view } },
    );
  }

  const commands: Command[] = [
    {
      id: 'accept',
      group: 'offer',
      icon: 'i-lucide-check',
      keys: ['Enter'],
      enabled: offered,
      run: actions.acceptOffer,
    },
    {
      id: 'decline',
      group: 'offer',
      icon: 'i-lucide-x',
      keys: ['Escape'],
      enabled: offered,
      run: actions.declineOffer,
    },

    {
      id: 'reply',
      group: 'contact',
      icon: 'i-lucide-reply',
      keys: ['r'],
      enabled: mine,
      run: () => workspace.toComposer('reply'),
    },
    {
      id: 'note',
      group: 'contact',
      icon: 'i-lucide-sticky-note',
      keys: ['n'],
      enabled: () => ticket.value !== null,
      run: () => workspace.toComposer('note'),
    },
    {
      id: 'toggleNote',
      group: 'contact',
      icon: 'i-lucide-notebook-pen',
      keys: ['alt+n'],
      whileTyping: true,
      enabled: () => ticket.value !== null,
      run: () => workspace.toComposer(workspace.composerMode === 'note' ? 'reply' : 'note'),
    },
    {
      id: 'take',
      group: 'contact',
      icon: 'i-lucide-hand',
      keys: ['a'],
      enabled: () => ticket.value !== null && actions.canTake(ticket.value),
      run: () => ticket.value && actions.take(ticket.value.id),
    },
    {
      id: 'transfer',
      group: 'contact',
      icon: 'i-lucide-arrow-right-left',
      keys: ['t'],
      enabled: () => ticket.value !== null && actions.canTransfer(ticket.value),
      run: () => (workspace.dialog = 'transfer'),
    },
    {
      id: 'close',
      group: 'contact',
      icon: 'i-lucide-circle-check-big',
      keys: ['e'],
      enabled: () => ticket.value !== null && actions.canClose(ticket.value),
      run: () => (workspace.dialog = 'close'),
    },
    {
      id: 'reopen',
      group: 'contact',
      icon: 'i-lucide-rotate-ccw',
      keys: ['u'],
      enabled: () => ticket.value?.state === 'closed',
      run: () => ticket.value && actions.reopen(ticket.value.id),
    },
    {
      id: 'citizenPanel',
      group: 'contact',
      icon: 'i-lucide-panel-right',
      keys: ['i'],
      enabled: () => ticket.value !== null,
      run: () => (preferences.citizenPanel = !preferences.citizenPanel),
    },

    {
      id: 'next',
      group: 'list',
      icon: 'i-lucide-arrow-down',
      keys: ['j', 'ArrowDown'],
      enabled: () => workspace.rows.length > 0,
      run: () => step(1),
    },
    {
      id: 'previous',
      group: 'list',
      icon: 'i-lucide-arrow-up',
      keys: ['k', 'ArrowUp'],
      enabled: () => workspace.rows.length > 0,
      run: () => step(-1),
    },
    {
      id: 'search',
      group: 'list',
      icon: 'i-lucide-search',
      keys: ['/'],
      enabled: () => session.attends,
      run: () => {
        if (!String(route.name).match(/inbox|ticket/)) void router.push({ name: 'inbox' });
        workspace.toSearch();
      },
    },

    {
      id: 'mine',
      group: 'go',
      icon: 'i-lucide-inbox',
      keys: ['g m'],
      enabled: () => session.attends,
      run: () => show('mine'),
    },
    {
      id: 'waiting',
      group: 'go',
      icon: 'i-lucide-hourglass',
      keys: ['g w'],
      enabled: () => session.attends,
      run: () => show('waiting'),
    },
    {
      id: 'closed',
      group: 'go',
      icon: 'i-lucide-archive',
      keys: ['g c'],
      enabled: () => session.attends,
      run: () => show('closed'),
    },
    {
      id: 'all',
      group: 'go',
      icon: 'i-lucide-layers',
      keys: ['g a'],
      enabled: () => session.supervises,
      run: () => show('all'),
    },
    {
      id: 'board',
      group: 'go',
      icon: 'i-lucide-chart-no-axes-column',
      keys: ['g b'],
      enabled: () => session.supervises,
      run: () => router.push({ name: 'board' }),
    },
    {
      id: 'settingsPeople',
      group: 'go',
      icon: 'i-lucide-users',
      keys: ['g p'],
      enabled: () => session.administers,
      run: () => router.push({ name: 'settings-people' }),
    },
    {
      id: 'settingsQueues',
      group: 'go',
      icon: 'i-lucide-list-ordered',
      keys: ['g q'],
      enabled: () => session.administers,
      run: () => router.push({ name: 'settings-queues' }),
    },
    {
      id: 'settingsCanned',
      group: 'go',
      icon: 'i-lucide-message-square-quote',
      keys: ['g r'],
      enabled: () => session.supervises,
      run: () => router.push({ name: 'settings-canned' }),
    },
    {
      id: 'settingsChat',
      group: 'go',
      icon: 'i-lucide-palette',
      enabled: () => session.administers,
      run: () => router.push({ name: 'settings-chat' }),
    },
    {
      id: 'settingsAudit',
      group: 'go',
      icon: 'i-lucide-scroll-text',
      enabled: () => session.administers,
      run: () => router.push({ name: 'settings-audit' }),
    },

    {
      id: 'available',
      group: 'presence',
      icon: 'i-lucide-circle-play',
      keys: ['p a'],
      enabled: () => session.attends && session.presence?.status !== 'available',
      run: () => actions.goTo('available'),
    },
    {
      id: 'away',
      group: 'presence',
      icon: 'i-lucide-coffee',
      keys: ['p p'],
      enabled: () => session.attends && session.presence?.status === 'available',
      run: () => actions.goTo('away'),
    },
    { id: 'sound', group: 'presence', icon: 'i-lucide-volume-2', run: () => (preferences.sound = !preferences.sound) },

    {
      id: 'palette',
      group: 'console',
      icon: 'i-lucide-command',
      keys: ['mod+k'],
      whileTyping: true,
      run: () => (workspace.dialog = workspace.dialog === 'palette' ? null : 'palette'),
    },
    { id: 'help', group: 'console', icon: 'i-lucide-keyboard', keys: ['?'], run: () => (workspace.dialog = 'help') },
    { id: 'themeLight', group: 'console', icon: 'i-lucide-sun', run: () => (preferences.theme = 'light') },
    { id: 'themeDark', group: 'console', icon: 'i-lucide-moon', run: () => (preferences.theme = 'dark') },
    { id: 'themeAuto', group: 'console', icon: 'i-lucide-monitor', run: () => (preferences.theme = 'auto') },
    { id: 'spanish', group: 'console', icon: 'i-lucide-languages', run: () => session.setLocale('es') },
    { id: 'english', group: 'console', icon: 'i-lucide-languages', run: () => session.setLocale('en') },
    { id: 'signOut', group: 'console', icon: 'i-lucide-log-out', run: () => actions.signOut() },
  ];

  return { commands, isEnabled: (command: Command) => command.enabled?.() ?? true };
}
