import type { Macro } from '../../../server/contract/macro.ts';
import { plainText } from './plain-text.ts';

/** Macros that fit what was typed: by shortcut first, then by title. */
export function matchingMacros(macros: readonly Macro[], typed: string): Macro[] {
  const wanted = plainText(typed.trim());
  const rank = ({ shortcut, title }: Macro) => {
    if (plainText(shortcut).startsWith(wanted)) return 0;
    return plainText(`${shortcut} ${title}`).includes(wanted) ? 1 : 2;
  };
  return macros
    .map((macro) => ({ macro, rank: rank(macro) }))
    .filter((each) => each.rank < 2)
    .sort((a, b) => a.rank - b.rank || a.macro.shortcut.localeCompare(b.macro.shortcut))
    .map(({ macro }) => macro);
}
