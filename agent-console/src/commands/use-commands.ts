import { computed } from 'vue';
import { useCaseCommands } from './case-commands.ts';
import type { Command } from './command.ts';
import { useConsoleCommands } from './console-commands.ts';
import { useContactCommands } from './contact-commands.ts';
import { lateCommands } from './late-commands.ts';
import { useNavigationCommands } from './navigation-commands.ts';

/** Every command of the console: what the keyboard, the command bar and the help sheet are made of. */
export function useCommands() {
  const first: Command[] = [
    ...useContactCommands(),
    ...useCaseCommands(),
    ...useNavigationCommands(),
    ...useConsoleCommands(),
  ];
  const commands = computed(() => [...lateCommands.value, ...first]);
  return { commands, isEnabled: (command: Command) => command.enabled?.() ?? true };
}
