import type { ChannelName, InboundMessage } from '../contract/channel.ts';

/** A decoded message and where it came in. */
export interface Arrival {
  accountId: string;
  channel: ChannelName;
  event: InboundMessage;
  /** Arrivals of one line are stored in the order in which they were given. */
  line?: string | undefined;
}
