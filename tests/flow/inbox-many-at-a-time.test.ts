import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BulkResult } from '../../server/contract/inbox.ts';
import { api } from '../../server/contract/routes.ts';
import { aContact, startCaseCentre } from '../support/case-desk.ts';
import type { ContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';

let centre: ContactCentre;
let ana: OperatorClient;
let elena: OperatorClient;

beforeAll(async () => {
  centre = await startCaseCentre();
  [ana, elena] = await Promise.all([centre.operator('ana'), centre.operator('elena')]);
});
afterAll(() => centre?.stop());

/** Contacts that Elena holds. */
async function held(count: number): Promise<string[]> {
  const contacts = await Promise.all(Array.from({ length: count }, () => aContact(centre)));
  for (const { ticketId } of contacts) await elena.call(api.takeTicket, { params: { id: ticketId } });
  return contacts.map(({ ticketId }) => ticketId);
}
const bulk = (ids: string[], action: object, who = elena): Promise<BulkResult> =>
  who.call(api.bulkTickets, { body: { ids, action } as never });
const undo = (id: string | null, who = elena) => who.call(api.undoBulk, { params: { id: id ?? '' } });
const standing = async (id: string) => {
  const { ticket } = await elena.open(id);
  const { state, operator, queueId, priority, disposition } = ticket;
  return { state, operatorId: operator?.id ?? null, queueId, priority, disposition };
};

test('many are closed at once, and are as they were when that is taken back', async () => {
  const ids = await held(3);
  const before = await Promise.all(ids.map(standing));
  const { undoId, done, refused } = await bulk(ids, { type: 'close', disposition: 'spam' });
  expect([done, refused]).toEqual([ids, []]);
  for (const id of ids) expect(await standing(id)).toMatchObject({ state: 'closed', disposition: 'spam' });

  expect(await undo(undoId)).toEqual({ done: ids.toReversed(), refused: [] });
  expect(await Promise.all(ids.map(standing))).toEqual(before);
  const { events } = await elena.open(ids[0] ?? '');
  expect(events.at(-1)).toMatchObject({ type: 'reopened', actor: { id: elena.id }, data: { undone: true } });
});

test('what cannot be done is said for each, and holds up no other', async () => {
  const [own = '', closed = ''] = await held(2);
  await elena.close(closed);
  const { done, refused } = await bulk([closed, own], { type: 'snooze', until: null });
  expect(done).toEqual([own]);
  expect(refused).toMatchObject([{ id: closed, code: 'ticket_closed' }]);
  expect(refused[0]?.message).not.toBe('');
});

test('each is done by the rights that it needs alone', async () => {
  const ids = await held(1);
  const { done, refused, undoId } = await bulk(ids, { type: 'close', disposition: 'spam' }, ana);
  expect([done, undoId]).toEqual([[], null]);
  expect(refused).toMatchObject([{ code: 'not_holder' }]);
});

test.each([
  [
    'a hand-over to a queue',
    { type: 'transfer', to: { queueId: 'tramites' } },
    { state: 'waiting', queueId: 'tramites' },
  ],
  ['a snooze', { type: 'snooze', until: null }, { state: 'snoozed' }],
  ['a priority', { type: 'priority', priority: 0 }, { state: 'assigned', priority: 0 }],
])('%s can be taken back', async (_, action, expected) => {
  const ids = await held(2);
  const before = await Promise.all(ids.map(standing));
  const { undoId } = await bulk(ids, action);
  for (const id of ids) expect(await standing(id)).toMatchObject(expected);
  expect((await undo(undoId)).refused).toEqual([]);
  expect(await Promise.all(ids.map(standing))).toEqual(before);
});

test('what a person did since stays', async () => {
  const ids = await held(2);
  const { undoId } = await bulk(ids, { type: 'transfer', to: { queueId: 'general' } });
  await ana.call(api.takeTicket, { params: { id: ids[0] ?? '' } });
  const { done, refused } = await undo(undoId);
  expect(done).toEqual([ids[1]]);
  expect(refused).toMatchObject([{ id: ids[0], code: 'conflict' }]);
  expect(await standing(ids[0] ?? '')).toMatchObject({ operatorId: ana.id });
});

test('it is taken back once, in time, and by whoever did it', async () => {
  const ids = await held(1);
  const { undoId } = await bulk(ids, { type: 'close', disposition: 'spam' });
  expect((await ana.refused(api.undoBulk, { params: { id: undoId ?? '' } })).code).toBe('not_found');
  centre.clock.advance(60);
  expect((await elena.refused(api.undoBulk, { params: { id: undoId ?? '' } })).code).toBe('conflict');
});
