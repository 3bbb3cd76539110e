import { useRoute, useRouter } from 'vue-router';
import type { Permission } from '../../../server/contract/permissions.ts';
import { FOLLOW_UPS, queryOfSaved } from '../composables/list-filters.ts';
import type { InboxView } from '../composables/ticket-order.ts';
import { useBulk } from '../composables/use-bulk.ts';
import { useSavedViews } from '../stores/saved-views.ts';
import { useSelection } from '../stores/selection.ts';
import { useSession } from '../stores/session.ts';
import { useTeam } from '../stores/team.ts';
import { useWorkspace } from '../stores/workspace.ts';
import type { Command } from './command.ts';

/** Moving through the list and to the other pages. */
export function useNavigationCommands(): Command[] {
  const session = useSession();
  const workspace = useWorkspace();
  const savedViews = useSavedViews();
  const selection = useSelection();
  const bulk = useBulk();
  const team = useTeam();
  const router = useRouter();
  const route = useRoute();

  const ticketId = () => (typeof route.params.id === 'string' ? route.params.id : null);
  const inInbox = () => route.name === 'inbox' || route.name === 'ticket';
  const inCases = () => route.name === 'cases' || route.name === 'case';
  const hasRows = () => (inInbox() || inCases()) && workspace.rows.length > 0;

  function step(by: 1 | -1) {
    const here = inCases() ? route.params.caseId : route.params.id;
    const at = workspace.rows.indexOf(typeof here === 'string' ? here : '');
    const next = at < 0 ? workspace.rows[0] : workspace.rows[at + by];
    if (!next) return;
    const to = inCases() ? { name: 'case', params: { caseId: next } } : { name: 'ticket', params: { id: next } };
    void router.push({ ...to, query: route.query });
  }

  /** Another list beside the ticket that is open. */
  function show(view: InboxView) {
    const id = ticketId();
    void router.push(id ? { name: 'ticket', params: { id }, query: { view } } : { name: 'inbox', query: { view } });
  }

  function showFollowUps() {
    const id = ticketId();
    const query = { list: FOLLOW_UPS };
    void router.push(id ? { name: 'ticket', params: { id }, query } : { name: 'inbox', query });
  }

  /** The ninth at most: that is as far as keys go. */
  function showSaved(by = '') {
    const view = savedViews.views[Number(by.at(-1) ?? 1) - 1];
    if (!view) return;
    const id = ticketId();
    const query = queryOfSaved(view.filters);
    void router.push(id ? { name: 'ticket', params: { id }, query } : { name: 'inbox', query });
  }

  /** The row that has the focus, else the one that is open. */
  function pick() {
    const focused = document.activeElement?.closest('li')?.querySelector('a')?.getAttribute('href');
    const id = workspace.rows.find((each) => focused?.includes(each)) ?? ticketId();
    if (id) selection.toggle(id);
  }

  function filter() {
    workspace.filtering = !workspace.filtering;
  }

  function search() {
    if (!inInbox() && !inCases()) void router.push({ name: 'inbox' });
    workspace.toSearch();
  }

  const list = (id: InboxView, keys: string, icon: string): Command => ({
    id,
    group: 'go',
    icon,
    keys: [keys],
    enabled: () => session.may(id === 'all' ? 'contacts.all' : 'contacts.read'),
    run: () => show(id),
  });
  const page = (id: string, name: string, icon: string, needs: Permission, keys?: string): Command => ({
    id,
    group: 'go',
    icon,
    ...(keys ? { keys: [keys] } : {}),
    enabled: () => session.may(needs),
    run: () => router.push({ name }),
  });

  return [
    {
      id: 'next',
      group: 'list',
      icon: 'i-lucide-arrow-down',
      keys: ['j', 'ArrowDown'],
      enabled: hasRows,
      run: () => step(1),
    },
    {
      id: 'previous',
      group: 'list',
      icon: 'i-lucide-arrow-up',
      keys: ['k', 'ArrowUp'],
      enabled: hasRows,
      run: () => step(-1),
    },
    {
      id: 'search',
      group: 'list',
      icon: 'i-lucide-search',
      keys: ['/'],
      enabled: () => session.may('contacts.read') || inCases(),
      run: search,
    },
    {
      id: 'filter',
      group: 'list',
      icon: 'i-lucide-list-filter',
      keys: ['v'],
      enabled: () => session.may('contacts.read') && inInbox(),
      run: filter,
    },
    {
      id: 'pick',
      group: 'list',
      icon: 'i-lucide-square-check',
      keys: ['x'],
      enabled: () => session.attends && inInbox() && workspace.rows.length > 0,
      run: pick,
    },
    {
      id: 'undoBulk',
      group: 'list',
      icon: 'i-lucide-undo-2',
      keys: ['z'],
      enabled: () => bulk.undoable.value !== null,
      run: bulk.undo,
    },
    {
      id: 'savedView',
      group: 'go',
      icon: 'i-lucide-bookmark',
      keys: ['g 1'],
      also: [2, 3, 4, 5, 6, 7, 8, 9].map((place) => `g ${place}`),
      enabled: () => session.may('contacts.read') && savedViews.views.length > 0,
      run: showSaved,
    },
    list('mine', 'g m', 'i-lucide-inbox'),
    list('waiting', 'g w', 'i-lucide-hourglass'),
    list('snoozed', 'g s', 'i-lucide-clock-arrow-down'),
    list('closed', 'g c', 'i-lucide-archive'),
    list('all', 'g a', 'i-lucide-layers'),
    {
      id: 'team',
      group: 'go',
      icon: 'i-lucide-messages-square',
      keys: ['g e'],
      enabled: () => session.may('contacts.read'),
      run: () => team.open(team.withId),
    },
    {
      id: 'followUps',
      group: 'go',
      icon: 'i-lucide-calendar-check',
      keys: ['g d'],
      enabled: () => session.may('contacts.read'),
      run: showFollowUps,
    },
    page('calls', 'calls', 'i-lucide-phone', 'calls.take', 'g l'),
    page('cases', 'cases', 'i-lucide-clipboard-list', 'cases.read', 'g f'),
    page('broadcasts', 'broadcasts', 'i-lucide-megaphone', 'broadcasts.write', 'g n'),
    page('board', 'board', 'i-lucide-chart-no-axes-column', 'board.read', 'g b'),
    page('settingsPeople', 'settings-people', 'i-lucide-users', 'people.manage', 'g p'),
    page('settingsQueues', 'settings-queues', 'i-lucide-list-ordered', 'queues.manage', 'g q'),
    page('settingsCanned', 'settings-canned', 'i-lucide-message-square-quote', 'replies.edit', 'g r'),
    page('settingsArticles', 'settings-articles', 'i-lucide-book-open-text', 'articles.edit'),
    page('settingsLearning', 'settings-learning', 'i-lucide-graduation-cap', 'bot.teach'),
    page('settingsChat', 'settings-chat', 'i-lucide-palette', 'city.edit'),
    page('settingsMail', 'settings-mail', 'i-lucide-mail', 'channels.read'),
    page('settingsChannels', 'settings-channels', 'i-lucide-message-circle-more', 'channels.read'),
    page('settingsAudit', 'settings-audit', 'i-lucide-scroll-text', 'audit.read'),
  ];
}
