import { useEventListener } from '@vueuse/core';
import { isTyping, pressed } from '../composables/keys.ts';
import { useWorkspace } from '../stores/workspace.ts';
import type { Command } from './command.ts';
import { useCommands } from './use-commands.ts';

/** How long the second key of a sequence may take. */
const SEQUENCE_MILLISECONDS = 1_200;

const isDialogOpen = () => document.querySelector('[role=dialog], [role=menu], [role=listbox]') !== null;
/** What the keyboard walked to gets its own keys. A button that was clicked keeps the focus but wants nothing more. */
function belongsToFocus(key: string, byPointer: boolean): boolean {
  const focus = document.activeElement;
  if (key === 'Enter') return !byPointer && (focus?.matches('button, a:not([aria-current]), summary') ?? false);
  return key.startsWith('Arrow') && (focus?.matches('[role=tab], [role=radio], [role=log]') ?? false);
}

/** Runs the commands by their keys, wherever the focus is. */
export function useShortcuts() {
  const { commands, isEnabled } = useCommands();
  const workspace = useWorkspace();
  let before = '';
  let beforeAt = 0;
  let byPointer = false;

  function find(keys: string, typing: boolean): Command | undefined {
    return commands.value.find(
      (command) =>
        (command.keys?.includes(keys) || command.also?.includes(keys)) &&
        (!typing || command.whileTyping) &&
        isEnabled(command),
    );
  }

  /** The first key of a sequence waits for the second, even where it is a command by itself. */
  const begins = (key: string) =>
    commands.value.some((command) => command.keys?.some((keys) => keys.startsWith(`${key} `)) && isEnabled(command));

  useEventListener(document, 'pointerdown', () => {
    byPointer = true;
  });
  useEventListener(document, 'keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    const key = pressed(event);
    const typing = isTyping(event.target);
    if (key === 'Tab') byPointer = false;
    if (belongsToFocus(key, byPointer)) return;
    if (isDialogOpen() && workspace.dialog !== 'palette' && key !== 'mod+k') return;

    const recent = before !== '' && event.timeStamp - beforeAt < SEQUENCE_MILLISECONDS;
    const sequence = `${before} ${key}`;
    const bySequence = recent ? find(sequence, typing) : undefined;
    const command = bySequence ?? (begins(key) ? undefined : find(key, typing));
    [before, beforeAt] = command || typing ? ['', 0] : [key, event.timeStamp];
    if (!command) return;
    event.preventDefault();
    command.run(bySequence ? sequence : key);
  });
}
