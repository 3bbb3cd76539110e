import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Bot } from '../../server/contract/bot.ts';
import type { Receipt } from '../../server/contract/channel.ts';
import type { ChoiceOption, Message, Part } from '../../server/contract/message.ts';
import { lockContact } from '../../server/conversations/lock-contact.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { aNumber, does, type MemoryNetwork, plugMemory, says, text } from '../support/memory-person.ts';
import { until } from '../support/until.ts';

const silentBot: Bot = { turn: async () => ({ replies: [], state: { version: 1, data: {} } }) };

let centre: ContactCentre;
let network: MemoryNetwork;
let changed: string[] = [];

beforeAll(async () => {
  centre = await startContactCentre({ bot: silentBot });
  network = await plugMemory(centre);
  centre.server.context.bus.subscribe('message.changed', (id) => void changed.push(id));
});
afterAll(() => centre?.stop());

async function messageOf(receipt: Receipt | undefined): Promise<Message> {
  const messages = await network.conversation(receipt);
  return messages.find(({ id }) => id === receipt?.messageId) as Message;
}

/** The city says something, and it leaves. */
async function cityAnswers(receipt: Receipt | undefined, parts: Part[]): Promise<{ id: string; providerId: string }> {
  const { context } = centre.server;
  const [message] = await context.unitOfWork(async (unit) => {
    const { ticket, conversation } = await lockContact(unit, receipt?.ticketId ?? '');
    const author = { type: 'bot', id: null, name: null } as const;
    return context.say(unit, conversation, ticket, [{ author, parts, externalId: randomUUID() }]);
  });
  const id = message?.id ?? '';
  const piece = await until(
    () =>
      context.database.db
        .selectFrom('message_piece')
        .select('provider_message_id')
        .where('message_id', '=', id)
        .where('provider_message_id', 'is not', null)
        .executeTakeFirst(),
    { what: 'the answer to leave' },
  );
  return { id, providerId: piece.provider_message_id ?? '' };
}

const previewOf = async (receipt: Receipt | undefined) =>
  (
    await centre.server.context.database.db
      .selectFrom('ticket')
      .select('last_preview')
      .where('id', '=', receipt?.ticketId ?? '')
      .executeTakeFirstOrThrow()
  ).last_preview;

test('an edit replaces the words, keeps what stood before the first one, and is told', async () => {
  const said = says(aNumber(), 'hay un vache');
  const [receipt] = await network.deliver([said]);
  changed = [];
  await network.deliver([does(said.externalId, { kind: 'edited', text: 'hay un bache' })]);
  await network.deliver([does(said.externalId, { kind: 'edited', text: 'hay un bache grande' })]);
  expect(await messageOf(receipt)).toMatchObject({
    parts: text('hay un bache grande'),
    marks: { before: text('hay un vache'), editedAt: expect.any(String) },
  });
  expect(changed).toEqual([receipt?.messageId, receipt?.messageId]);
  expect(await previewOf(receipt)).toBe('hay un bache grande');
});

test('nobody is shown a correction before the bot has heard what was said', async () => {
  const slow = await plugMemory(centre, { settleSeconds: 600 });
  const beto = await centre.operator('beto');
  const ana = aNumber();
  const said = says(ana, 'mi espozo me pega');
  const [receipt] = await slow.deliver([said]);
  await beto.watch(receipt?.ticketId ?? '');
  await slow.deliver([does(said.externalId, { kind: 'edited', text: 'mi esposo me pega' })]);
  const answer = await cityAnswers(receipt, text('Un momento'));
  await until(() => beto.heard('message').some(({ message }) => message.id === answer.id), { what: 'the answer' });
  expect(beto.heard('message').map(({ message }) => message.id)).not.toContain(receipt?.messageId);
});

test('the words under a photo are edited, the photo stays', async () => {
  const photo: Part = { type: 'media', attachmentId: randomUUID(), name: 'a.jpg', mimeType: 'image/jpeg', size: 1 };
  const said = says(aNumber(), [photo, ...text('mira')]);
  const [receipt] = await network.deliver([said]);
  await network.deliver([does(said.externalId, { kind: 'edited', text: 'mira este bache' })]);
  expect((await messageOf(receipt)).parts).toEqual([photo, ...text('mira este bache')]);
});

test('of reactions the newest is kept, also none; what was deleted stays and says so', async () => {
  const said = says(aNumber(), 'gracias');
  const [receipt] = await network.deliver([said]);
  await network.deliver([does(said.externalId, { kind: 'reaction', emoji: '👍' })]);
  await network.deliver([does(said.externalId, { kind: 'reaction', emoji: '❤️' })]);
  expect((await messageOf(receipt)).marks).toEqual({ reaction: '❤️' });
  await network.deliver([does(said.externalId, { kind: 'reaction', emoji: null })]);
  expect((await messageOf(receipt)).marks).toEqual({});
  await network.deliver([does(said.externalId, { kind: 'deleted' })]);
  expect(await messageOf(receipt)).toMatchObject({ parts: text('gracias'), marks: { deletedAt: expect.any(String) } });
});

test('a reaction to what we said is shown there, whenever we learn its id', async () => {
  const [receipt] = await network.deliver([says(aNumber(), 'hola')]);
  const { id, providerId } = await cityAnswers(receipt, text('¿En qué te ayudo?'));
  await network.deliver([does(providerId, { kind: 'reaction', emoji: '👍' })]);
  const answer = (await network.conversation(receipt)).find((message) => message.id === id);
  expect(answer?.marks).toEqual({ reaction: '👍' });

  const early = `early-${randomUUID()}`;
  await network.deliver([does(early, { kind: 'reaction', emoji: '🙏' })]);
  const { db } = centre.server.context.database;
  await db.updateTable('message_piece').set({ provider_message_id: early }).where('message_id', '=', id).execute();
  await network.reconcile();
  expect((await network.conversation(receipt)).find((message) => message.id === id)?.marks).toEqual({ reaction: '🙏' });
});

test('changes that come before their message wait for it, and take effect in their order', async () => {
  const said = says(aNumber(), 'uno');
  await network.deliver([
    does(said.externalId, { kind: 'edited', text: 'dos' }),
    does(said.externalId, { kind: 'reaction', emoji: '👍' }),
    does(said.externalId, { kind: 'edited', text: 'tres' }),
  ]);
  const [receipt] = await network.deliver([said]);
  expect(await messageOf(receipt)).toMatchObject({
    parts: text('tres'),
    marks: { before: text('uno'), reaction: '👍' },
  });
});

test('the same change fifty times at once is one; of a message that nobody knows it harms nothing', async () => {
  const said = says(aNumber(), 'hola');
  const [receipt] = await network.deliver([said]);
  const edit = does(said.externalId, { kind: 'edited', text: 'buenas' });
  changed = [];
  await Promise.all(Array.from({ length: 50 }, () => network.deliver([edit, does('nobody', { kind: 'deleted' })])));
  expect(changed).toEqual([receipt?.messageId]);
  expect((await messageOf(receipt)).marks?.before).toEqual(text('hola'));
  await network.reconcile();
});

test('a message that answers another points at it: theirs or ours, of the same conversation only', async () => {
  const ana = aNumber();
  const first = says(ana, 'hay un bache');
  const [receipt] = await network.deliver([first]);
  const ours = await cityAnswers(receipt, text('¿En qué calle?'));
  const [toOurs, toTheirs, toNobody] = await network.deliver([
    says(ana, 'Madero', { repliesTo: ours.providerId }),
    says(ana, 'ese', { repliesTo: first.externalId }),
    says(ana, '¿qué?', { repliesTo: 'unknown' }),
  ]);
  expect((await messageOf(toOurs)).marks).toEqual({ repliesTo: { seq: 2, preview: '¿En qué calle?' } });
  expect((await messageOf(toTheirs)).marks).toEqual({ repliesTo: { seq: 1, preview: 'hay un bache' } });
  expect((await messageOf(toNobody)).marks).toBeUndefined();
  const [stranger] = await network.deliver([says(aNumber(), 'oye', { repliesTo: first.externalId })]);
  expect((await messageOf(stranger)).marks).toBeUndefined();
});

const options: ChoiceOption[] = [
  { id: 'bache', title: 'Reportar un bache' },
  { id: 'predial', title: 'Pagar el predial' },
];
const menu: Part[] = [
  { type: 'text', text: '¿En qué te ayudo?' },
  { type: 'choices', options },
];

test.each([['2'], ['2.'], ['el 2'], ['Opción 2'], ['la número 2, por favor']])(
  '«%s» is the choice at that place of our last menu',
  async (words) => {
    const ana = aNumber();
    const [receipt] = await network.deliver([says(ana, 'hola')]);
    await cityAnswers(receipt, menu);
    const [picked] = await network.deliver([says(ana, words)]);
    expect((await messageOf(picked)).parts).toEqual([{ type: 'choice', ...options[1] }]);
  },
);

test('a number that stands for nothing, or comes after we said something else, stays a number', async () => {
  const ana = aNumber();
  const [receipt] = await network.deliver([says(ana, '1')]);
  expect((await messageOf(receipt)).parts).toEqual(text('1'));
  await cityAnswers(receipt, menu);
  const [beyond, words] = await network.deliver([says(ana, '3'), says(ana, 'hay 2 baches')]);
  expect((await messageOf(beyond)).parts).toEqual(text('3'));
  expect((await messageOf(words)).parts).toEqual(text('hay 2 baches'));
  await cityAnswers(receipt, text('¿Cuántos días lleva?'));
  const [days] = await network.deliver([says(ana, '2')]);
  expect((await messageOf(days)).parts).toEqual(text('2'));
});
