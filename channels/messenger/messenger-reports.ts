import type { InboundStatus } from '../../server/contract/channel.ts';
import type { MessagingHost } from '../../server/contract/messaging.ts';
import type { MessengerEvent } from './messenger-payload.ts';

/**
 * What became of our messages. Meta names a time up to which everything arrived or was read, and sometimes messages:
 * the server knows which those are.
 */
export async function reportsOf(
  { delivery, read, sender, timestamp }: MessengerEvent,
  accountId: string,
  host: Pick<MessagingHost, 'sentBefore'>,
): Promise<InboundStatus[]> {
  const said = delivery ?? read;
  if (!said) return [];
  const status = delivery ? 'delivered' : 'read';
  const named = [...(delivery?.mids ?? []), ...(read?.mid ? [read.mid] : [])];
  const until = said.watermark ?? (read ? timestamp : null);
  const isTold = delivery !== null && delivery !== undefined && named.length > 0;
  const others = until && !isTold ? await host.sentBefore(accountId, sender.id, new Date(until)) : [];
  return [...new Set([...others, ...named])].map((providerMessageId) => ({
    type: 'status',
    providerMessageId,
    status,
  }));
}
