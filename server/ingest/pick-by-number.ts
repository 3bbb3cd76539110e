import type { Selectable } from 'kysely';
import type { Part } from '../contract/message.ts';
import { pickedByNumber } from '../contract/picked-choice.ts';
import type { Tables } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { isFromNetwork } from './arrival.ts';
import type { Placed } from './placed.ts';

/** Longer answers are no number. */
const LONGEST = 40;

/**
 * On networks choices may only be shown as a numbered menu: there a number is the choice that stands at it, if those
 * choices were the last thing we said.
 * @returns what each of those is instead of words
 */
export async function pickByNumber(unit: Unit, placed: readonly Placed[]): Promise<Map<Placed, Part[]>> {
  const numbers = placed.flatMap((entry) => {
    const text = onlyText(entry);
    return text !== null && text.length <= LONGEST && /\d/.test(text) ? [{ entry, text }] : [];
  });
  if (numbers.length === 0) return new Map();
  const last = await lastWords(
    unit,
    numbers.map(({ entry }) => entry.conversation.id),
  );
  return new Map(
    numbers.flatMap(({ entry, text }): [Placed, Part[]][] => {
      const menu = last.get(entry.conversation.id)?.find((part) => part.type === 'choices');
      const picked = menu && pickedByNumber(text, menu.options);
      return picked ? [[entry, [{ type: 'choice', ...picked }]]] : [];
    }),
  );
}

function onlyText({ arrival }: Placed): string | null {
  const [part, ...others] = arrival.event.parts;
  return isFromNetwork(arrival) && part?.type === 'text' && others.length === 0 ? part.text : null;
}

/** What we said last in each conversation. */
async function lastWords({ tx }: Unit, conversationIds: readonly string[]): Promise<Map<string, Part[]>> {
  const rows: Pick<Selectable<Tables['message']>, 'conversation_id' | 'parts'>[] = await tx
    .selectFrom('conversation as c')
    .innerJoinLateral(
      (select) =>
        select
          .selectFrom('message as m')
          .select(['m.conversation_id', 'm.parts'])
          .whereRef('m.conversation_id', '=', 'c.id')
          .where('m.direction', '=', 'out')
          .orderBy('m.seq', 'desc')
          .limit(1)
          .as('said'),
      (join) => join.onTrue(),
    )
    .select(['said.conversation_id', 'said.parts'])
    .where('c.id', 'in', [...new Set(conversationIds)])
    .execute();
  return new Map(rows.map((row) => [row.conversation_id, row.parts]));
}
