import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Bot } from '../../server/contract/bot.ts';
import { createIngest } from '../../server/ingest/ingest.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { aNumber, type MemoryNetwork, plugMemory, says, wordsIn } from '../support/memory-person.ts';
import { until } from '../support/until.ts';

const silentBot: Bot = { turn: async () => ({ replies: [], state: { version: 1, data: {} } }) };

let centre: ContactCentre;
let network: MemoryNetwork;

beforeAll(async () => {
  centre = await startContactCentre({ bot: silentBot });
  network = await plugMemory(centre);
});
afterAll(() => centre?.stop());

const aBsuid = (): string => `MX.${String(Math.random()).slice(2, 18)}`;

async function people() {
  const { db } = centre.server.context.database;
  return {
    conversation: (id = '') => db.selectFrom('conversation').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    citizenOf: async (id = '') => {
      const { citizen_id } = await db
        .selectFrom('conversation')
        .select('citizen_id')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      return db.selectFrom('citizen').selectAll().where('id', '=', citizen_id).executeTakeFirstOrThrow();
    },
    identitiesOf: async (citizenId: string) =>
      (
        await db
          .selectFrom('identity')
          .select('address')
          .where('citizen_id', '=', citizenId)
          .orderBy('address')
          .execute()
      ).map(({ address }) => address),
  };
}

test('somebody known by a user name who later shows a telephone stays in the same conversation', async () => {
  const [phone, bsuid] = [aNumber(), aBsuid()];
  const { conversation, citizenOf, identitiesOf } = await people();
  const [first] = await network.deliver([says({ address: bsuid, displayName: 'Lupe' }, 'Hola')]);
  expect(await citizenOf(first?.conversationId)).toMatchObject({ name: 'Lupe', phone: null });

  const raw = phone.replace('+52', '521');
  const shown = { address: phone, aliases: [bsuid], phone, replyTo: raw };
  const [second] = await network.deliver([says(shown, 'Ya puse mi número')]);
  expect(second).toMatchObject({ conversationId: first?.conversationId, ticketId: first?.ticketId, seq: 2 });
  const citizen = await citizenOf(first?.conversationId);
  expect(citizen).toMatchObject({ name: 'Lupe', phone });
  expect(await identitiesOf(citizen.id)).toEqual([phone, bsuid].sort());
  expect(await conversation(first?.conversationId)).toMatchObject({ address: bsuid, reply_to: raw });

  const [alone] = await network.deliver([says(phone, 'Otra vez yo')]);
  expect(alone?.conversationId).toBe(first?.conversationId);
});

test('the other way round: who hides the telephone is still known, and answered where they write', async () => {
  const [phone, bsuid] = [aNumber(), aBsuid()];
  const { conversation } = await people();
  const [first] = await network.deliver([says({ address: phone, aliases: [bsuid], phone }, 'Hola')]);
  const [second] = await network.deliver([says(bsuid, 'Sin número')]);
  expect(second?.conversationId).toBe(first?.conversationId);
  expect((await conversation(first?.conversationId)).reply_to).toBe(bsuid);
});

test('another account of the city finds the same citizen by any of the names', async () => {
  const [phone, bsuid] = [aNumber(), aBsuid()];
  const { citizenOf } = await people();
  const [here] = await network.deliver([says({ address: phone, aliases: [bsuid] }, 'Hola')]);
  const [there] = await network.deliver([says(bsuid, 'Hola, Protección Civil')], 'memory-2');
  expect(there?.conversationId).not.toBe(here?.conversationId);
  expect((await citizenOf(there?.conversationId)).id).toBe((await citizenOf(here?.conversationId)).id);
});

test('two names that come at once, one of them alone, are one person', async () => {
  for (let round = 0; round < 8; round += 1) {
    const [phone, bsuid] = [aNumber(), aBsuid()];
    const events = [
      says({ address: phone, aliases: [bsuid], phone }, 'Con número'),
      says(bsuid, 'Sin número'),
      says({ address: bsuid, aliases: [phone], phone }, 'Con los dos'),
      says(phone, 'Como sea'),
    ];
    const receipts = (await Promise.all(events.map((event) => network.deliver([event])))).flat();
    // Who came before anybody had said that both are one person has a conversation of their own: not a second time.
    const after = (await Promise.all([phone, bsuid].map((name) => network.deliver([says(name, 'Hola')])))).flat();
    expect(new Set(after.map(({ conversationId }) => conversationId)).size).toBe(1);
    expect(receipts.map(({ duplicate }) => duplicate)).toEqual([false, false, false, false]);
  }
});

test('two servers that learn of a person at the same instant have one conversation with them', async () => {
  const other = createIngest({
    ...centre.server.context,
    report: async () => {},
    received: () => {},
    acknowledge: async () => {},
    heedWishes: async () => {},
  });
  const there = (event: object) =>
    other.receive('memory-2', network.channel, { body: JSON.stringify({ events: [event] }) });
  for (let round = 0; round < 10; round += 1) {
    const [phone, bsuid] = [aNumber(), aBsuid()];
    // Known at another account already: no identity that both would have to make keeps them apart.
    if (round % 2) await network.deliver([says({ address: phone, aliases: [bsuid] }, 'Hola')]);
    const receipts = await Promise.all([
      network.deliver([says({ address: phone, aliases: [bsuid] }, 'Con los dos')], 'memory-2'),
      there(says(bsuid, 'Solo con uno')),
    ]);
    expect(new Set(receipts.flat().map(({ conversationId }) => conversationId)).size).toBe(1);
    expect(
      receipts
        .flat()
        .map(({ seq }) => seq)
        .sort(),
    ).toEqual([1, 2]);
  }
});

test('two that turn out to be one go on in one conversation; what was said before stays where it was', async () => {
  const [phone, bsuid] = [aNumber(), aBsuid()];
  const [byPhone] = await network.deliver([says(phone, 'Uno')]);
  const [byName] = await network.deliver([says(bsuid, 'Dos')]);
  expect(byName?.conversationId).not.toBe(byPhone?.conversationId);
  const [together] = await network.deliver([says({ address: phone, aliases: [bsuid] }, 'Tres')]);
  const [later] = await network.deliver([says(bsuid, 'Cuatro')]);
  expect(together).toMatchObject({ conversationId: byPhone?.conversationId, seq: 2 });
  expect(later).toMatchObject({ conversationId: byPhone?.conversationId, seq: 3 });
  expect((await network.conversation(byName)).map(({ parts }) => wordsIn(parts))).toEqual(['Dos']);
});

test('an answer leaves for where the provider wants it', async () => {
  const phone = aNumber();
  const replyTo = `whatsapp:${phone}`;
  const [receipt] = await network.deliver([says({ address: phone, replyTo }, 'Hola')]);
  const { context } = centre.server;
  const { lockContact } = await import('../../server/conversations/lock-contact.ts');
  await context.unitOfWork(async (unit) => {
    const { ticket, conversation } = await lockContact(unit, receipt?.ticketId ?? '');
    const author = { type: 'system', id: null, name: null } as const;
    const parts = [{ type: 'text' as const, text: '¿En qué te ayudo?' }];
    await context.say(unit, conversation, ticket, [{ author, parts, externalId: `answer:${phone}` }]);
  });
  await until(() => network.heardBy(replyTo).length > 0, { what: 'the answer' });
  expect(network.heardBy(replyTo)).toEqual(['¿En qué te ayudo?']);
});
