import type { Channel, InboundEvent } from '../../server/contract/channel.ts';
import type { CallerWords } from '../../server/contract/voice.ts';

/**
 * What is said between caller and bot, as messages. The caller's end asks for what it has not spoken yet, so storing a
 * message is its delivery; the calls themselves are carried by lines (`contract/voice.ts`).
 */
export function createVoiceChannel(): Channel<CallerWords> {
  return {
    name: 'voice',
    capabilities: {
      parts: new Set(['text', 'choices', 'choice', 'folio', 'request']),
      textLength: 4_000,
      delivery: 'cursor',
      typing: false,
      notices: false,
      pieces: 'one',
      settleSeconds: 0,
      windowHours: null,
    },

    async decode({ providerCallId, turn, address, part, locale, at }): Promise<InboundEvent[]> {
      return [
        {
          type: 'message',
          externalId: `${providerCallId}:${turn}`,
          from: { address },
          parts: [part],
          locale,
          sentAt: at.toISOString(),
        },
      ];
    },

    async send() {
      return { outcome: 'accepted' };
    },
  };
}
