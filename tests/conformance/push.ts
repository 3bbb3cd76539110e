import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Channel, Receipt } from '../../server/contract/channel.ts';
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
    await becomes(message.id, 'sent', { inTime: true });
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
    const got = provider().got(message.id);
    const texts = got.flat();
    expect(texts.filter(({ length }) => length > textLength)).toEqual([]);
    expect(texts.join(' ')).toContain('Fin.');
    expect(texts[0]).toContain('Te pasamos con una persona');
    expect((await bench().stored(message.conversationId)).at(-1)?.parts).toEqual(message.parts);
  });

  test('leaves in its order: what was said first to somebody is there first', async () => {
    const conversationId = await conversation();
    const left = watchWhatLeaves(bench().subject.channel);
    provider().meet('broken line');
    const said: string[] = [];
    for (const words of ['Primero', 'Segundo', 'Tercero'])
      said.push((await bench().say(conversationId, text(words))).id);
    await Promise.allSettled(said.toReversed().map((id) => bench().work(id)));
    for (const id of said) await becomes(id, 'sent', { inTime: true });
    expect(left.stop()).toEqual(said);
  });
}

/** What leaves in pieces, each a message of the provider: channels that say so. */
export function testPieces<Raw>(bench: () => Bench<Raw>): void {
  const { provider, conversation, statusOf, becomes } = onTheWay(bench);
  /** Longer than any one piece may be, three times over. */
  const long = () => {
    const { textLength } = bench().subject.channel.capabilities;
    return text('Una frase cualquiera. '.repeat(Math.ceil((3 * textLength) / 22)).trim());
  };
  const piecesOf = (id: string) =>
    bench().rows('select provider_message_id, status from message_piece where message_id = $1 order by piece', [id]);

  test('leaves in pieces, in their order, each once', async () => {
    const parts = long();
    const { id } = await bench().say(await conversation(), parts);
    await becomes(id, 'sent');
    await bench().work(id);
    const got = provider().got(id);
    expect(got.length).toBeGreaterThan(2);
    expect(got.flat().join(' ')).toBe(parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join(' '));
    expect(await piecesOf(id)).toHaveLength(got.length);
  });

  test('goes on with the next piece when it stopped in the middle, and says which ones left', async () => {
    const { channel } = bench().subject;
    const { send } = channel;
    let taken = 0;
    channel.send = async (message) => {
      taken += 1;
      if (taken === 2) return { outcome: 'rejected', permanent: false, providerCode: 'x', reason: 'No se pudo.' };
      return send.call(channel, message);
    };
    const { id } = await bench().say(await conversation(), long());
    await becomes(id, 'failed');
    channel.send = send;
    expect((await piecesOf(id)).slice(0, 3).map(({ status }) => status)).toEqual(['sent', 'failed', 'queued']);
    const [row] = await bench().rows('select failure from message where id = $1', [id]);
    expect(row?.failure.reason).toMatch(/^Salieron 1 de sus \d partes; las demás no\. No se pudo\.$/);

    await bench().again(id);
    await becomes(id, 'sent');
    expect(provider().got(id).flat()).toHaveLength((await piecesOf(id)).length);
  });

  test('has arrived when all of its pieces have, and has failed when one of them did', async () => {
    const { reports } = provider();
    const arrived = reports.includes('delivered') ? 'delivered' : 'read';
    const { id } = await bench().say(await conversation(), long());
    await becomes(id, 'sent');
    const ids = (await piecesOf(id)).map((piece) => piece.provider_message_id);
    const tell = (providerMessageId: string, status: (typeof reports)[number]) =>
      bench().receive(provider().report({ providerMessageId, status }));
    for (const one of ids.slice(1)) await tell(one, arrived);
    expect(await statusOf(id)).toBe('sent');
    if (reports.includes('failed')) {
      await tell(ids[0], 'failed');
      expect(await statusOf(id)).toBe('failed');
    }
    await tell(ids[0], arrived);
    expect(await statusOf(id)).toBe(arrived);
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

/** The ids of messages that the other side takes from here on, in the order in which it does. */
function watchWhatLeaves(channel: Pick<Channel, 'send'>): { stop(): string[] } {
  const { send } = channel;
  const taken: string[] = [];
  channel.send = async (message) => {
    const result = await send.call(channel, message);
    if (result.outcome === 'accepted') taken.push(message.message.id);
    return result;
  };
  return {
    stop() {
      channel.send = send;
      return taken;
    },
  };
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
    /** @param inTime only after a while, which is made to pass */
    becomes: (id: string, status: MessageStatus, { inTime = false } = {}) =>
      until(
        async () => {
          // Slower than a claim on a message runs out, or a send under way would be taken for a dead one.
          if (inTime) bench().centre.clock.advance(5);
          return (await statusOf(id)) === status;
        },
        { what: `${id} to be ${status}` },
      ),
  };
}
