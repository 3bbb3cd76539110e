import { createMemoryChannel, type MemoryChannel } from '../../channels/memory/memory-channel.ts';
import type {
  Capabilities,
  InboundChange,
  InboundMessage,
  InboundStatus,
  Receipt,
} from '../../server/contract/channel.ts';
import type { MessagingChannel } from '../../server/contract/messaging.ts';
import type { ContactCentre } from './contact-centre.ts';
import { says } from './memory-person.ts';

/** As the networks of telephones are: in pieces, with a window of a day. */
export const likeWhatsApp: Partial<Capabilities> = {
  pieces: 'many',
  windowHours: 24,
  parts: new Set(['text', 'media', 'location', 'choices', 'template']),
};

/** An account of the sample city, played by the memory channel. */
export interface Network {
  channel: MemoryChannel;
  writes(from: string, words: string, more?: Partial<InboundMessage>): Promise<Receipt>;
  reports(report: Omit<InboundStatus, 'type'>): Promise<void>;
  /** Changes to what was said before. */
  does(...changes: InboundChange[]): Promise<void>;
}

/** Takes the place of the sample city's account of that name. */
export async function plugNetwork(
  centre: ContactCentre,
  name: MessagingChannel,
  like: Partial<Capabilities> = likeWhatsApp,
): Promise<Network> {
  const { channels, ingest } = centre.server.context;
  const channel = createMemoryChannel(name, like);
  channels.set(name, channel as never);
  const deliver = (events: object[]) => ingest.receive(name, channel, { body: JSON.stringify({ events }) });
  return {
    channel,
    async writes(from, words, more = {}) {
      const [receipt] = await deliver([says(from, words, more)]);
      if (!receipt) throw new Error(`Nothing was stored of what ${from} wrote`);
      return receipt;
    },
    async reports(report) {
      await deliver([{ type: 'status', ...report }]);
    },
    async does(...changes) {
      await deliver(changes);
    },
  };
}
