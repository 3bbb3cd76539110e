import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TicketSummary } from '../../server/contract/http.ts';
import { api } from '../../server/contract/routes.ts';
import { rebuildFacts } from '../../server/reports/keep-facts.ts';
import { aContact, opens, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import { type Network, plugNetwork } from '../support/network-people.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';
import { words } from '../support/words.ts';

let centre: ContactCentre;
let whatsapp: Network;
/** Supervises, with the grant. */
let elena: OperatorClient;
/** An operator without the grant. */
let beto: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  whatsapp = await plugNetwork(centre, 'whatsapp');
  [elena, beto] = await Promise.all([centre.operator('elena'), centre.operator('beto')]);
});
afterAll(() => centre?.stop());

let numbers = 2_295_000_000;

/** One person with an open contact on the web chat and one on WhatsApp, both in these hands. */
async function twoOfOne(holder: OperatorClient = elena) {
  const chat = await aContact(centre);
  numbers += 1;
  const phone = `+52${numbers}`;
  const { ticketId } = await whatsapp.writes(phone, 'Hola, otra vez yo');
  const wa = { ticketId: ticketId ?? '', phone };
  for (const id of [chat.ticketId, wa.ticketId]) await holder.call(api.takeTicket, { params: { id } });
  const [one, other] = await Promise.all([elena.open(chat.ticketId), elena.open(wa.ticketId)]);
  await elena.call(api.mergeCitizens, { params: { id: one.citizen.id }, body: { otherId: other.citizen.id } });
  return { chat, wa };
}

const merge = (id: string, intoId: string, more: object = {}, who = elena) =>
  who.call(api.mergeTickets, { params: { id }, body: { intoId, ...more } });
const part = (id: string, who = elena) => who.call(api.undoTicketMerge, { params: { id } });
const ticketOf = async (id: string): Promise<TicketSummary> => (await elena.open(id)).ticket;
const asItStands = ({ version: _, updatedAt: __, ...rest }: TicketSummary) => rest;
const queued = (id: string, queueId = 'general') =>
  elena.call(api.transferTicket, { params: { id }, body: { queueId } });

describe('two contacts of one person', () => {
  test('one ends without a word; what is written next belongs to the other, which answers on either', async () => {
    const { chat, wa } = await twoOfOne();
    const heard = chat.resident.messages.length;
    const { merged, kept } = await merge(chat.ticketId, wa.ticketId);
    expect(merged).toMatchObject({ state: 'closed', mergedInto: { id: kept.id, number: kept.number } });
    expect(kept).toMatchObject({ id: wa.ticketId, state: 'assigned', mergedInto: null });
    await chat.resident.ticketBecomes({ state: 'assigned', operatorName: 'Elena', ratable: false });

    const said = await chat.resident.say('Y otra cosa, por aquí');
    expect(said.ticketId).toBe(wa.ticketId);
    expect(chat.resident.messages.length).toBe(heard + 1);
    const detail = await elena.open(wa.ticketId);
    expect(detail.ticket.unread).toBe(3);
    expect(detail.merged).toMatchObject([{ ticketId: chat.ticketId, by: 'Elena Mora', undoable: false }]);
    expect(detail.joined).toMatchObject([{ id: chat.conversationId, channel: 'chat' }]);
    expect(detail.joined[0]?.messages.map(words)).toContain('Y otra cosa, por aquí');

    const body = {
      clientId: crypto.randomUUID(),
      text: 'Te contesto por el chat',
      conversationId: chat.conversationId,
    };
    await elena.call(api.sendMessage, { params: { id: wa.ticketId }, body });
    await chat.resident.reads('Te contesto por el chat');
    await elena.say(wa.ticketId, 'Y por WhatsApp');
    await until(() => whatsapp.channel.sent.some((each) => words(each.message).includes('Y por WhatsApp')), {
      what: 'the answer to leave by WhatsApp',
    });

    const seq = detail.joined[0]?.messages.at(-1)?.seq ?? 0;
    const own = detail.messages.at(-1)?.seq ?? 0;
    const read = (body: object) => elena.call(api.markRead, { params: { id: wa.ticketId }, body: body as never });
    await read({ seq, conversationId: chat.conversationId });
    await read({ seq: own });
    expect((await ticketOf(wa.ticketId)).unread).toBe(0);
    expect(await elena.refused(api.undoTicketMerge, { params: { id: chat.ticketId } })).toMatchObject({
      code: 'merge_final',
    });
  });

  test('once the matter is closed, whoever writes begins a new one', async () => {
    const { chat, wa } = await twoOfOne();
    await merge(chat.ticketId, wa.ticketId);
    await elena.close(wa.ticketId);
    const said = await chat.resident.say('Regresé');
    expect([chat.ticketId, wa.ticketId]).not.toContain(said.ticketId);
    expect(await elena.refused(api.reopenTicket, { params: { id: chat.ticketId } })).toMatchObject({
      code: 'merge_already',
    });
  });

  test('both are where they were when it is undone, and both tell of it', async () => {
    const { chat, wa } = await twoOfOne();
    const found = await opens(elena, { ticketId: chat.ticketId } as never);
    await elena.call(api.snoozeTicket, { params: { id: chat.ticketId }, body: { until: null } });
    const before = await Promise.all([chat.ticketId, wa.ticketId].map(ticketOf));
    await merge(chat.ticketId, wa.ticketId);
    expect((await elena.open(wa.ticketId)).merged).toMatchObject([{ undoable: true }]);
    expect(await linkedTo(found.id)).toContain(wa.ticketId);

    await part(chat.ticketId);
    const after = await Promise.all([chat.ticketId, wa.ticketId].map(ticketOf));
    expect(after.map(asItStands)).toEqual(before.map(asItStands));
    expect(await linkedTo(found.id)).not.toContain(wa.ticketId);
    await part(chat.ticketId);
    expect((await elena.open(wa.ticketId)).merged).toEqual([]);

    const told = async (id: string) =>
      (await elena.open(id)).events.filter(({ ticketId }) => ticketId === id).map(({ type }) => type);
    expect((await told(wa.ticketId)).slice(-2)).toEqual(['merged', 'unmerged']);
    expect((await told(chat.ticketId)).slice(-3)).toEqual(['closed', 'reopened', 'snoozed']);
    const said = await chat.resident.say('Aquí sigo');
    expect(said.ticketId).toBe(chat.ticketId);
  });

  test('the one that waits keeps the earlier clock', async () => {
    const { chat, wa } = await twoOfOne();
    for (const id of [chat.ticketId, wa.ticketId]) await queued(id);
    const { clockAt } = await ticketOf(chat.ticketId);
    const before = await ticketOf(wa.ticketId);
    expect(clockAt < before.clockAt).toBe(true);
    const { kept } = await merge(chat.ticketId, wa.ticketId);
    expect(kept).toMatchObject({ state: 'waiting', clockAt });
    await part(chat.ticketId);
    expect(await ticketOf(wa.ticketId)).toMatchObject({ clockAt: before.clockAt });
  });

  test('what was part of the merged one goes along, and comes back with it', async () => {
    const { chat, wa } = await twoOfOne();
    const third = await aContact(centre);
    await elena.call(api.takeTicket, { params: { id: third.ticketId } });
    await merge(chat.ticketId, wa.ticketId);
    await merge(wa.ticketId, third.ticketId, { otherPerson: true });
    const said = await chat.resident.say('¿Y lo mío?');
    expect(said.ticketId).toBe(third.ticketId);
    expect((await elena.open(third.ticketId)).merged).toHaveLength(2);
  });

  test('undone one after the other, the last one first', async () => {
    const { chat, wa } = await twoOfOne();
    const third = await aContact(centre);
    await elena.call(api.takeTicket, { params: { id: third.ticketId } });
    await merge(chat.ticketId, wa.ticketId);
    await merge(wa.ticketId, third.ticketId, { otherPerson: true });
    expect(await elena.refused(api.undoTicketMerge, { params: { id: chat.ticketId } })).toMatchObject({
      code: 'merge_final',
    });
    await part(wa.ticketId);
    expect(await ticketOf(chat.ticketId)).toMatchObject({ mergedInto: { id: wa.ticketId } });
    await part(chat.ticketId);
    expect(await ticketOf(chat.ticketId)).toMatchObject({ state: 'assigned', mergedInto: null });
  });
});

describe('who is asked, and who is refused', () => {
  test('contacts of two people are merged only when that is meant', async () => {
    const [one, other] = await Promise.all([aContact(centre), aContact(centre)]);
    for (const { ticketId } of [one, other]) await elena.call(api.takeTicket, { params: { id: ticketId } });
    expect(
      await elena.refused(api.mergeTickets, { params: { id: one.ticketId }, body: { intoId: other.ticketId } }),
    ).toMatchObject({ status: 409, code: 'merge_two_people' });
    const { kept } = await merge(one.ticketId, other.ticketId, { otherPerson: true });
    expect(kept.citizen.id).not.toBe((await ticketOf(one.ticketId)).citizen.id);
  });

  test('what is in the hands of somebody else is theirs, unless who supervises says so', async () => {
    const { chat, wa } = await twoOfOne(beto);
    const asked = { params: { id: chat.ticketId }, body: { intoId: wa.ticketId } };
    expect(await elena.refused(api.mergeTickets, asked)).toMatchObject({ code: 'merge_held' });
    const { merged } = await merge(chat.ticketId, wa.ticketId, { evenIfHeld: true });
    expect(merged.operator?.id).toBe(beto.id);

    const theirs = await twoOfOne(elena);
    const tried = { params: { id: theirs.chat.ticketId }, body: { intoId: theirs.wa.ticketId, evenIfHeld: true } };
    expect(await beto.refused(api.mergeTickets, tried)).toMatchObject({ code: 'merge_held' });
  });

  test('what the bot has, and what is closed, is no part of it', async () => {
    const { chat, wa } = await twoOfOne();
    const withBot = await aContact(centre);
    const into = (intoId: string) => ({ params: { id: chat.ticketId }, body: { intoId, otherPerson: true } });
    expect(await elena.refused(api.mergeTickets, into(withBot.ticketId))).toMatchObject({ code: 'merge_with_bot' });
    await elena.close(wa.ticketId);
    expect(await elena.refused(api.mergeTickets, into(wa.ticketId))).toMatchObject({ code: 'merge_closed' });
  });

  test('what is protected makes protected whatever it becomes part of', async () => {
    const { chat, wa } = await twoOfOne();
    await queued(wa.ticketId);
    await beto.open(wa.ticketId);
    await queued(chat.ticketId, 'mujeres');
    await merge(chat.ticketId, wa.ticketId);
    expect(await ticketOf(wa.ticketId)).toMatchObject({ protected: true, queueId: 'mujeres', state: 'waiting' });
    for (const id of [chat.ticketId, wa.ticketId]) {
      expect(await beto.refused(api.openTicket, { params: { id } })).toMatchObject({ status: 404 });
    }
    await part(chat.ticketId);
    expect(await ticketOf(wa.ticketId)).toMatchObject({ protected: false, queueId: 'general' });
    await beto.open(wa.ticketId);
    expect(await beto.refused(api.openTicket, { params: { id: chat.ticketId } })).toMatchObject({ status: 404 });
  });
});

describe('at the same instant', () => {
  test('one into the other and the other into the one is one of both', async () => {
    const { chat, wa } = await twoOfOne();
    const done = await Promise.all([merge(chat.ticketId, wa.ticketId), merge(wa.ticketId, chat.ticketId)]);
    expect(new Set(done.map(({ kept }) => kept.id)).size).toBe(1);
    const states = (await Promise.all([chat.ticketId, wa.ticketId].map(ticketOf))).map(({ state }) => state);
    expect(states.toSorted()).toEqual(['assigned', 'closed']);
  });

  test('merged twice it is merged once; merged while it is closed, one of both is refused', async () => {
    const { chat, wa } = await twoOfOne();
    await Promise.all([merge(chat.ticketId, wa.ticketId), merge(chat.ticketId, wa.ticketId)]);
    expect((await elena.open(wa.ticketId)).merged).toHaveLength(1);

    const pair = await twoOfOne();
    const outcomes = await Promise.allSettled([
      merge(pair.chat.ticketId, pair.wa.ticketId),
      elena.close(pair.wa.ticketId),
    ]);
    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
    const { state, mergedInto } = await ticketOf(pair.chat.ticketId);
    expect([state, mergedInto?.id]).toEqual(
      outcomes[0]?.status === 'fulfilled' ? ['closed', pair.wa.ticketId] : ['assigned', undefined],
    );
  });

  test('whatever is written meanwhile is in one of both, and seen there', async () => {
    const { chat, wa } = await twoOfOne();
    const [, ...said] = await Promise.all([
      merge(chat.ticketId, wa.ticketId),
      ...['uno', 'dos', 'tres'].map((text) => chat.resident.say(text)),
    ]);
    for (const { ticketId } of said) expect([chat.ticketId, wa.ticketId]).toContain(ticketId);
    const { joined } = await elena.open(wa.ticketId);
    for (const text of ['uno', 'dos', 'tres']) expect(joined[0]?.messages.map(words)).toContain(text);
  });
});

test('many are merged at once, and parted again', async () => {
  const { chat, wa } = await twoOfOne();
  const action = { type: 'merge' as const, intoId: wa.ticketId, evenIfHeld: false, otherPerson: false };
  const { done, refused, undoId } = await elena.call(api.bulkTickets, {
    body: { ids: [chat.ticketId, wa.ticketId], action },
  });
  expect([done, refused]).toEqual([[chat.ticketId], []]);
  expect(await elena.call(api.undoBulk, { params: { id: undoId ?? '' } })).toEqual({ done, refused: [] });
  expect(await ticketOf(chat.ticketId)).toMatchObject({ state: 'assigned', mergedInto: null });
});

test('a merged contact is counted as such, and what was answered once', async () => {
  const { chat, wa } = await twoOfOne();
  await merge(chat.ticketId, wa.ticketId);
  await elena.close(wa.ticketId);
  await rebuildFacts(centre.server.context);
  const { db } = centre.server.context.database;
  const facts = await db
    .selectFrom('contact_fact')
    .select(['ticket_id', 'outcome'])
    .where('ticket_id', 'in', [chat.ticketId, wa.ticketId])
    .execute();
  expect(Object.fromEntries(facts.map((fact) => [fact.ticket_id, fact.outcome]))).toEqual({
    [chat.ticketId]: 'merged',
    [wa.ticketId]: 'answered',
  });
});

async function linkedTo(caseId: string): Promise<string[]> {
  const { db } = centre.server.context.database;
  const rows = await db.selectFrom('case_ticket').select('ticket_id').where('case_id', '=', caseId).execute();
  return rows.map((row) => row.ticket_id);
}
