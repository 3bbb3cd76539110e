import { z } from 'zod';
import {
  type Capabilities,
  type Channel,
  type ChannelName,
  inboundEventSchema,
  type OutboundMessage,
  type Receive,
  type SendResult,
} from '../../server/contract/channel.ts';

/** One raw input: a batch of events as JSON, as a provider's webhook would bring it. */
export interface MemoryInput {
  body: string;
}

export interface MemoryChannel extends Channel<MemoryInput> {
  /** What was handed over, in order. */
  readonly sent: OutboundMessage[];
  /** Plays the provider: an input arrives. */
  deliver(events: unknown[]): ReturnType<Receive<MemoryInput>>;
  /** What the next sends come to; when used up, everything is accepted. */
  answerWith(...results: (SendResult | Error)[]): void;
}

const batchSchema = z.object({ events: z.array(inboundEventSchema) });

/**
 * A channel without a network: the conformance suite's second subject, and the tests' quickest resident.
 * @param name of the channel that it stands in for
 * @param differs what it can carry, where that is not what it says here
 */
export function createMemoryChannel(name: ChannelName = 'memory', differs: Partial<Capabilities> = {}): MemoryChannel {
  const sent: OutboundMessage[] = [];
  const answers: (SendResult | Error)[] = [];
  let receive: Receive<MemoryInput> | null = null;
  return {
    name,
    capabilities: {
      parts: new Set(['text', 'media', 'choices']),
      textLength: 1_000,
      delivery: 'push',
      typing: false,
      notices: true,
      pieces: 'one',
      settleSeconds: 0,
      windowHours: null,
      ...differs,
    },
    sent,
    decode: async (input) => batchSchema.parse(JSON.parse(input.body)).events,
    async send(message) {
      const answer = answers.shift() ?? { outcome: 'accepted', providerMessageId: `memory-${message.idempotencyKey}` };
      if (answer instanceof Error) throw answer;
      if (answer.outcome === 'accepted') sent.push(message);
      return answer;
    },
    async start(to) {
      receive = to;
    },
    async stop() {
      receive = null;
    },
    deliver(events) {
      if (!receive) throw new Error('The channel is not started');
      return receive({ body: JSON.stringify({ events }) });
    },
    answerWith: (...results) => void answers.push(...results),
  };
}
