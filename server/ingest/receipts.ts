import type { Receipt } from '../contract/channel.ts';
import type { Unit } from '../database/unit-of-work.ts';
import { addressKey } from './address-key.ts';
import type { Arrival } from './arrival.ts';

export const receiptKey = ({ accountId, event }: Arrival): string => addressKey(accountId, event.externalId);

/** What of these came before, by `receiptKey`. Asked with the conversations locked, so that nobody stores it meanwhile. */
export async function earlierReceipts(unit: Unit, arrivals: readonly Arrival[]): Promise<Map<string, Receipt>> {
  const rows = await unit.tx
    .selectFrom('message')
    .select(['id', 'conversation_id', 'ticket_id', 'seq', 'channel_account_id', 'external_id', 'created_at'])
    .where('channel_account_id', 'in', [...new Set(arrivals.map((arrival) => arrival.accountId))])
    .where(
      'external_id',
      'in',
      arrivals.map((arrival) => arrival.event.externalId),
    )
    .execute();
  return new Map(
    rows.map((row) => [
      addressKey(row.channel_account_id, row.external_id),
      {
        externalId: row.external_id,
        conversationId: row.conversation_id,
        ticketId: row.ticket_id,
        messageId: row.id,
        seq: row.seq,
        duplicate: true,
        storedAt: row.created_at,
      },
    ]),
  );
}
