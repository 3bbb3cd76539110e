import { addIcon as add, Icon, type IconifyIcon } from '@iconify/vue/offline';

/**
 * Stands in for `@iconify/vue` in the whole bundle: the same component, without the part that asks an icon service on
 * the internet for what it does not have.
 */
export { Icon };

/** Keeps an icon under both spellings of its name: `lucide:inbox`, as collections have it, and `lucide-inbox`. */
export function addIcon(name: string, icon: IconifyIcon): void {
  add(name, icon);
  add(name.replace(':', '-'), icon);
}

/** Whether an icon can be drawn at once: always, as none is loaded later. */
export function iconLoaded(): boolean {
  return true;
}
