import type { TryOut } from '../../server/contract/bot.ts';
import { askAside } from '../understanding/ask-aside.ts';
import { type Content, type PlainContent, plainContent } from '../understanding/content.ts';
import type { Additions } from './compare-with.ts';

/** What the process that compares is asked. */
export interface Comparison {
  content: PlainContent;
  additions: Additions;
}

/** `compareWith` in a process of its own. */
export function compareAside(additions: Additions, content: Content): Promise<TryOut> {
  const comparison: Comparison = { content: plainContent(content), additions };
  return askAside(new URL('./compare-process.ts', import.meta.url), comparison);
}
