/**
 * How far an outbound message got on a channel whose provider reports it one by one.
 * Ordered: a later report never moves a message backwards (`failed` beats all but `delivered` and `read`).
 * Free of schemas, so that a browser can load it alone.
 */
export const messageStatuses = ['stored', 'queued', 'sent', 'delivered', 'read', 'failed'] as const;
export type MessageStatus = (typeof messageStatuses)[number];

interface Sent {
  seq: number;
  direction: 'in' | 'out';
  status: MessageStatus;
}
type Positions = Record<'citizenDelivered' | 'citizenRead' | 'cityDelivered' | 'cityRead', number>;

/** The status to show beside a message, its own report and the other side's cursors taken together. */
export function statusOf(message: Sent, cursors: Positions): MessageStatus {
  if (message.status === 'failed') return 'failed';
  const [delivered, read] =
    message.direction === 'in'
      ? [cursors.cityDelivered, cursors.cityRead]
      : [cursors.citizenDelivered, cursors.citizenRead];
  if (message.seq <= read) return 'read';
  if (message.seq <= delivered) return 'delivered';
  return message.status;
}
