import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Bot, BotTurn } from '../../server/contract/bot.ts';
import type { Receipt } from '../../server/contract/channel.ts';
import { api } from '../../server/contract/routes.ts';
import { loadCitizen } from '../../server/conversations/citizens.ts';
import { opens } from '../support/case-desk.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { aNumber, type MemoryNetwork, plugMemory, says, wordsIn } from '../support/memory-person.ts';
import { until } from '../support/until.ts';

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
  network = await plugMemory(centre, { windowHours: 24 });
});
afterAll(() => centre?.stop());
beforeEach(() => {
  turns = [];
});

const STOPPED = /ya no te mandará avisos por aquí.*te seguimos respondiendo.*ALTA/;
const RESUMED = /otra vez los avisos/;

async function citizenOf(receipt: Receipt | undefined) {
  const { db } = centre.server.context.database;
  const { citizen_id } = await db
    .selectFrom('conversation')
    .select('citizen_id')
    .where('id', '=', receipt?.conversationId ?? '')
    .executeTakeFirstOrThrow();
  return loadCitizen(db, citizen_id);
}

const stoppedAt = async (receipt: Receipt | undefined): Promise<(string | null)[]> =>
  (await citizenOf(receipt)).identities.map(({ optedOutAt }) => optedOutAt);

const heard = (): string[] => turns.flatMap(({ messages }) => messages.map(({ parts }) => wordsIn(parts)));
const answered = (address: string, count: number) =>
  until(() => network.heardBy(address).length >= count, { what: `${count} answers` });

test.each(['ALTO', 'Baja.', 'stop', '¡Álto!', 'Cancelar suscripción', 'UNSUBSCRIBE'])(
  '«%s» stops the notices, is confirmed, and wakes nobody',
  async (word) => {
    const ana = aNumber();
    const [receipt] = await network.deliver([says(ana, word)]);
    expect(receipt).toMatchObject({ seq: 1, ticketId: null });
    expect(await stoppedAt(receipt)).toEqual([expect.any(String)]);
    await answered(ana, 1);
    expect(network.heardBy(ana)).toEqual([expect.stringMatching(STOPPED)]);
    await network.reconcile();
    expect(heard()).toEqual([]);
  },
);

test.each(['cancelar', 'ALTO A LA VIOLENCIA', 'quiero darme de baja del predial', 'alta', 'start'])(
  '«%s» is said to the bot',
  async (words) => {
    const ana = aNumber();
    const [receipt] = await network.deliver([says(ana, words)]);
    await until(() => heard().includes(words), { what: 'the turn' });
    expect(await stoppedAt(receipt)).toEqual([null]);
  },
);

test('what they ask afterwards is answered, and ALTA brings the notices back', async () => {
  const ana = aNumber();
  const [stopped] = await network.deliver([says(ana, 'ALTO')]);
  const first = await stoppedAt(stopped);
  await network.deliver([says(ana, 'alto')]);
  expect(await stoppedAt(stopped)).toEqual(first);
  const [asked] = await network.deliver([says(ana, '¿a qué hora abren?')]);
  expect(asked?.ticketId).not.toBeNull();
  await until(() => heard().length > 0, { what: 'the turn' });
  const [resumed] = await network.deliver([says(ana, 'Alta')]);
  expect(resumed?.ticketId).toBeNull();
  expect(await stoppedAt(stopped)).toEqual([null]);
  await answered(ana, 4);
  expect(network.heardBy(ana).at(-1)).toMatch(RESUMED);
  await network.reconcile();
  expect(heard()).toEqual(['¿a qué hora abren?']);
});

test('in a burst the bot hears the rest; the last wish counts', async () => {
  const ana = aNumber();
  const [receipt] = await network.deliver([says(ana, 'hola'), says(ana, 'ALTO'), says(ana, 'ALTA'), says(ana, 'STOP')]);
  await until(() => heard().length > 0, { what: 'the turn' });
  await network.reconcile();
  expect(heard()).toEqual(['hola']);
  expect(await stoppedAt(receipt)).toEqual([expect.any(String)]);
  expect(network.heardBy(ana).filter((words) => STOPPED.test(words))).toHaveLength(1);
});

test('the names of one person stop together; another telephone of theirs does not', async () => {
  const [phone, bsuid, other] = [aNumber(), `MX.${Math.random()}`, aNumber()];
  const [receipt] = await network.deliver([says({ address: phone, aliases: [bsuid] }, 'hola')]);
  const { id } = await citizenOf(receipt);
  const { db } = centre.server.context.database;
  await db
    .insertInto('identity')
    .values({ id: crypto.randomUUID(), citizen_id: id, channel: 'memory', address: other, created_at: new Date() })
    .execute();
  await network.deliver([says(bsuid, 'BAJA')]);
  const { identities } = await citizenOf(receipt);
  expect(
    identities
      .filter(({ optedOutAt }) => optedOutAt)
      .map(({ address }) => address)
      .sort(),
  ).toEqual([phone, bsuid].sort());
});

test('an operator who has the contact sees it said', async () => {
  const ana = aNumber();
  const beto = await centre.operator('beto');
  const { api } = await import('../../server/contract/routes.ts');
  const [first] = await network.deliver([says(ana, 'hola')]);
  await beto.call(api.takeTicket, { params: { id: first?.ticketId ?? '' } });
  const [wish] = await network.deliver([says(ana, 'ALTO')]);
  expect(wish).toMatchObject({ ticketId: first?.ticketId });
});

test('where no notices come unasked, the words mean what they say', async () => {
  const chatty = await plugMemory(centre);
  const ana = aNumber();
  const [receipt] = await chatty.deliver([says(ana, 'ALTO')]);
  await until(() => heard().includes('ALTO'), { what: 'the turn' });
  expect(await stoppedAt(receipt)).toEqual([null]);
});

test('by SMS, which has no window, they can be stopped too', async () => {
  const sms = await plugMemory(centre, {}, 'sms');
  const ana = aNumber();
  const [receipt] = await sms.deliver([says(ana, 'STOP')]);
  expect(await stoppedAt(receipt)).toEqual([expect.any(String)]);
});

test('news of a case is a notice: who wants none is not told, and is told again when they do', async () => {
  network = await plugMemory(centre, { windowHours: 24 });
  const ana = aNumber();
  const elena = await centre.operator('elena');
  const [receipt] = await network.deliver([says(ana, 'Hay un bache')]);
  const ticketId = receipt?.ticketId ?? '';
  await elena.call(api.takeTicket, { params: { id: ticketId } });
  const { id } = await opens(elena, { ticketId });
  const news = () => network.heardBy(ana).filter((words) => /en proceso|se marcó como resuelto/.test(words));

  await network.deliver([says(ana, 'ALTO')]);
  await elena.call(api.changeCaseStatus, { params: { id }, body: { status: 'in_progress', version: 1 } });
  await elena.say(ticketId, 'Aquí sigo, Ana');
  await until(() => network.heardBy(ana).includes('Aquí sigo, Ana'));
  expect(news()).toEqual([]);

  await network.deliver([says(ana, 'ALTA')]);
  await elena.call(api.changeCaseStatus, { params: { id }, body: { status: 'solved', version: 2 } });
  await until(() => news().length === 1, { what: 'the news of what was solved' });
});
