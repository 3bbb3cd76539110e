import { type Selectable, sql } from 'kysely';
import { addSeconds } from '../clock.ts';
import type { JobData } from '../contract/jobs.ts';
import type { Tables, Tx } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';
import type { BroadcastParts } from './broadcast-parts.ts';
import { speak } from './speak.ts';

/** People told in one transaction: each needs the lock of their conversation. */
const AT_ONCE = 20;
/** Messages of one notice that may be on their way by one account. Beyond it operators' answers would wait behind them. */
const UNDER_WAY = 60;
const LOOK_AGAIN_SECONDS = 2;

/**
 * Says a notice to the next of its recipients, each once, by the way that there is to them now; what the job does. It
 * promises its own successor, so that a pause or an end takes effect between two batches.
 */
export async function speakToNext(
  unit: Unit,
  parts: BroadcastParts,
  { broadcastId, version }: JobData<'outbound.broadcast'>,
): Promise<void> {
  const { tx, now } = unit;
  const row = await tx
    .selectFrom('broadcast')
    .selectAll()
    .where('id', '=', broadcastId)
    .where('version', '=', version)
    .where('state', '=', 'sending')
    .forUpdate()
    .executeTakeFirst();
  if (!row) return;
  const full = await fullAccounts(tx, broadcastId);
  const next = await nextRecipients(tx, broadcastId, full);
  if (next.length > 0) await speak(unit, parts, row, next);
  const isLast = next.length < AT_ONCE;
  const isDone = isLast && full.length === 0;
  const after = await tx
    .updateTable('broadcast')
    .set({
      ...(isDone ? { state: 'done', finished_at: now } : {}),
      version: next.length > 0 || isDone ? version + 1 : version,
      went_on_at: now,
    })
    .where('id', '=', broadcastId)
    .returning('version')
    .executeTakeFirstOrThrow();
  if (after.version > version) unit.emit('broadcast.changed', { broadcastId });
  if (isDone) return;
  const at = isLast ? addSeconds(now, LOOK_AGAIN_SECONDS) : undefined;
  unit.enqueue('outbound.broadcast', { broadcastId, version: after.version }, at);
}

/** Accounts by which enough of this notice is on its way. */
async function fullAccounts(tx: Tx, broadcastId: string): Promise<string[]> {
  const { rows } = await sql<{ channel_account_id: string }>`
    select m.channel_account_id from message m join broadcast_recipient r on r.message_id = m.id
    where m.status = 'queued' and r.broadcast_id = ${broadcastId}
    group by m.channel_account_id having count(*) >= ${UNDER_WAY}`.execute(tx);
  return rows.map((row) => row.channel_account_id);
}

async function nextRecipients(
  tx: Tx,
  broadcastId: string,
  full: readonly string[],
): Promise<Selectable<Tables['broadcast_recipient']>[]> {
  return tx
    .selectFrom('broadcast_recipient as r')
    .leftJoin('conversation as c', 'c.id', 'r.conversation_id')
    .selectAll('r')
    .where('r.broadcast_id', '=', broadcastId)
    .where('r.done_at', 'is', null)
    .where(sql<boolean>`coalesce(c.channel_account_id, '') <> all(${[...full]})`)
    .orderBy('r.citizen_id')
    .limit(AT_ONCE)
    .execute();
}
