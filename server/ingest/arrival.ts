import type { Capabilities, ChannelName, InboundMessage } from '../contract/channel.ts';

/** A decoded message and where it came in. */
export interface Arrival {
  accountId: string;
  channel: ChannelName;
  capabilities: Pick<Capabilities, 'delivery' | 'settleSeconds' | 'windowHours'>;
  event: InboundMessage;
  /** Arrivals of one line are stored in the order in which they were given. */
  line?: string | undefined;
}

/**
 * From a network of its own, where people have several addresses and can change what they have sent. The web chat, where
 * they cannot, is not asked about either.
 */
export const isFromNetwork = ({ capabilities, event }: Arrival): boolean =>
  capabilities.delivery === 'push' && event.thread === undefined;
