import { randomUUID } from 'node:crypto';
import type { ChatInput } from '../../channels/chat/sockets.ts';
import { createMemoryChannel, type MemoryInput } from '../../channels/memory/memory-channel.ts';
import type { Capabilities, Channel, SendResult } from '../../server/contract/channel.ts';
import { CHAT_ACCOUNT } from '../../server/residents/chat-page.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import { connectResident } from '../support/resident-client.ts';
import { describeChannel } from './channel-conformance.ts';
import type { Mishap, Subject } from './subject.ts';

describeChannel<ChatInput>('the web chat', { delivery: 'cursor', batches: false }, async ({ server, url }) => {
  const { channels, visitorTokens } = server.context;
  const tokens = new Map<string, string>();
  return {
    channel: channels.get('chat') as Channel<ChatInput>,
    accountId: CHAT_ACCOUNT,
    address() {
      const { address, token } = visitorTokens.issue();
      tokens.set(address, token);
      return address;
    },
    input: ({ from, id, text }) => ({ address: from, clientId: id, locale: 'es', parts: [{ type: 'text', text }] }),
    undecodable: { address: '', clientId: randomUUID(), locale: 'es', parts: [] },
    async reader(address) {
      const token = tokens.get(address);
      let resident = await connectResident(url, { token });
      return {
        messages: () => resident.messages,
        lose: () => resident.leave(),
        async comeBack() {
          const seen = resident.messages;
          const back = await resident.again({ after: seen.at(-1)?.seq });
          resident = Object.create(back, { messages: { get: () => [...seen, ...back.messages] } });
        },
      };
    },
  };
});

const answers: Record<Mishap, SendResult | Error> = {
  refusal: { outcome: 'rejected', permanent: true, reason: 'El número no existe.', providerCode: '63024' },
  later: { outcome: 'throttled', retryAfterSeconds: 1 },
  'broken line': new Error('ECONNRESET'),
};

const memory =
  (differs: Partial<Capabilities>) =>
  async ({ server }: ContactCentre): Promise<Subject<MemoryInput>> => {
    const { channels, database, ingest } = server.context;
    const accountId = 'memory';
    await database.db
      .insertInto('channel_account')
      .values({ id: accountId, channel: 'memory', name: 'Memory', created_at: new Date() })
      .execute();
    const channel = createMemoryChannel('memory', differs);
    channels.set('memory', channel as never);
    await channel.start?.((raw) => ingest.receive(accountId, channel, raw));

    const batch = (events: object[]): MemoryInput => ({ body: JSON.stringify({ events }) });
    const message = ({ from, id, text }: { from: string; id: string; text: string }) => ({
      type: 'message',
      externalId: id,
      from: { address: from },
      parts: [{ type: 'text', text }],
    });
    return {
      channel,
      accountId,
      address: () => `+5229${String(Math.random()).slice(2, 11)}`,
      input: (said) => batch([message(said)]),
      batch: (said) => batch(said.map(message)),
      undecodable: { body: '\u0000<no es JSON>' },
      provider: {
        meet: (...mishaps) => channel.answerWith(...mishaps.map((mishap) => answers[mishap])),
        refusal: { code: '63024', reason: 'El número no existe.' },
        got: (messageId) =>
          channel.sent
            .filter(({ message: { id } }) => id === messageId)
            .map((sent) => sent.message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : []))),
        reports: ['sent', 'delivered', 'read', 'failed'],
        report: (status) => batch([{ type: 'status', ...status }]),
      },
      close: () => void channel.stop?.(),
    };
  };

describeChannel<MemoryInput>('the memory channel', { delivery: 'push', batches: true }, memory({}));

describeChannel<MemoryInput>(
  'the memory channel in pieces',
  { delivery: 'push', batches: true, pieces: 'many' },
  memory({ pieces: 'many', parts: new Set(['text', 'media', 'location', 'choices']) }),
);
