import type {
  Capabilities,
  FetchedMedia,
  InboundEvent,
  OutboundMessage,
  SendResult,
} from '../../server/contract/channel.ts';
import type { MessagingAccount, ProviderInput } from '../../server/contract/messaging.ts';

/** WhatsApp by one provider: what the channel does for the accounts that the city has there. */
export interface WhatsAppAdapter {
  readonly capabilities: Capabilities;
  /** @throws what cannot be read: it is kept raw */
  decode(account: MessagingAccount, body: ProviderInput['body']): InboundEvent[];
  send(account: MessagingAccount, message: OutboundMessage): Promise<SendResult>;
  fetchMedia(account: MessagingAccount, source: Record<string, unknown>): Promise<FetchedMedia>;
}
