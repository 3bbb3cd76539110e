import { useTicketActions } from '../composables/use-ticket-actions.ts';
import { type Theme, usePreferences } from '../stores/preferences.ts';
import { useSession } from '../stores/session.ts';
import { useWorkspace } from '../stores/workspace.ts';
import type { Command } from './command.ts';

/** The operator's presence, and how the console looks and speaks. */
export function useConsoleCommands(): Command[] {
  const session = useSession();
  const workspace = useWorkspace();
  const preferences = usePreferences();
  const actions = useTicketActions();

  const isAvailable = () => session.presence?.status === 'available';
  const theme = (id: string, value: Theme, icon: string): Command => ({
    id,
    group: 'console',
    icon,
    run: () => preferences.setTheme(value),
  });

  return [
    {
      id: 'available',
      group: 'presence',
      icon: 'i-lucide-circle-play',
      keys: ['p a'],
      enabled: () => session.attends && !isAvailable(),
      run: () => actions.goTo('available'),
    },
    {
      id: 'away',
      group: 'presence',
      icon: 'i-lucide-coffee',
      keys: ['p p'],
      enabled: () => session.attends && isAvailable(),
      run: () => actions.goTo('away'),
    },
    {
      id: 'sound',
      group: 'presence',
      icon: 'i-lucide-volume-2',
      enabled: () => session.attends,
      run: preferences.toggleSound,
    },
    {
      id: 'headset',
      group: 'presence',
      icon: 'i-lucide-headphones',
      enabled: () => session.may('calls.take'),
      run: () => workspace.open('headset'),
    },
    {
      id: 'spelling',
      group: 'console',
      icon: 'i-lucide-spell-check',
      run: preferences.toggleSpelling,
    },
    {
      id: 'palette',
      group: 'console',
      icon: 'i-lucide-command',
      keys: ['mod+k'],
      whileTyping: true,
      run: () => workspace.toggle('palette'),
    },
    { id: 'help', group: 'console', icon: 'i-lucide-keyboard', keys: ['?'], run: () => workspace.open('help') },
    theme('themeLight', 'light', 'i-lucide-sun'),
    theme('themeDark', 'dark', 'i-lucide-moon'),
    theme('themeAuto', 'auto', 'i-lucide-monitor'),
    { id: 'spanish', group: 'console', icon: 'i-lucide-languages', run: () => session.setLocale('es') },
    { id: 'english', group: 'console', icon: 'i-lucide-languages', run: () => session.setLocale('en') },
    { id: 'signOut', group: 'console', icon: 'i-lucide-log-out', run: actions.signOut },
  ];
}
