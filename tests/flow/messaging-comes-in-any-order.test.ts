import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Bot } from '../../server/contract/bot.ts';
import type { InboundChange, InboundMessage, Receipt } from '../../server/contract/channel.ts';
import { createIngest, type Ingest } from '../../server/ingest/ingest.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import {
  aNumber,
  does,
  MEMORY_ACCOUNT,
  type MemoryNetwork,
  plugMemory,
  says,
  text,
  wordsIn,
} from '../support/memory-person.ts';
import { until } from '../support/until.ts';

const silentBot: Bot = { turn: async () => ({ replies: [], state: { version: 1, data: {} } }) };

let centre: ContactCentre;
let network: MemoryNetwork;
/** One for each line, on the same database: what they store at the same instant meets only there. */
let servers: Ingest[];

beforeAll(async () => {
  centre = await startContactCentre({ bot: silentBot });
  network = await plugMemory(centre);
  const { context } = centre.server;
  const nothing = async () => {};
  const second = createIngest({
    ...context,
    report: nothing,
    received: () => {},
    acknowledge: nothing,
    heedWishes: nothing,
  });
  servers = [context.ingest, second];
});
afterAll(() => centre?.stop());

/** Providers bring what happens on one of their lines in order; between lines there is none. */
const LINES = 2;

interface Step {
  line: number;
  what: 'message' | 'edited' | 'reaction' | 'deleted' | 'unknown';
  /** Which message of its line a change is about: one that has come, or one that has not. */
  about: number;
  /** Which of their names the person writes under. */
  name: number;
  /** How often it comes, and whether the others come now or at the end. */
  copies: number;
  late: boolean;
  /** Whether all that was brought so far is stored before the next comes. */
  pause: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  line: fc.nat({ max: LINES - 1 }),
  what: fc.oneof(
    { weight: 3, arbitrary: fc.constant('message' as const) },
    { weight: 2, arbitrary: fc.constantFrom('edited' as const, 'reaction' as const) },
    { weight: 1, arbitrary: fc.constantFrom('deleted' as const, 'unknown' as const) },
  ),
  about: fc.nat({ max: 5 }),
  name: fc.nat({ max: 3 }),
  copies: fc.integer({ min: 1, max: 3 }),
  late: fc.boolean(),
  pause: fc.boolean(),
});

/** A step, and what it brings as a provider would. */
interface Told {
  event: InboundMessage | InboundChange;
  step: Step;
}

function story(steps: readonly Step[]): Told[] {
  const [phone, bsuid] = [aNumber(), `MX.${Math.random()}`];
  // The first says that both are one person; after that any of them may come alone.
  const names = [
    { address: phone, aliases: [bsuid], phone },
    { address: bsuid, aliases: [phone] },
    { address: phone },
    { address: bsuid },
  ];
  const targets = Array.from({ length: LINES }, (_, line) =>
    steps.filter(({ what, line: own }) => what === 'message' && own === line).map(() => randomUUID()),
  );
  const come = targets.map(() => 0);
  return steps.flatMap((one, index): Told[] => {
    const { line, what, about, name } = one;
    const ids = targets[line] ?? [];
    if (what === 'message') {
      const externalId = ids[come[line] ?? 0] ?? '';
      come[line] = (come[line] ?? 0) + 1;
      return [{ step: one, event: says(names[name] ?? phone, `${line}: ${index}`, { externalId }) }];
    }
    if (what === 'unknown') return [{ step: one, event: does(randomUUID(), { kind: 'deleted' }) }];
    const target = ids[about % Math.max(1, ids.length)];
    if (!target) return [];
    if (what === 'edited') return [{ step: one, event: does(target, { kind: what, text: `${index}` }) }];
    if (what === 'reaction') {
      const emoji = about === 5 ? null : `${index}`;
      return [{ step: one, event: does(target, { kind: what, emoji }) }];
    }
    return [{ step: one, event: does(target, { kind: what }) }];
  });
}

const bring = (event: object, line: number): Promise<Receipt[]> => {
  const input = { body: JSON.stringify({ events: [event] }) };
  return (servers[line] as Ingest).receive(MEMORY_ACCOUNT, network.channel, input, `line-${line}`);
};

test('in whatever order webhooks come, and however often, each message is one, in its line, with what was done to it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
      const opening: Step = {
        line: 0,
        what: 'message',
        about: 0,
        name: 0,
        copies: 1,
        late: false,
        pause: true,
      };
      const events = story([opening, ...steps]);
      let under: Promise<Receipt[]>[] = [];
      const receipts: Receipt[] = [];
      const stored = async () => {
        receipts.push(...(await Promise.all(under)).flat());
        under = [];
      };
      for (const { event, step } of events) {
        const now = step.late ? 1 : step.copies;
        for (let copy = 0; copy < now; copy += 1) under.push(bring(event, step.line));
        if (step.pause) await stored();
      }
      for (const { event, step } of events.filter(({ step }) => step.late)) {
        for (let copy = 1; copy < step.copies; copy += 1) under.push(bring(event, step.line));
      }
      await stored();
      await network.reconcile();

      const messages = events.flatMap(({ event, step }) => (event.type === 'message' ? [{ event, step }] : []));
      expect(receipts.filter(({ duplicate }) => !duplicate)).toHaveLength(messages.length);
      expect(new Set(receipts.map(({ conversationId }) => conversationId)).size).toBe(1);
      const seqOf = new Map(receipts.map(({ externalId, seq }) => [externalId, seq]));
      expect(receipts.every(({ externalId, seq }) => seqOf.get(externalId) === seq)).toBe(true);

      const rows = await network.conversation(receipts[0]);
      expect(rows.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1));
      for (let line = 0; line < LINES; line += 1) {
        const seqs = messages.filter(({ step }) => step.line === line).map(({ event }) => seqOf.get(event.externalId));
        expect(seqs).toEqual([...seqs].sort((one, other) => (one ?? 0) - (other ?? 0)));
      }
      for (const { event } of messages) {
        const row = rows.find(({ seq }) => seq === seqOf.get(event.externalId));
        expect({ words: wordsIn(row?.parts ?? []), ...plain(row?.marks) }).toEqual(
          expected(
            event,
            events.flatMap(({ event: other }) => (other.type === 'change' ? [other] : [])),
          ),
        );
      }
    }),
    { numRuns: 30 },
  );
});

const plain = (marks: { editedAt?: string; before?: unknown; deletedAt?: string; reaction?: string } = {}) => ({
  edited: marks.editedAt !== undefined,
  before: marks.before,
  deleted: marks.deletedAt !== undefined,
  reaction: marks.reaction,
});

/** What a message is after all that was done to it, each thing once and in its order. */
function expected(message: InboundMessage, changes: readonly InboundChange[]) {
  const done = changes.filter(({ target }) => target === message.externalId).map(({ change }) => change);
  const edit = done.findLast((change) => change.kind === 'edited');
  const reaction = done.findLast((change) => change.kind === 'reaction');
  return {
    words: edit?.text ?? wordsIn(message.parts),
    edited: edit !== undefined,
    before: edit && message.parts,
    deleted: done.some(({ kind }) => kind === 'deleted'),
    reaction: reaction?.emoji ?? undefined,
  };
}

test('a webhook of a thousand entries is stored whole, in its order', async () => {
  const ana = aNumber();
  const mine = Array.from({ length: 400 }, (_, index) => says(ana, `línea ${index}`));
  const others = Array.from({ length: 300 }, () => says({ address: aNumber(), aliases: [] }, 'hola'));
  const edits = mine.slice(0, 300).map((said) => does(said.externalId, { kind: 'edited', text: 'corregida' }));
  const receipts = await network.deliver([...edits, ...mine, ...others]);
  expect(receipts).toHaveLength(700);
  // Changes that missed their messages at the same instant are found again, some at a time.
  const rows = await until(
    async () => {
      await network.reconcile();
      const said = await network.conversation(receipts[0]);
      return said.filter(({ marks }) => marks?.editedAt).length === edits.length ? said : null;
    },
    { what: 'the edits to be made' },
  );
  expect(rows.map(({ parts }) => parts)).toEqual(
    mine.map((_, index) => text(index < 300 ? 'corregida' : `línea ${index}`)),
  );
  expect(new Set(receipts.slice(400).map(({ conversationId }) => conversationId)).size).toBe(300);
});

test('the same webhook fifty times at once is one', async () => {
  const people = Array.from({ length: 5 }, () => ({ address: aNumber(), aliases: [`MX.${Math.random()}`] }));
  const events = people.flatMap((from) => [says(from, 'uno'), says(from, 'dos')]);
  const receipts = (await Promise.all(Array.from({ length: 50 }, () => network.deliver(events)))).flat();
  expect(receipts).toHaveLength(500);
  expect(receipts.filter(({ duplicate }) => !duplicate)).toHaveLength(10);
  for (const receipt of receipts.slice(0, 10)) {
    expect((await network.conversation(receipt)).map(({ parts }) => wordsIn(parts))).toEqual(['uno', 'dos']);
  }
});
