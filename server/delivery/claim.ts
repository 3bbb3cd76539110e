import type { Clock } from '../clock.ts';
import { addSeconds } from '../clock.ts';
import type { Db } from '../database/database.ts';
import { isFirstInLine } from './in-line.ts';
import type { MessageRow } from './move-on.ts';

/** Longer than a provider may take to answer; after a crash another worker sends it again when it is past. */
const SEND_SECONDS = 60;

/**
 * Takes a message for this worker alone, as long as one send may take. Null where it is not its turn: it has left, or
 * another worker has it, or something said before it to the same person is still on its way, or its account pauses.
 * Each of these brings it back by itself.
 */
export async function claim(db: Db, clock: Clock, messageId: string): Promise<MessageRow | null> {
  const now = clock.now();
  const row = await db
    .updateTable('message as m')
    .set({ claimed_until: addSeconds(now, SEND_SECONDS) })
    .where('m.id', '=', messageId)
    .where('m.status', '=', 'queued')
    .where((where) => where.or([where('m.claimed_until', 'is', null), where('m.claimed_until', '<=', now)]))
    .where(isFirstInLine)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('channel_account as a')
            .select('a.id')
            .whereRef('a.id', '=', 'm.channel_account_id')
            .where('a.paused_until', '>', now),
        ),
      ),
    )
    .returningAll('m')
    .executeTakeFirst();
  return row ?? null;
}

/** Keeps a claim for one more send. False where it was lost meanwhile, or the message has failed. */
export async function renewClaim(db: Db, clock: Clock, held: MessageRow): Promise<boolean> {
  const until = addSeconds(clock.now(), SEND_SECONDS);
  const { numUpdatedRows } = await db
    .updateTable('message')
    .set({ claimed_until: until })
    .where('id', '=', held.id)
    .where('status', '=', 'queued')
    .where('claimed_until', '=', held.claimed_until)
    .executeTakeFirst();
  held.claimed_until = until;
  return numUpdatedRows > 0n;
}
