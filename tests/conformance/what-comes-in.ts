import type pg from 'pg';
import { expect, test } from 'vitest';
import { inboundEventSchema, type Receipt } from '../../server/contract/channel.ts';
import type { Part } from '../../server/contract/message.ts';
import type { Bench } from './bench.ts';
import { owed, type Said } from './subject.ts';

/** What somebody wrote, whatever else a channel says of it. */
const wordsOf = (row: pg.QueryResultRow | undefined): string[] =>
  ((row?.parts ?? []) as Part[]).flatMap((part) => (part.type === 'text' ? [part.text] : []));

/** What a channel takes in: every channel. */
export function testWhatComesIn<Raw>(bench: () => Bench<Raw>): void {
  test('is decoded into events of the contract', async () => {
    const events = await bench().subject.channel.decode(bench().subject.input(bench().said()));
    expect(inboundEventSchema.array().parse(events)).toHaveLength(1);
  });

  test('is on disk when the receipt is given', async () => {
    const one = bench().said();
    const [receipt] = await bench().receive(bench().subject.input(one));
    const [row] = await bench().rows('select * from message where id = $1', [receipt?.messageId]);
    expect(row).toMatchObject({ seq: 1, direction: 'in', conversation_id: receipt?.conversationId });
    expect(row?.created_at).toEqual(receipt?.storedAt);
    expect(wordsOf(row)).toEqual([one.text]);
  });

  test('is stored once, however often it comes: later, and twenty times at the same instant', async () => {
    const raw = bench().subject.input(bench().said());
    const receipts = (await Promise.all(Array.from({ length: 20 }, () => bench().receive(raw)))).flat();
    receipts.push(...(await bench().receive(raw)));
    expect(receipts).toHaveLength(21);
    expect(receipts.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    const same = receipts.map((receipt) => JSON.stringify({ ...receipt, duplicate: null }));
    expect(new Set(same).size).toBe(1);
    expect(await bench().stored(receipts[0]?.conversationId ?? '')).toHaveLength(1);
  });

  test('is numbered in the order in which it came', async () => {
    const from = bench().subject.address();
    const texts = Array.from({ length: 30 }, (_, index) => `línea ${index}`);
    const receipts = (
      await Promise.all(texts.map((text) => bench().receive(bench().subject.input(bench().said(from, text)))))
    ).flat();
    expect(receipts.map(({ seq }) => seq)).toEqual(texts.map((_, index) => index + 1));
    const messages = await bench().stored(receipts[0]?.conversationId ?? '');
    expect(messages.flatMap(wordsOf)).toEqual(texts);
  });

  test('opens one contact, though its first messages come at once', async () => {
    const from = bench().subject.address();
    const receipts = await Promise.all([1, 2, 3].map(() => bench().receive(bench().subject.input(bench().said(from)))));
    expect(new Set(receipts.flat().map(({ ticketId }) => ticketId)).size).toBe(1);
    const { conversationId } = receipts.flat()[0] as Receipt;
    expect(await bench().rows('select 1 from ticket where conversation_id = $1', [conversationId])).toHaveLength(1);
  });

  test('is kept raw when it cannot be decoded, and harms nothing', async () => {
    const before = await bench().rows('select 1 from raw_input');
    const [nothing, something] = await Promise.all([
      bench().receive(bench().subject.undecodable),
      bench().receive(bench().subject.input(bench().said())),
    ]);
    expect(nothing).toEqual([]);
    expect(something).toHaveLength(1);
    const kept = await bench().rows('select * from raw_input order by received_at');
    expect(kept).toHaveLength(before.length + 1);
    expect(kept.at(-1)).toMatchObject({ channel_account_id: bench().subject.accountId, decoded_at: null });
    expect(kept.at(-1)?.error).not.toBe('');
  });

  test('of one person does not wait for another', async () => {
    const [stuck, free] = [bench().subject.address(), bench().subject.address()];
    const [{ conversationId }] = (await bench().receive(bench().subject.input(bench().said(stuck)))) as [Receipt];
    await bench().receive(bench().subject.input(bench().said(free)));
    await bench().outside.query('begin');
    await bench().outside.query('select 1 from conversation where id = $1 for update', [conversationId]);
    const waiting = [
      bench().receive(bench().subject.input(bench().said(stuck, 'dos'))),
      bench().receive(bench().subject.input(bench().said(stuck, 'tres'))),
    ];
    try {
      expect(await bench().receive(bench().subject.input(bench().said(free)))).toMatchObject([{ seq: 2 }]);
      expect(await bench().receive(bench().subject.input(bench().said(free)))).toMatchObject([{ seq: 3 }]);
    } finally {
      await bench().outside.query('rollback');
    }
    expect((await Promise.all(waiting)).flat().map(({ seq }) => seq)).toEqual([2, 3]);
    expect((await bench().stored(conversationId)).flatMap(wordsOf).slice(1)).toEqual(['dos', 'tres']);
  });
}

/** Several messages in one raw input: channels whose other side batches. */
export function testBatches<Raw>(bench: () => Bench<Raw>): void {
  test('is stored whole when it comes as a batch, each for its own sender', async () => {
    const [ana, beto] = [bench().subject.address(), bench().subject.address()];
    const batch = [
      bench().said(ana, 'uno'),
      bench().said(beto, 'dos'),
      bench().said(ana, 'tres'),
      bench().said(ana, 'cuatro'),
    ];
    const receipts = await bench().receive(owed(bench().subject.batch, 'batch')([...batch, batch[0] as Said]));
    expect(receipts.map(({ seq, duplicate }) => `${seq} ${duplicate}`)).toEqual([
      '1 false',
      '1 false',
      '2 false',
      '3 false',
      '1 true',
    ]);
    const messages = await bench().stored(receipts[0]?.conversationId ?? '');
    expect(messages.flatMap(wordsOf)).toEqual(['uno', 'tres', 'cuatro']);
  });
}
