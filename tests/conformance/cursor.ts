import { expect, test } from 'vitest';
import type { Receipt } from '../../server/contract/channel.ts';
import type { Message } from '../../server/contract/message.ts';
import { until } from '../support/until.ts';
import type { Bench } from './bench.ts';
import { owed, type Reader } from './subject.ts';

/** What is stored is what the reader sees: channels whose readers keep a cursor. */
export function testCursor<Raw>(bench: () => Bench<Raw>): void {
  test('reaches a reader who is there, and one who was away, once and in order', async () => {
    const open = owed(bench().subject.reader, 'reader');
    const from = bench().subject.address();
    const [{ conversationId }] = (await bench().receive(bench().subject.input(bench().said(from)))) as [Receipt];
    const [here, away] = await Promise.all([open(from), open(from)]);
    away.lose();
    const messages: Message[] = [];
    for (const words of ['uno', 'dos', 'tres'])
      messages.push(await bench().say(conversationId, [{ type: 'text', text: words }]));
    const ids = messages.map(({ id }) => id);
    const shown = (reader: Reader) =>
      reader
        .messages()
        .slice(1)
        .map(({ id }) => id);
    await until(() => here.messages().length === 4, { what: 'the reader who is there' });
    expect(shown(here)).toEqual(ids);
    expect(away.messages()).toHaveLength(1);
    await away.comeBack();
    expect(shown(away)).toEqual(ids);
    for (const reader of [here, away]) reader.lose();
  });
}
