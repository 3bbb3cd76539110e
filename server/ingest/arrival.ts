import type { ChannelName, InboundMessage } from '../contract/channel.ts';

/** A decoded message and where it came in. */
export interface Arrival {
  accountId: string;
  channel: ChannelName;
  event: InboundMessage;
}
