import type { CallSaid } from '../contract/socket.ts';
import type { CallStep } from '../contract/voice.ts';
import type { Db } from '../database/database.ts';
import { toEar } from './ear/to-ear.ts';
import type { CallRow } from './find-call.ts';

const MOST = 40;

/**
 * What caller and bot have said on a call, oldest first, for a page that was loaded again.
 * @param steps what its end does next: their words come with them, and are left out
 */
export async function saidSoFar(
  db: Db,
  call: Pick<CallRow, 'ticket_id' | 'started_at' | 'spoken_seq'>,
  steps: readonly CallStep[],
): Promise<CallSaid[]> {
  const spoken = steps.flatMap((step) => ('say' in step ? [step.say].flat() : [])).map(({ text }) => text);
  const messages = await db
    .selectFrom('message as m')
    .innerJoin('conversation as c', 'c.id', 'm.conversation_id')
    .select(['m.direction', 'm.parts', 'm.seq', 'c.locale'])
    .where('m.ticket_id', '=', call.ticket_id)
    .where('m.created_at', '>=', call.started_at)
    .where('m.author_type', 'in', ['citizen', 'bot', 'system'])
    .orderBy('m.seq', 'desc')
    .limit(MOST)
    .execute();
  return messages.reverse().flatMap(({ direction, parts, seq, locale }): CallSaid[] => {
    if (direction === 'in') {
      const text = parts.map((part) => (part.type === 'text' ? part.text : part.type === 'choice' ? part.title : ''));
      return [{ by: 'you' as const, text: text.join(' ').trim() }].filter((said) => said.text !== '');
    }
    const { text } = toEar(parts, locale);
    const isAhead = seq > call.spoken_seq || spoken.some((words) => words.includes(text));
    return text === '' || isAhead ? [] : [{ by: 'line', text }];
  });
}
