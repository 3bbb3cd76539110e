import type { MessageListInstanceCreateOptions } from 'twilio/lib/rest/api/v2010/account/message.js';
import type { SendResult } from '../../server/contract/channel.ts';
import type { TwilioSettings } from '../../server/contract/messaging.ts';
import type { TwilioAccount } from './twilio-account.ts';
import type { TwilioClient } from './twilio-client.ts';
import { TRY_AGAIN } from './twilio-doors.ts';
import { failureOf, PATIENCE } from './twilio-errors.ts';

/** What a message says, by the SDK's names. */
export type MessageFields = Pick<
  MessageListInstanceCreateOptions,
  'body' | 'mediaUrl' | 'contentSid' | 'contentVariables' | 'persistentAction'
> & { from: string; to: string; statusCallback: string };

const clients = new WeakMap<TwilioSettings, TwilioClient>();

/**
 * Hands one message to Twilio. Its API takes no key by which a repetition could be known: should the line break
 * between its taking a message and our hearing so, the next try sends it a second time. Twilio answers before it
 * sends anything, so that is a matter of milliseconds.
 * @throws what is worth a retry
 */
export async function sendMessage(account: TwilioAccount, fields: MessageFields): Promise<SendResult> {
  const { createTwilioClient, refusalOf, TwilioAsksToWait } = await import('./twilio-client.ts');
  const { settings } = account;
  const client = clients.get(settings) ?? createTwilioClient(settings);
  clients.set(settings, client);
  const { messagingServiceSid } = settings;
  const statusCallback = `${fields.statusCallback}${TRY_AGAIN}`;
  try {
    const { sid } = await client.messages.create({
      ...fields,
      statusCallback,
      ...(messagingServiceSid ? { messagingServiceSid } : {}),
    });
    return { outcome: 'accepted', providerMessageId: sid };
  } catch (error) {
    if (error instanceof TwilioAsksToWait) return { outcome: 'throttled', retryAfterSeconds: error.seconds };
    const refusal = refusalOf(error);
    if (!refusal || refusal.status >= 500) throw error;
    if (PATIENCE.has(refusal.code)) return { outcome: 'throttled', retryAfterSeconds: 60 };
    const { permanent, reason } = failureOf(refusal.code);
    return { outcome: 'rejected', permanent, reason, providerCode: refusal.code };
  }
}
