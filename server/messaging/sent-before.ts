import type { Db } from '../database/database.ts';

/** What is older than this was read, or never will be reported. */
const MOST = 100;

/** The provider's ids of the latest messages to somebody until a time that are not known to be read. */
export async function sentBefore(db: Db, accountId: string, address: string, at: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('conversation as c')
    .innerJoin('message as m', 'm.conversation_id', 'c.id')
    .innerJoin('message_piece as p', 'p.message_id', 'm.id')
    .select('p.provider_message_id')
    .where('c.channel_account_id', '=', accountId)
    .where('c.address', '=', address)
    .where('m.direction', '=', 'out')
    .where('m.created_at', '<=', at)
    .where('p.status', 'in', ['sent', 'delivered'])
    .where('p.provider_message_id', 'is not', null)
    .orderBy('m.seq', 'desc')
    .limit(MOST)
    .execute();
  return rows.flatMap(({ provider_message_id: id }) => id ?? []);
}
