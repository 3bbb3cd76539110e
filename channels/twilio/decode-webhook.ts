import { z } from 'zod';
import type { InboundEvent, InboundStatus } from '../../server/contract/channel.ts';
import type { ProviderInput } from '../../server/contract/messaging.ts';
import { decodeMessage } from './decode-message.ts';
import { failureOf } from './twilio-errors.ts';

const statusSchema = z.looseObject({
  MessageSid: z.string().min(1).max(64),
  MessageStatus: z.string().max(40),
  ErrorCode: z.string().max(20).optional(),
});

/** Those it is still on its way in are nothing to tell. */
const STATUSES: Record<string, InboundStatus['status']> = {
  sent: 'sent',
  delivered: 'delivered',
  partially_delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
};

/**
 * A webhook of Twilio as events, whichever of its doors it came by.
 * @see https://www.twilio.com/docs/messaging/guides/webhook-request
 * @throws what cannot be read: it is kept raw
 */
export function decodeWebhook(input: ProviderInput): InboundEvent[] {
  const status = statusSchema.safeParse(input.body);
  return status.success ? decodeStatus(status.data) : [decodeMessage(input)];
}

function decodeStatus({ MessageSid, MessageStatus, ErrorCode }: z.infer<typeof statusSchema>): InboundStatus[] {
  const status = STATUSES[MessageStatus];
  if (!status) return [];
  const failure = status === 'failed' ? { failure: failureOf(ErrorCode ?? MessageStatus) } : {};
  return [{ type: 'status', providerMessageId: MessageSid, status, ...failure }];
}
