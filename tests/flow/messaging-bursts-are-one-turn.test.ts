import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Bot, BotTurn } from '../../server/contract/bot.ts';
import type { Part } from '../../server/contract/message.ts';
import { settleNow } from '../../server/conversations/burst.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { aNumber, does, type MemoryNetwork, plugMemory, says, wordsIn } from '../support/memory-person.ts';
import { until } from '../support/until.ts';

const SETTLE = 60;

/** Listens, and says so. */
let turns: BotTurn[] = [];
const listener: Bot = {
  turn: async (turn) => {
    turns.push(turn);
    return { replies: [[{ type: 'text', text: 'Ajá' }]], state: { version: 1, data: {} } };
  },
};

let centre: ContactCentre;
let network: MemoryNetwork;

beforeAll(async () => {
  centre = await startContactCentre({ bot: listener });
  network = await plugMemory(centre, { settleSeconds: SETTLE });
});
afterAll(() => centre?.stop());
beforeEach(() => {
  turns = [];
});

const heard = (): string[][] => turns.map(({ messages }) => messages.map(({ parts }) => wordsIn(parts)));
const nothingIsLeft = () => until(async () => (await jobs()) === 0, { what: 'the jobs to be done' });

/** Jobs that could run now. */
async function jobs(): Promise<number> {
  const queue = centre.server.context.jobs.queues.get('inbound');
  const left = await centre.server.context.database.db.selectFrom('outbox').select('id').execute();
  return left.length + ((await queue?.getJobCountByTypes('waiting', 'active', 'prioritized')) ?? 0);
}

/** So much time passes, and the server looks what is due. */
async function passes(seconds: number): Promise<void> {
  centre.clock.advance(seconds);
  await network.reconcile();
  await nothingIsLeft();
}

test('five quick messages are one turn, in their order, when they have settled', async () => {
  const ana = aNumber();
  const words = ['hola', 'oigan', 'hay un bache', 'en la colonia centro', 'gracias'];
  for (const word of words) {
    await network.deliver([says(ana, word)]);
    centre.clock.advance(5);
  }
  await passes(SETTLE - 10);
  expect(heard()).toEqual([]);
  await passes(10);
  expect(heard()).toEqual([words]);
  await until(() => network.heardBy(ana).length > 0, { what: 'the answer' });
  expect(network.heardBy(ana)).toEqual(['Ajá']);
});

test('who never stops writing is answered all the same', async () => {
  const ana = aNumber();
  for (let seconds = 0; seconds < 3 * SETTLE; seconds += SETTLE / 2) {
    await network.deliver([says(ana, `a los ${seconds}`)]);
    expect(heard()).toEqual([]);
    await passes(SETTLE / 2);
  }
  await passes(2);
  expect(heard()).toHaveLength(1);
  expect(heard()[0]).toHaveLength(6);
});

test('what is said while the bot thinks is a burst of its own', async () => {
  const ana = aNumber();
  await network.deliver([says(ana, 'uno')]);
  await passes(SETTLE + 2);
  await network.deliver([says(ana, 'dos')]);
  await network.deliver([says(ana, 'tres')]);
  await passes(SETTLE - 10);
  expect(heard()).toEqual([['uno']]);
  await passes(12);
  expect(heard()).toEqual([['uno'], ['dos', 'tres']]);
});

test('a correction that comes before the bot has listened is what the bot hears', async () => {
  const ana = aNumber();
  const said = says(ana, 'hay un vache');
  await network.deliver([said]);
  await network.deliver([does(said.externalId, { kind: 'edited', text: 'hay un bache' })]);
  await passes(SETTLE + 2);
  expect(heard()).toEqual([['hay un bache']]);
});

test('a turn that was promised is taken, though its job was lost', async () => {
  const ana = aNumber();
  await network.deliver([says(ana, 'hola')]);
  await nothingIsLeft();
  await centre.server.context.jobs.queues.get('inbound')?.drain(true);
  await passes(SETTLE + 2);
  expect(heard()).toEqual([['hola']]);
});

const arriving = (): { photo: Part; toFetch: { attachmentId: string; source: Record<string, unknown> } } => {
  const attachmentId = randomUUID();
  return {
    photo: { type: 'media', attachmentId, name: 'foto.jpg', mimeType: 'image/jpeg', size: 0, arriving: true },
    toFetch: { attachmentId, source: { id: attachmentId } },
  };
};

/** The channel fetches nothing: what becomes of a file is the test's to say. */
async function endsFetching(attachmentId: string): Promise<void> {
  const { unitOfWork } = centre.server.context;
  await unitOfWork(async (unit) => {
    const row = await unit.tx
      .deleteFrom('media_fetch')
      .where('attachment_id', '=', attachmentId)
      .returning('message_id')
      .executeTakeFirstOrThrow();
    const message = await unit.tx
      .selectFrom('message')
      .select('ticket_id')
      .where('id', '=', row.message_id)
      .executeTakeFirstOrThrow();
    await settleNow(unit, message.ticket_id ?? '');
  });
}

test('the bot waits for a photo that is on its way, and goes on the moment it is there', async () => {
  const ana = aNumber();
  const [one, two] = [arriving(), arriving()];
  await network.deliver([says(ana, [one.photo], { toFetch: [one.toFetch] })]);
  await network.deliver([says(ana, [two.photo], { toFetch: [two.toFetch] }), says(ana, 'mira')]);
  await passes(SETTLE + 5);
  expect(heard()).toEqual([]);
  await endsFetching(one.toFetch.attachmentId);
  await nothingIsLeft();
  expect(heard()).toEqual([]);
  await endsFetching(two.toFetch.attachmentId);
  await until(() => heard().length > 0, { what: 'the turn' });
  expect(heard()).toEqual([['', '', 'mira']]);
});

test('two photos that come at the same instant keep nobody waiting', async () => {
  const ana = aNumber();
  const photos = [arriving(), arriving(), arriving()];
  for (const { photo, toFetch } of photos) await network.deliver([says(ana, [photo], { toFetch: [toFetch] })]);
  await Promise.all(photos.map(({ toFetch }) => endsFetching(toFetch.attachmentId)));
  await passes(SETTLE + 2);
  expect(heard()).toHaveLength(1);
});

test('a photo that takes too long is waited for fifteen seconds, no more', async () => {
  const ana = aNumber();
  const { photo, toFetch } = arriving();
  await network.deliver([says(ana, [photo], { toFetch: [toFetch] })]);
  await passes(SETTLE + 10);
  expect(heard()).toEqual([]);
  await passes(7);
  expect(heard()).toHaveLength(1);
});

test('where people do not write in bursts the bot answers at once', async () => {
  const instant = await plugMemory(centre);
  const [receipt] = await instant.deliver([says(aNumber(), 'hola')]);
  await until(() => heard().length > 0, { what: 'the turn' });
  const { db } = centre.server.context.database;
  const ticket = await db
    .selectFrom('ticket')
    .selectAll()
    .where('id', '=', receipt?.ticketId ?? '')
    .executeTakeFirstOrThrow();
  expect(ticket).toMatchObject({ burst_since: null, bot_due_at: null, bot_waits_until: null });
});
