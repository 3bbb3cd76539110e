import type { Permission } from '../../server/contract/permissions.ts';

/** A permission, or several of which one is enough. */
export type Needs = Permission | readonly Permission[];
export type May = (needs: Needs) => boolean;

/** Each opens a part of the page about what is kept of people. */
export const dataPermissions = ['data.requests', 'data.retention', 'data.import'] as const;

/** Where the rail leads, from the top. */
export const places = [
  { name: 'inbox', icon: 'i-lucide-inbox', needs: 'contacts.read', at: /^(inbox|ticket)$/ },
  { name: 'calls', icon: 'i-lucide-phone', needs: 'calls.take', at: /^calls$/ },
  { name: 'cases', icon: 'i-lucide-clipboard-list', needs: 'cases.read', at: /^cases?$/ },
  { name: 'broadcasts', icon: 'i-lucide-megaphone', needs: 'broadcasts.write', at: /^broadcasts?$/ },
  { name: 'board', icon: 'i-lucide-chart-no-axes-column', needs: 'board.read', at: /^board$/ },
  { name: 'reports', icon: 'i-lucide-chart-spline', needs: 'reports.read', at: /^(reports|forecast)$/ },
  { name: 'quality', icon: 'i-lucide-star', needs: 'contacts.read', at: /^quality/ },
] as const satisfies readonly { name: string; icon: string; needs: Permission; at: RegExp }[];

/** Pages of the settings, from the top. */
export const settingsPages = [
  { name: 'settings-people', key: 'people', icon: 'i-lucide-users', needs: 'people.manage' },
  { name: 'settings-roles', key: 'roles', icon: 'i-lucide-key-round', needs: 'roles.manage' },
  { name: 'settings-queues', key: 'queues', icon: 'i-lucide-list-ordered', needs: 'queues.manage' },
  { name: 'settings-routing', key: 'routing', icon: 'i-lucide-arrow-right-left', needs: 'queues.manage' },
  { name: 'settings-services', key: 'services', icon: 'i-lucide-clipboard-list', needs: 'city.edit' },
  { name: 'settings-departments', key: 'departments', icon: 'i-lucide-landmark', needs: 'city.edit' },
  { name: 'settings-phrases', key: 'phrases', icon: 'i-lucide-quote', needs: 'city.edit' },
  { name: 'settings-canned', key: 'canned', icon: 'i-lucide-message-square-quote', needs: 'replies.edit' },
  { name: 'settings-macros', key: 'macros', icon: 'i-lucide-list-checks', needs: 'replies.edit' },
  { name: 'settings-articles', key: 'articles', icon: 'i-lucide-book-open-text', needs: 'articles.edit' },
  { name: 'settings-learning', key: 'learning', icon: 'i-lucide-graduation-cap', needs: 'bot.teach' },
  { name: 'settings-chat', key: 'chat', icon: 'i-lucide-palette', needs: 'city.edit' },
  { name: 'settings-mail', key: 'mail', icon: 'i-lucide-mail', needs: 'channels.read' },
  { name: 'settings-channels', key: 'channels', icon: 'i-lucide-message-circle-more', needs: 'channels.read' },
  { name: 'settings-integrations', key: 'integrations', icon: 'i-lucide-plug', needs: 'integrations.manage' },
  { name: 'settings-data', key: 'data', icon: 'i-lucide-database', needs: dataPermissions },
  { name: 'settings-audit', key: 'audit', icon: 'i-lucide-scroll-text', needs: 'audit.read' },
] as const satisfies readonly { name: string; key: string; icon: string; needs: Needs }[];

export const openSettings = (may: May) => settingsPages.filter((page) => may(page.needs));

/** Where somebody begins: the first place that is theirs; whoever only keeps the settings, there. */
export const homeOf = (may: May): string =>
  places.find((place) => may(place.needs))?.name ?? openSettings(may)[0]?.name ?? 'account';
