import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Receipt } from '../../server/contract/channel.ts';
import type { MessageStatus, Part } from '../../server/contract/message.ts';
import { until } from '../support/until.ts';
import type { Bench } from './bench.ts';
import { owed } from './subject.ts';

/** What is sent message by message, and what the other side reports of it: channels that push. */
export function testPush<Raw>(bench: () => Bench<Raw>): void {
  const { provider, conversation, statusOf, becomes } = onTheWay(bench);

  test('is sent when the other side takes it', async () => {
    const message = await bench().say(await conversation(), text('Ya va en camino'));
    expect(message.status).toBe('queued');
    await becomes(message.id, 'sent');
    expect(provider().got(message.id)).toHaveLength(1);
  });

  test('shows why when the other side refuses it for good, and is not tried again', async () => {
    provider().meet('refusal');
    const message = await bench().say(await conversation(), text('¿Sigues ahí?'));
    await becomes(message.id, 'failed');
    const [row] = await bench().rows('select failure from message where id = $1', [message.id]);
    expect(row?.failure).toEqual({ ...provider().refusal, permanent: true });
    await bench().work(message.id);
    expect(await statusOf(message.id)).toBe('failed');
  });

  test('waits as long as the other side asks for', async () => {
    provider().meet('later');
    const message = await bench().say(await conversation(), text('Poco a poco'));
    await until(
      async () => {
        bench().centre.clock.advance(60);
        return (await statusOf(message.id)) === 'sent';
      },
      { what: `${message.id} to be sent in time` },
    );
    expect(provider().got(message.id)).toHaveLength(1);
  });

  test('is tried again when the line breaks', async () => {
    provider().meet('broken line');
    const message = await bench().say(await conversation(), text('Otra vez'));
    await becomes(message.id, 'sent');
    expect(provider().got(message.id)).toHaveLength(1);
  });

  test('is sent once, though ten workers get its job', async () => {
    const message = await bench().say(await conversation(), text('Una sola vez'));
    await Promise.all(Array.from({ length: 10 }, () => bench().work(message.id)));
    await becomes(message.id, 'sent');
    await Promise.all(Array.from({ length: 10 }, () => bench().work(message.id)));
    expect(provider().got(message.id)).toHaveLength(1);
  });

  test('is put in words that the channel can carry', async () => {
    const { textLength } = bench().subject.channel.capabilities;
    const long = `${'Palabra tras palabra. '.repeat(Math.ceil(Math.min(textLength, 5_000) / 20))}Fin.`;
    const message = await bench().say(await conversation(), [
      { type: 'notice', key: 'handed_off', values: {} },
      { type: 'location', latitude: 19.2, longitude: -96.1, label: 'Zócalo' },
      { type: 'text', text: long },
    ]);
    await becomes(message.id, 'sent');
    const [texts = []] = provider().got(message.id);
    expect(texts.filter(({ length }) => length > textLength)).toEqual([]);
    expect(texts.join(' ')).toContain('Fin.');
    expect(texts[0]).toContain('Te pasamos con una persona');
    expect((await bench().stored(message.conversationId)).at(-1)?.parts).toEqual(message.parts);
  });
}

/** What the other side tells of what it got. */
export function testReports<Raw>(bench: () => Bench<Raw>): void {
  const { provider, conversation, statusOf, becomes } = onTheWay(bench);

  test('never goes back, in whatever order the other side reports', async () => {
    const conversationId = await conversation();
    const report = fc.constantFrom(...provider().reports);
    await fc.assert(
      fc.asyncProperty(fc.array(report, { minLength: 1, maxLength: 6 }), fc.boolean(), async (reports, atOnce) => {
        const { id } = await bench().say(conversationId, text('¿Llegó?'));
        await becomes(id, 'sent');
        const [row] = await bench().rows('select provider_message_id from message_piece where message_id = $1', [id]);
        const deliver = (status: (typeof reports)[number]) =>
          bench().receive(provider().report({ providerMessageId: row?.provider_message_id, status }));
        if (atOnce) await Promise.all(reports.map(deliver));
        const seen: MessageStatus[] = [];
        for (const status of atOnce ? [] : reports) {
          await deliver(status);
          seen.push(await statusOf(id));
        }

        const best = (['read', 'delivered', 'failed'] as const).find((status) => reports.includes(status)) ?? 'sent';
        expect(await statusOf(id)).toBe(best);
        const ranks = seen.map((status) => ['sent', 'failed', 'delivered', 'read'].indexOf(status));
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      }),
      { numRuns: 25 },
    );
  });
}

const text = (words: string): Part[] => [{ type: 'text', text: words }];

/** A conversation to say something in, and what becomes of it. */
function onTheWay<Raw>(bench: () => Bench<Raw>) {
  const statusOf = async (id: string): Promise<MessageStatus> =>
    (await bench().rows('select status from message where id = $1', [id]))[0]?.status;
  return {
    provider: () => owed(bench().subject.provider, 'provider'),
    conversation: async () =>
      ((await bench().receive(bench().subject.input(bench().said()))) as [Receipt])[0].conversationId,
    statusOf,
    becomes: (id: string, status: MessageStatus) =>
      until(async () => (await statusOf(id)) === status, { what: `${id} to be ${status}` }),
  };
}
