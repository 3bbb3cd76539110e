import type { Part } from '../contract/message.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { Placed } from './placed.ts';
import { keepUnread } from './raw-inputs.ts';

/** Keeps what holds parts that this version cannot show, and leads from those parts to it. @returns such messages' parts */
export async function keepUnsupported(unit: Unit, placed: readonly Placed[]): Promise<Map<Placed, Part[]>> {
  const unread = placed.flatMap((entry) => {
    const { accountId, event } = entry.arrival;
    const kinds = event.parts.flatMap((part) => (part.type === 'unsupported' ? part.kind : []));
    return event.raw !== undefined && kinds.length > 0
      ? [{ entry, input: { accountId, body: event.raw, why: `unsupported: ${kinds.join(', ')}` } }]
      : [];
  });
  const ids = await keepUnread(
    unit,
    unread.map(({ input }) => input),
  );
  return new Map(unread.map(({ entry }, index) => [entry, keptUnder(entry.arrival.event.parts, ids[index] as string)]));
}

/** The parts, those that cannot be shown with the id of the input they came in. */
export const keptUnder = (parts: readonly Part[], rawId: string): Part[] =>
  parts.map((part) => (part.type === 'unsupported' ? { ...part, rawId } : part));
