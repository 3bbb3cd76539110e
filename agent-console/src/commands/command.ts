import type { Keys } from '../composables/keys.ts';

export const commandGroups = ['offer', 'call', 'contact', 'case', 'list', 'go', 'presence', 'console'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** Something a person can do here. Its name is the text `command.<id>`. */
export interface Command {
  id: string;
  group: CommandGroup;
  icon: string;
  /** The first is the one shown. */
  keys?: Keys[];
  /** Keys that do it too and are not shown. */
  also?: Keys[];
  /** Works while a text is being typed. */
  whileTyping?: boolean;
  enabled?: () => boolean;
  /** `by`: the keys that were pressed, if it was by keys. */
  run: (by?: Keys) => unknown;
}
