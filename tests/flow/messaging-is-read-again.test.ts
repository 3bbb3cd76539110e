import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Bot } from '../../server/contract/bot.ts';
import type { InboundEvent } from '../../server/contract/channel.ts';
import type { Part } from '../../server/contract/message.ts';
import { VERSION } from '../../server/version.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { aNumber, MEMORY_ACCOUNT, type MemoryNetwork, plugMemory, says, text } from '../support/memory-person.ts';

const silentBot: Bot = { turn: async () => ({ replies: [], state: { version: 1, data: {} } }) };

let centre: ContactCentre;
let network: MemoryNetwork;
let decoded = 0;

/** What the provider sends, and whether this version understands it. */
interface Poll {
  from: string;
  id: string;
  poll: string;
}
let understands = false;
let fails = false;

beforeAll(async () => {
  centre = await startContactCentre({ bot: silentBot });
  network = await plugMemory(centre);
  Object.assign(network.channel, {
    decode: async (raw: { polls: Poll[] }): Promise<InboundEvent[]> => {
      decoded += 1;
      if (fails) throw new Error('Expected a poll, got a quiz');
      return raw.polls.map((one) => {
        const unsupported: Part[] = [{ type: 'unsupported', kind: 'poll' }];
        const event = says(one.from, understands ? text(one.poll) : unsupported, { externalId: one.id });
        return understands ? event : { ...event, raw: JSON.stringify({ polls: [one] }) };
      });
    },
  });
});
afterAll(() => centre?.stop());

const aPoll = (poll: string): Poll => ({ from: aNumber(), id: randomUUID(), poll });
const bring = (...polls: Poll[]) =>
  centre.server.context.ingest.receive(MEMORY_ACCOUNT, network.channel as never, { polls } as never);

/** As if another version had kept it. */
async function upgrade(): Promise<void> {
  await centre.server.context.database.db
    .updateTable('raw_input')
    .set({ reader: '0.0.1' })
    .where('reader', '=', VERSION)
    .execute();
}

const kept = () =>
  centre.server.context.database.db.selectFrom('raw_input').selectAll().orderBy('received_at').execute();

test('what this version cannot show is kept, and shown by one that can, in its place, once', async () => {
  const poll = aPoll('¿Sábado o domingo?');
  const [receipt] = await bring(poll);
  const [raw] = await kept();
  expect(raw).toMatchObject({ reader: VERSION, decoded_at: null, channel_account_id: MEMORY_ACCOUNT });
  const [message] = await network.conversation(receipt);
  expect(message?.parts).toEqual([{ type: 'unsupported', kind: 'poll', rawId: raw?.id }]);

  decoded = 0;
  await network.reconcile();
  expect(decoded, 'the same version asks once').toBe(0);

  await upgrade();
  await network.reconcile();
  await network.reconcile();
  expect(decoded, 'a version that cannot either asks once').toBe(1);
  expect((await network.conversation(receipt))[0]?.parts).toEqual(message?.parts);

  understands = true;
  await upgrade();
  const changed: string[] = [];
  const stop = centre.server.context.bus.subscribe('message.changed', (id) => void changed.push(id));
  await network.reconcile();
  stop();
  const messages = await network.conversation(receipt);
  expect(messages.map(({ seq, parts }) => ({ seq, parts }))).toEqual([{ seq: 1, parts: text('¿Sábado o domingo?') }]);
  expect(changed).toEqual([receipt?.messageId]);
  expect((await kept())[0]?.decoded_at).not.toBeNull();

  decoded = 0;
  await upgrade();
  await network.reconcile();
  expect(decoded, 'what is read is read').toBe(0);
});

test('what could not be read at all is received by a version that can', async () => {
  understands = true;
  fails = true;
  const [one, two] = [aPoll('¿Rojo o azul?'), aPoll('¿Agua o luz?')];
  expect(await bring(one, two)).toEqual([]);
  await upgrade();
  await network.reconcile();
  const failed = (await kept()).at(-1);
  expect(failed).toMatchObject({ decoded_at: null, error: 'Expected a poll, got a quiz', reader: VERSION });

  fails = false;
  await upgrade();
  await network.reconcile();
  const { db } = centre.server.context.database;
  const messages = await db
    .selectFrom('message')
    .select('parts')
    .where('external_id', 'in', [one.id, two.id])
    .execute();
  expect(messages.map(({ parts }) => parts)).toEqual(expect.arrayContaining([text(one.poll), text(two.poll)]));
  expect((await kept()).at(-1)?.decoded_at).not.toBeNull();
  expect(await bring(one), 'the provider brings it again').toMatchObject([{ duplicate: true }]);
});

test('two servers that read the same input again receive it once', async () => {
  fails = true;
  const poll = aPoll('¿Hoy o mañana?');
  await bring(poll);
  fails = false;
  await upgrade();
  await Promise.all([network.reconcile(), network.reconcile(), network.reconcile()]);
  const { db } = centre.server.context.database;
  expect(await db.selectFrom('message').select('id').where('external_id', '=', poll.id).execute()).toHaveLength(1);
});
