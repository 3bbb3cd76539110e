import type { Logger } from 'pino';
import {
  type Channel,
  type InboundEvent,
  type InboundStatus,
  inboundEventSchema,
  type Receipt,
} from '../contract/channel.ts';
import { AppError } from '../contract/errors.ts';
import { createBatcher, HELD } from '../database/batcher.ts';
import type { UnitOfWork } from '../database/unit-of-work.ts';
import { addressKey } from './address-key.ts';
import type { Arrival } from './arrival.ts';
import { type ArrivedChange, keepChanges } from './keep-changes.ts';
import { keepUnread } from './raw-inputs.ts';
import { type StoreParts, storeArrivals } from './store-arrivals.ts';

export interface Ingest {
  /**
   * Takes one raw input of a channel account: decodes, dedupes, stores. Resolves after commit with a receipt a
   * message. An input that cannot be decoded is kept raw and gives no receipt.
   * @param line inputs of one line are stored in the order in which they were given, though decoded side by side
   */
  receive<Raw>(accountId: string, channel: Channel<Raw>, raw: Raw, line?: string): Promise<Receipt[]>;
  /** The same for what was decoded already. */
  take(accountId: string, channel: Channel<never>, events: readonly InboundEvent[]): Promise<Receipt[]>;
  /** Waits for what is under way. */
  idle(): Promise<void>;
}

export interface IngestParts extends StoreParts {
  unitOfWork: UnitOfWork;
  log: Logger;
  /** What a provider says of a message of ours. */
  report(accountId: string, status: InboundStatus): Promise<void>;
  /** Something came in by an account and is stored. */
  received(accountId: string): void;
}

type From = Pick<Channel<never>, 'name' | 'capabilities'>;

export function createIngest({ unitOfWork, log, report, received, ...parts }: IngestParts): Ingest {
  const messages = createBatcher<Arrival, Receipt>(
    async (arrivals) => {
      const receipts = await unitOfWork((unit) => storeArrivals(unit, arrivals, parts));
      for (const { accountId } of arrivals) received(accountId);
      return receipts.map((receipt) => receipt ?? HELD);
    },
    {
      batch: 256,
      pending: 20_000,
      keyOf: ({ accountId, event, line }) => addressKey(accountId, line ?? event.from.address),
      atOnce: 2,
    },
  );
  const changes = createBatcher<ArrivedChange, void>(
    async (arrived) => {
      await unitOfWork((unit) => keepChanges(unit, arrived));
      return arrived.map(() => undefined);
    },
    { batch: 256, pending: 20_000, keyOf: ({ accountId, event }) => addressKey(accountId, event.target) },
  );

  async function decode<Raw>(accountId: string, channel: Channel<Raw>, raw: Raw): Promise<InboundEvent[]> {
    try {
      return inboundEventSchema.array().parse(await channel.decode(raw));
    } catch (error) {
      // A refusal is meant for the sender; anything else is our inability, and the input is kept for a later version.
      if (error instanceof AppError) throw error;
      // Parsers quote what they could not read: the error is kept beside the input, never logged.
      const why = error instanceof Error ? error.message : 'unknown';
      const [id] = await unitOfWork((unit) => keepUnread(unit, [{ accountId, body: JSON.stringify(raw), why }]));
      log.warn({ channel: channel.name, rawId: id, kind: (error as Error).name }, 'input kept undecoded');
      return [];
    }
  }

  async function handOn(
    accountId: string,
    { name, capabilities }: From,
    event: InboundEvent,
    line?: string,
  ): Promise<Receipt | null> {
    if (event.type === 'message') return messages.add({ accountId, channel: name, capabilities, event, line });
    if (event.type === 'change') await changes.add({ accountId, event });
    else await report(accountId, event);
    return null;
  }

  /** By line, what was given last: resolves once it stands in the batcher's row. Lines are few. */
  const lines = new Map<string, Promise<unknown>>();

  async function inLine(
    accountId: string,
    channel: From,
    decoding: Promise<InboundEvent[]>,
    line?: string,
  ): Promise<{ receipts: Promise<Receipt | null>[] }> {
    await Promise.allSettled([line && lines.get(line), decoding]);
    const events = await decoding;
    return { receipts: events.map((event) => handOn(accountId, channel, event, line)) };
  }

  const given = async (receipts: Promise<Receipt | null>[]): Promise<Receipt[]> =>
    (await Promise.all(receipts)).filter((receipt) => receipt !== null);

  return {
    async receive(accountId, channel, raw, line) {
      const decoding = decode(accountId, channel, raw);
      const handed = inLine(accountId, channel, decoding, line);
      if (line) lines.set(line, Promise.allSettled([handed]));
      return given((await handed).receipts);
    },
    take: (accountId, channel, events) => given(events.map((event) => handOn(accountId, channel, event))),
    async idle() {
      await Promise.all([messages.idle(), changes.idle()]);
    },
  };
}
