import { wordsOf } from '../conversations/words-of.ts';
import type { Db } from '../database/database.ts';

/** What is looked at of a contact: more than this is not one question. */
const MOST_MESSAGES = 24;
const MOST_BEFORE = 5;
const LONGEST = 2_000;

export interface Said {
  /** Of the citizen's last message. */
  seq: number;
  /** Since a person last answered them, oldest first; where nothing was said since, what was said before that. */
  said: string[];
  before: string[];
  /** Nobody has answered it yet. */
  open: boolean;
}

/** What the citizen said last in a contact, in their words; null when they have said nothing that can be read. */
export async function whatWasSaid(db: Db, ticketId: string, reach: number): Promise<Said | null> {
  let query = db
    .selectFrom('message')
    .select(['seq', 'author_type', 'parts'])
    .where('ticket_id', '=', ticketId)
    .where('author_type', 'in', ['citizen', 'operator'])
    .orderBy('seq', 'desc')
    .limit(MOST_MESSAGES);
  if (reach < Number.POSITIVE_INFINITY) query = query.where('seq', '<=', reach);
  const lines = (await query.execute())
    .map(({ seq, author_type, parts }) => ({ seq, byCitizen: author_type === 'citizen', text: wordsOf(parts) }))
    .filter(({ byCitizen, text }) => !byCitizen || text !== '');
  const last = lines.findIndex(({ byCitizen }) => byCitizen);
  const newest = lines[last];
  if (!newest) return null;
  const answered = lines.findIndex(({ byCitizen }, index) => index > last && !byCitizen);
  const end = answered < 0 ? lines.length : answered;
  const textsOf = (some: typeof lines) => some.map(({ text }) => text.slice(0, LONGEST)).reverse();
  return {
    seq: newest.seq,
    said: textsOf(lines.slice(last, end)),
    before: textsOf(
      lines
        .slice(end)
        .filter(({ byCitizen }) => byCitizen)
        .slice(0, MOST_BEFORE),
    ),
    open: last === 0,
  };
}
