import { sql } from 'kysely';
import { addSeconds } from '../clock.ts';
import type { InboundStatus } from '../contract/channel.ts';
import type { Db } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';

/** Providers report within minutes; whoever is still unknown then is not ours. */
const KEPT_SECONDS = 24 * 3_600;

/**
 * A report may come before we have stored the id that it is about. Whoever stores such an id, or looks for one, holds
 * this first until the transaction ends: so no report falls between the two.
 */
export async function lockProviderId({ tx }: Unit, accountId: string, providerMessageId: string): Promise<void> {
  const key = `${accountId}\n${providerMessageId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx);
}

/** Keeps a report about something that is not known yet; the lock of its id must be held. */
export async function keepEarlyReport(unit: Unit, accountId: string, report: InboundStatus): Promise<void> {
  await unit.tx
    .insertInto('early_report')
    .values({
      channel_account_id: accountId,
      provider_message_id: report.providerMessageId,
      report: json(report),
      received_at: unit.now,
    })
    .execute();
}

/** Takes what came early about an id, in the order in which it came. */
export async function takeEarlyReports({ tx }: Unit, accountId: string, id: string): Promise<InboundStatus[]> {
  const rows = await tx
    .deleteFrom('early_report')
    .where('channel_account_id', '=', accountId)
    .where('provider_message_id', '=', id)
    .returning(['id', 'report'])
    .execute();
  return rows.sort((a, b) => a.id - b.id).map(({ report }) => report);
}

/** Forgets reports about messages that we never sent. @returns how many */
export async function sweepEarlyReports({ tx, now }: Unit): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('early_report')
    .where('received_at', '<', addSeconds(now, -KEPT_SECONDS))
    .executeTakeFirst();
  return Number(numDeletedRows);
}

/** How many wait for a message that may be ours. */
export async function countEarlyReports(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('early_report')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
