import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createMemoryChannel, type MemoryChannel } from '../../channels/memory/memory-channel.ts';
import type {
  Capabilities,
  ChannelName,
  InboundChange,
  InboundMessage,
  Receipt,
} from '../../server/contract/channel.ts';
import type { Message, Part } from '../../server/contract/message.ts';
import { presentMessage } from '../../server/conversations/present-message.ts';
import { startReconciler } from '../../server/jobs/reconciler.ts';
import type { ContactCentre } from './contact-centre.ts';

export const MEMORY_ACCOUNT = 'memory';

/** A network played by the memory channel, plugged into a contact centre. */
export interface MemoryNetwork {
  channel: MemoryChannel;
  /** One webhook. */
  deliver(events: readonly object[], accountId?: string): Promise<Receipt[]>;
  /** What the conversation of a receipt holds, in order. */
  conversation(receipt: Receipt | undefined): Promise<Message[]>;
  /** What was sent to an address, in words. */
  heardBy(address: string): string[];
  /** Looks for what was missed, as the server does every two seconds. */
  reconcile(): Promise<void>;
}

/** @param name of the channel that it stands in for */
export async function plugMemory(
  centre: ContactCentre,
  like: Partial<Capabilities> = {},
  name: ChannelName = 'memory',
): Promise<MemoryNetwork> {
  const { context } = centre.server;
  const channel = createMemoryChannel(name, like);
  for (const id of [MEMORY_ACCOUNT, `${MEMORY_ACCOUNT}-2`]) {
    await sql`insert into channel_account (id, channel, name, created_at) values (${id}, 'memory', ${id}, now())
      on conflict do nothing`.execute(context.database.db);
  }
  context.channels.set(name, channel as never);
  const reconciler = startReconciler(context);
  await reconciler.stop();
  return {
    channel,
    deliver: (events, accountId = MEMORY_ACCOUNT) =>
      context.ingest.receive(accountId, channel, { body: JSON.stringify({ events }) }),
    async conversation(receipt) {
      const rows = await context.database.db
        .selectFrom('message')
        .selectAll()
        .where('conversation_id', '=', receipt?.conversationId ?? randomUUID())
        .orderBy('seq')
        .execute();
      return rows.map(presentMessage);
    },
    heardBy: (address) => channel.sent.filter(({ to }) => to === address).map(({ message }) => wordsIn(message.parts)),
    reconcile: reconciler.reconcile,
  };
}

export const wordsIn = (parts: readonly Part[]): string =>
  parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');

let numbersGiven = Math.floor(Math.random() * 9_000_000);
/** A number that nobody else has. */
export const aNumber = (): string => {
  numbersGiven += 1;
  return `+52229${String(numbersGiven).padStart(7, '0')}`;
};

export const text = (words: string): Part[] => [{ type: 'text', text: words }];

export function says(
  from: string | InboundMessage['from'],
  parts: string | Part[],
  more: Partial<InboundMessage> = {},
): InboundMessage {
  return {
    type: 'message',
    externalId: randomUUID(),
    from: typeof from === 'string' ? { address: from } : from,
    parts: typeof parts === 'string' ? text(parts) : parts,
    ...more,
  };
}

export const does = (target: string, change: InboundChange['change']): InboundChange => ({
  type: 'change',
  externalId: randomUUID(),
  target,
  change,
});
