import type { Logger } from 'pino';
import { v7 as uuid } from 'uuid';
import {
  type Channel,
  type ChannelName,
  type InboundEvent,
  type InboundStatus,
  inboundEventSchema,
  type Receipt,
} from '../contract/channel.ts';
import type { City } from '../contract/city.ts';
import { AppError } from '../contract/errors.ts';
import { createBatcher, HELD } from '../database/batcher.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import type { Acknowledge } from '../email/store-letters.ts';
import type { Arrival } from './arrival.ts';
import { keepChange } from './keep-change.ts';
import { addressKey } from './open-conversations.ts';
import { storeArrivals } from './store-arrivals.ts';

export interface Ingest {
  /**
   * Takes one raw input of a channel account: decodes, dedupes, stores. Resolves after commit with a receipt a
   * message. An input that cannot be decoded is kept raw and gives no receipt.
   * @param line inputs of one line are stored in the order in which they were given, though decoded side by side
   */
  receive<Raw>(accountId: string, channel: Channel<Raw>, raw: Raw, line?: string): Promise<Receipt[]>;
  /** Waits for what is under way. */
  idle(): Promise<void>;
}

export interface IngestParts {
  unitOfWork: UnitOfWork;
  city: Pick<City, 'defaultPriority'>;
  log: Logger;
  /** What a provider says of a message of ours. */
  report(accountId: string, status: InboundStatus): Promise<void>;
  acknowledge: Acknowledge;
}

export function createIngest({ unitOfWork, city, log, report, acknowledge }: IngestParts): Ingest {
  const batcher = createBatcher<Arrival, Receipt>(
    async (arrivals) => {
      const receipts = await unitOfWork((unit) => storeArrivals(unit, arrivals, city, acknowledge));
      return receipts.map((receipt) => receipt ?? HELD);
    },
    {
      batch: 256,
      pending: 20_000,
      keyOf: ({ accountId, event, line }) => addressKey(accountId, line ?? event.from.address),
      atOnce: 2,
    },
  );

  async function decode<Raw>(accountId: string, channel: Channel<Raw>, raw: Raw): Promise<InboundEvent[]> {
    try {
      return inboundEventSchema.array().parse(await channel.decode(raw));
    } catch (error) {
      // A refusal is meant for the sender; anything else is our inability, and the input is kept for a later version.
      if (error instanceof AppError) throw error;
      // Parsers quote what they could not read: the error is kept beside the input, never logged.
      const id = await keep(accountId, raw, error instanceof Error ? error.message : 'unknown');
      log.warn({ channel: channel.name, rawId: id, kind: (error as Error).name }, 'input kept undecoded');
      return [];
    }
  }

  async function keep(accountId: string, raw: unknown, why: string): Promise<string> {
    const id = uuid();
    await unitOfWork(({ tx, now }) =>
      tx
        .insertInto('raw_input')
        .values({
          id,
          channel_account_id: accountId,
          body: withoutNul(typeof raw === 'string' ? raw : JSON.stringify(raw)),
          error: withoutNul(why.slice(0, 2_000)),
          received_at: now,
          decoded_at: null,
        })
        .execute(),
    );
    return id;
  }

  /** By line, what was given last: resolves once it stands in the batcher's row. Lines are few. */
  const lines = new Map<string, Promise<unknown>>();

  async function handOn(
    accountId: string,
    channel: ChannelName,
    decoding: Promise<InboundEvent[]>,
    line?: string,
  ): Promise<{ receipts: Promise<Receipt | null>[] }> {
    await Promise.allSettled([line && lines.get(line), decoding]);
    const events = await decoding;
    return {
      receipts: events.map(async (event) => {
        if (event.type === 'message') return batcher.add({ accountId, channel, event, line });
        if (event.type === 'change') await unitOfWork((unit) => keepChange(unit, accountId, event));
        else await report(accountId, event);
        return null;
      }),
    };
  }

  return {
    async receive(accountId, channel, raw, line) {
      const decoding = decode(accountId, channel, raw);
      const handed = handOn(accountId, channel.name, decoding, line);
      if (line) lines.set(line, Promise.allSettled([handed]));
      const { receipts } = await handed;
      return (await Promise.all(receipts)).filter((receipt) => receipt !== null);
    },
    idle: batcher.idle,
  };
}

/** PostgreSQL takes no U+0000 in a text. */
const withoutNul = (text: string): string => text.replaceAll('\u0000', '\\u0000');
