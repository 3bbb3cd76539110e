import type { Db } from '../database/database.ts';
import { isFirstInLine } from './in-line.ts';

/**
 * Messages that could leave and have not: each the first of its conversation, by accounts that do not pause. Those
 * behind them follow by themselves.
 * @param since what was said later may just be on its way
 */
export async function findOverdue(db: Db, now: Date, since: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('message as m')
    .leftJoin('channel_account as a', 'a.id', 'm.channel_account_id')
    .select('m.id')
    .where('m.status', '=', 'queued')
    .where('m.created_at', '<', since)
    .where((where) => where.or([where('m.claimed_until', 'is', null), where('m.claimed_until', '<', now)]))
    .where((where) => where.or([where('a.paused_until', 'is', null), where('a.paused_until', '<=', now)]))
    .where(isFirstInLine)
    .orderBy('m.created_at')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}
