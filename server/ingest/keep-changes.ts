import { sql } from 'kysely';
import type { InboundChange } from '../contract/channel.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { applyChanges, type Target } from './apply-changes.ts';

/** What somebody did to a message, and where it came in. */
export interface ArrivedChange {
  accountId: string;
  event: InboundChange;
}

/** Keeps changes, each once however often it comes, and makes those whose messages are there. The others wait for them. */
export async function keepChanges(unit: Unit, changes: readonly ArrivedChange[]): Promise<void> {
  const rows = changes.map(({ accountId, event }) => ({
    channel_account_id: accountId,
    external_id: event.externalId,
    target: event.target,
    change: event.change,
  }));
  const { rows: kept } = await sql<Target>`
    insert into message_change (channel_account_id, external_id, target, change, received_at)
    select channel_account_id, external_id, target, change, ${unit.now}::timestamptz
    from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as (channel_account_id text, external_id text, target text, change jsonb)) with ordinality
      as input(channel_account_id, external_id, target, change, position)
    order by position
    on conflict (channel_account_id, external_id) do nothing
    returning channel_account_id as "accountId", target as "externalId"`.execute(unit.tx);
  await applyChanges(unit, kept);
}
