import type { InboundChange } from '../contract/channel.ts';
import type { Marks, Part } from '../contract/message.ts';

/** What of a message may change after it was said. */
export interface Changeable {
  parts: Part[];
  marks: Marks;
}

/** A message after what was done to it. Nothing that was said is forgotten. */
export function changed({ parts, marks }: Changeable, change: InboundChange['change'], now: Date): Changeable {
  const at = now.toISOString();
  switch (change.kind) {
    case 'reaction': {
      const { reaction: _, ...others } = marks;
      return { parts, marks: change.emoji === null ? others : { ...others, reaction: change.emoji } };
    }
    case 'edited':
      return {
        parts: withText(parts, change.text),
        marks: { ...marks, editedAt: at, before: marks.before ?? parts },
      };
    case 'deleted':
      return { parts, marks: { ...marks, deletedAt: marks.deletedAt ?? at } };
  }
}

/** The words, or those under a file, in their place; the files stay. */
function withText(parts: readonly Part[], text: string): Part[] {
  const edited: Part = { type: 'text', text };
  const first = parts.findIndex(({ type }) => type === 'text');
  if (first === -1) return [...parts, edited];
  return parts
    .map((part, index) => (index === first ? edited : part))
    .filter((part) => part === edited || part.type !== 'text');
}
