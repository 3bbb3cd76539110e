import { sql } from 'kysely';
import type { Part } from '../contract/message.ts';
import type { Db } from '../database/database.ts';

interface Words {
  said: string;
  answered: string;
}

/** What was said and answered in turns, read from their messages; by turn id. */
export async function wordsOfTurns(db: Db, turnIds: readonly string[]): Promise<Map<string, Words>> {
  if (turnIds.length === 0) return new Map();
  const { rows } = await sql<{ turn_id: string; direction: 'in' | 'out'; parts: Part[] }>`
    select b.id as turn_id, m.direction, m.parts
    from bot_turn b join message m on m.conversation_id = b.conversation_id and m.ticket_id = b.ticket_id
      and (m.seq between b.from_seq and b.up_to_seq and m.direction = 'in'
        or m.seq between b.reply_from_seq and b.reply_to_seq and m.author_type = 'bot')
    where b.id = any(${[...turnIds]})
    order by m.seq`.execute(db);
  const words = new Map<string, Words>();
  for (const [id, messages] of Map.groupBy(rows, (row) => row.turn_id)) {
    const linesOf = (direction: 'in' | 'out') =>
      messages
        .filter((message) => message.direction === direction)
        .map(({ parts }) => parts.map(wordsOf).filter(Boolean).join('\n'))
        .filter(Boolean)
        .join('\n');
    words.set(id, { said: linesOf('in'), answered: linesOf('out') });
  }
  return words;
}

/** Words alone: a card's secret, or where somebody is, teaches nothing. */
function wordsOf(part: Part): string {
  switch (part.type) {
    case 'text':
      return part.text;
    case 'choice':
      return part.title;
    case 'choices':
      return part.options.map(({ title }) => `· ${title}`).join('\n');
    case 'media':
      return part.transcript ?? `[${part.name}]`;
    default:
      return '';
  }
}
