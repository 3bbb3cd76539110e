import { randomUUID } from 'node:crypto';
import type { InboundActivity } from '../../channels/botframework/decode-activity.ts';
import { BOT_FRAMEWORK_ACCOUNT } from '../../server/botframework/botframework-host.ts';
import type { Channel, OutboundMessage } from '../../server/contract/channel.ts';
import { type BotService, startBotService } from '../support/bot-service.ts';
import { describeChannel } from './channel-conformance.ts';

const STATUS = { refusal: 403, later: 429, 'broken line': 502 } as const;

/** It tells nothing of what becomes of a message. */
const claims = { delivery: 'push', batches: false, reports: false } as const;

describeChannel<InboundActivity>('the Bot Framework', claims, async ({ server }) => {
  const service: BotService = await startBotService();
  const { channels } = server.context;
  const channel = channels.get('botframework') as Channel<InboundActivity>;
  /** The service's id of each message it took. */
  const taken = new Map<string, string | undefined>();
  channels.set('botframework', {
    ...channel,
    async send(outbound: OutboundMessage) {
      const result = await channel.send(outbound);
      if (result.outcome === 'accepted') taken.set(outbound.message.id, result.providerMessageId);
      return result;
    },
  } as never);
  const activity = (conversationId: string, id: string | undefined, text: string): InboundActivity => ({
    type: 'message',
    ...(id ? { id } : {}),
    channelId: 'msteams',
    serviceUrl: service.serviceUrl,
    conversation: { id: conversationId },
    from: { id: '29:ana' },
    recipient: { id: '28:linea' },
    locale: 'es-MX',
    text,
  });
  return {
    channel,
    accountId: BOT_FRAMEWORK_ACCOUNT,
    address: () => `a:${randomUUID()}`,
    input: ({ from, id, text }) => activity(from, id, text),
    line: 'a conversation',
    undecodable: activity('a:1', undefined, 'sin id'),
    provider: {
      meet: (...mishaps) => void service.trouble.push(...mishaps.map((mishap) => STATUS[mishap])),
      refusal: { code: '403', reason: 'La otra aplicación ya no acepta mensajes en esa conversación.' },
      got: (messageId) =>
        service.heard.filter(({ given }) => given === taken.get(messageId)).map(({ text }) => [text ?? '']),
      reports: [],
      report: () => activity('a:1', randomUUID(), ''),
    },
    close: () => void service.stop(),
  };
});
