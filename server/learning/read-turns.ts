import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { z } from 'zod';
import { addSeconds } from '../clock.ts';
import { AppError } from '../contract/errors.ts';
import type { BotTurnRow, listTurnsSchema, TurnFilter, TurnPage } from '../contract/learning.ts';
import type { Db, Tables } from '../database/database.ts';
import { wordsOfTurns } from './words-of-turns.ts';

type TurnRow = Selectable<Tables['bot_turn']>;
type ListedRow = TurnRow & { number: number; channel: BotTurnRow['channel'] };

/** What nobody has looked at for so long is not worth a look any more. */
const REVIEWED_WITHIN_DAYS = 90;
/** Counting stops here. */
const MOST_COUNTED = 1_000;

/** They asked for a person in so many words: there is nothing to learn from that. */
const ASKED_FOR_PERSON = 'hablar-persona';

const reasons: Record<Exclude<TurnFilter, 'all'>, RawBuilder<unknown>> = {
  missed: sql`(b.outcome = 'missed' and b.mark is distinct from 'good')`,
  corrected: sql`b.corrected`,
  handed_off: sql`(b.outcome = 'handed_off' and b.understood is distinct from ${ASKED_FOR_PERSON}
    and b.mark is distinct from 'good')`,
  bad: sql`b.mark = 'bad'`,
};
const any = sql`(${sql.join(Object.values(reasons), sql` or `)})`;
/** In the words of the index `bot_turn_review`. */
const unreviewed = sql`b.reviewed is null and (b.outcome in ('missed', 'handed_off') or b.corrected or b.mark = 'bad')
  and b.outcome <> 'danger' and not t.protected`;

/**
 * Turns to be reviewed, newest first. Danger and protected contacts are never among them.
 * @throws AppError `invalid_cursor`
 */
export async function listTurns(db: Db, now: Date, query: z.output<typeof listTurnsSchema>): Promise<TurnPage> {
  const since = addSeconds(now, -REVIEWED_WITHIN_DAYS * 86_400);
  const [rows, counts] = await Promise.all([select(db, since, query), count(db, since)]);
  const page = rows.slice(0, query.limit);
  const words = await wordsOfTurns(
    db,
    page.map(({ id }) => id),
  );
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  return {
    turns: page.map((row) => ({ ...presentRow(row), said: '', answered: '', ...words.get(row.id) })),
    nextCursor: last ? `${last.at.toISOString()}|${last.id}` : null,
    counts,
  };
}

async function select(db: Db, since: Date, query: z.output<typeof listTurnsSchema>): Promise<ListedRow[]> {
  const { rows } = await sql<ListedRow>`
    select b.*, t.number, t.channel from bot_turn b join ticket t on t.id = b.ticket_id
    where ${unreviewed} and b.at > ${since} and ${query.filter === 'all' ? any : reasons[query.filter]}
      and ${after(query.cursor)}
    order by b.at desc, b.id desc limit ${query.limit + 1}`.execute(db);
  return rows;
}

async function count(db: Db, since: Date): Promise<TurnPage['counts']> {
  const { rows } = await sql<TurnPage['counts']>`
    select (count(*) filter (where ${any}))::int as "all",
      ${sql.join(
        Object.entries(reasons).map(
          ([name, reason]) => sql`(count(*) filter (where ${reason}))::int as ${sql.ref(name)}`,
        ),
      )}
    from (
      select b.* from bot_turn b join ticket t on t.id = b.ticket_id
      where ${unreviewed} and b.at > ${since} order by b.at desc limit ${MOST_COUNTED}
    ) b`.execute(db);
  return rows[0] ?? { all: 0, missed: 0, corrected: 0, handed_off: 0, bad: 0 };
}

/** @throws AppError `invalid_cursor` */
function after(cursor: string | undefined): RawBuilder<unknown> {
  if (!cursor) return sql`true`;
  const [, at, id] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)\|([\da-f-]{36})$/.exec(cursor) ?? [];
  if (!at || !id) throw new AppError('invalid_cursor');
  return sql`(b.at, b.id) < (${at}::timestamptz, ${id}::uuid)`;
}

function presentRow(row: ListedRow): Omit<BotTurnRow, 'said' | 'answered'> {
  return {
    id: row.id,
    ticketId: row.ticket_id,
    ticketNumber: row.number,
    channel: row.channel,
    at: row.at.toISOString(),
    understood: understoodIn(row),
    outcome: row.outcome,
    corrected: row.corrected,
    correctedTo: row.corrected_to,
    mark: row.mark,
    markedBy: row.marked_by_name,
    reviewed: row.reviewed,
  };
}

/** What a turn's words were taken for. */
export function understoodIn(row: Pick<TurnRow, 'understood' | 'confidence' | 'certainty'>): BotTurnRow['understood'] {
  if (row.understood === null) return null;
  return { id: row.understood, confidence: row.confidence ?? 0, certainty: row.certainty };
}
