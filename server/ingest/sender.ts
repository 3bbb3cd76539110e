import type { ChannelName } from '../contract/channel.ts';
import type { Locale } from '../contract/errors.ts';

/** Somebody who writes to a channel account. */
export interface Sender {
  accountId: string;
  channel: ChannelName;
  address: string;
  /** What else they are known by. */
  aliases?: readonly string[] | undefined;
  /** Tells apart the conversations of one address, on channels with threads. */
  thread?: string | undefined;
  /** The identity they are known by, where it is not the address: somebody who only claims to be at that address. */
  knownAs?: string | undefined;
  displayName?: string | undefined;
  /** E.164, vouched for by the provider. */
  phone?: string | undefined;
  locale: Locale;
}
