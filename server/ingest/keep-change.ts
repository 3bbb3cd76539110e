import type { InboundChange } from '../contract/channel.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';

/** Keeps what somebody did to a message, once however often it comes. */
export async function keepChange({ tx, now }: Unit, accountId: string, event: InboundChange): Promise<void> {
  await tx
    .insertInto('message_change')
    .values({
      channel_account_id: accountId,
      external_id: event.externalId,
      target: event.target,
      change: json(event.change),
      received_at: now,
      applied_at: null,
    })
    .onConflict((conflict) => conflict.columns(['channel_account_id', 'external_id']).doNothing())
    .execute();
}
