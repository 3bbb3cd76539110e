import type { Asker } from '../contract/bot.ts';
import type { ChannelName } from '../contract/channel.ts';
import { AppError } from '../contract/errors.ts';
import type { Db } from '../database/database.ts';
import type { CaseRow } from './case-row.ts';
import type { Holder } from './who-holds.ts';

const MOST_OF_THEIRS = 10;

/** The contact in which the bot is asked. */
export interface AskersContact {
  id: string;
  conversation_id: string;
  citizen_id: string;
  channel: ChannelName;
}

/** @throws AppError `not_found` when ticket and conversation do not belong together */
export async function contactOf(db: Db, { ticketId, conversationId }: Asker): Promise<AskersContact> {
  const ticket = await db
    .selectFrom('ticket')
    .select(['id', 'conversation_id', 'citizen_id', 'channel'])
    .where('id', '=', ticketId)
    .where('conversation_id', '=', conversationId)
    .executeTakeFirst();
  if (!ticket) throw new AppError('not_found');
  return ticket;
}

/** A case that the citizen filed or follows; null for anybody else's, and for a protected one. */
export async function theirCase(
  db: Db,
  citizenId: string,
  find: { id: string } | { folio: string },
): Promise<Holder | null> {
  const row = await theirs(db, citizenId)
    .where((where) => ('id' in find ? where('c.id', '=', find.id) : where('c.folio', '=', find.folio)))
    .executeTakeFirst();
  return row ? holding(row, citizenId) : null;
}

/** What the citizen filed or follows, newest first, but for what is protected. */
export async function theirCases(db: Db, citizenId: string): Promise<Holder[]> {
  const rows = await theirs(db, citizenId)
    .orderBy('c.opened_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(MOST_OF_THEIRS)
    .execute();
  return rows.map((row) => holding(row, citizenId));
}

const theirs = (db: Db, citizenId: string) =>
  db
    .selectFrom('service_case as c')
    .selectAll('c')
    .where('c.protected', '=', false)
    .where('c.id', 'in', (where) =>
      where
        .selectFrom('service_case')
        .select('id')
        .where('citizen_id', '=', citizenId)
        .union(where.selectFrom('case_follower').select('case_id as id').where('citizen_id', '=', citizenId)),
    );

const holding = (row: CaseRow, citizenId: string): Holder => ({
  row,
  isReporter: row.citizen_id === citizenId,
  citizenId,
});
