import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import type { ResidentClient } from '../support/resident-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let ana: OperatorClient;
let beto: OperatorClient;
let dan: OperatorClient;
let elena: OperatorClient;

beforeAll(async () => {
  centre = await startContactCentre({ settings: { PRESENCE_LEASE_SECONDS: 600, DECLINE_COOLDOWN_SECONDS: 1 } });
  [ana, beto, dan, elena] = (await Promise.all(
    ['ana', 'beto', 'dan', 'elena'].map((name) => centre.operator(name)),
  )) as [OperatorClient, OperatorClient, OperatorClient, OperatorClient];
});

afterEach(async () => {
  await Promise.all([ana, beto, dan, elena].map((operator) => operator.away()));
  await isSound();
});

afterAll(() => centre?.stop());

/** What must hold whatever happened at the same instant. */
async function isSound(): Promise<void> {
  const { db } = centre.server.context.database;
  const tickets = await db.selectFrom('ticket').selectAll().execute();
  const offers = await db.selectFrom('offer').selectAll().where('outcome', 'is', null).execute();
  const messages = await db.selectFrom('message').select(['conversation_id', 'seq']).orderBy('seq').execute();
  for (const ticket of tickets) {
    const standing = offers.filter((offer) => offer.ticket_id === ticket.id);
    expect(standing.length, `offers of a ticket ${ticket.state}`).toBe(ticket.state === 'offered' ? 1 : 0);
    expect(ticket.operator_id !== null).toBe(
      ['offered', 'assigned'].includes(ticket.state) ||
        (ticket.state === 'closed' && ticket.accepted_at !== null && ticket.operator_id !== null),
    );
    const said = messages.filter((message) => message.conversation_id === ticket.conversation_id);
    expect(said.map(({ seq }) => seq)).toEqual(said.map((_, index) => index + 1));
  }
  const open = tickets.filter(({ state }) => state !== 'closed');
  expect(new Set(open.map((ticket) => ticket.conversation_id)).size).toBe(open.length);
  for (const operator of [ana, beto, dan]) {
    const held = open.filter((ticket) => ticket.operator_id === operator.id);
    expect(held.length, 'within capacity').toBeLessThanOrEqual(operator.session.operator.capacity);
  }
  expect(centre.logs()).not.toMatch(/"level":(50|60)/);
}

async function waiting(): Promise<ResidentClient> {
  const resident = await centre.resident();
  await resident.say('Quiero hablar con una persona');
  await resident.isTold('handed_off');
  return resident;
}

const idOf = async (resident: ResidentClient) => (await resident.sync()).ticket?.id ?? '';
/** Runs all at once; refusals are fine, faults are not. */
async function atOnce(...calls: Promise<unknown>[]): Promise<PromiseSettledResult<unknown>[]> {
  const results = await Promise.allSettled(calls);
  for (const result of results) {
    if (result.status === 'rejected') expect(String(result.reason)).not.toMatch(/answered 5\d\d/);
  }
  return results;
}

test('the offer accepted, timed out, declined and given up by the resident at the same instant', async () => {
  for (let round = 0; round < 4; round += 1) {
    const lupe = await waiting();
    const id = await idOf(lupe);
    await ana.available();
    const offer = await ana.offered();
    const params = { id: offer.id };
    if (round % 2) centre.clock.advance(31);
    const { unitOfWork } = centre.server.context;
    const { expireOffer } = await import('../../server/routing/offers.ts');
    await atOnce(
      ana.call(api.acceptOffer, { params }),
      unitOfWork((unit) => expireOffer(unit, offer.id, 60)),
      ana.call(api.declineOffer, { params }),
      lupe.ask('end'),
      elena.call(api.takeTicket, { params: { id } }),
      ana.away(),
    );
    await lupe.ask('end');
    await until(async () => (await lupe.sync()).ticket?.state === 'closed', { what: 'the contact to be closed' });
    await isSound();
  }
});

test('one ticket taken by four people at once has one holder', async () => {
  const lupe = await waiting();
  const id = await idOf(lupe);
  const takers = [ana, beto, dan];
  const results = await atOnce(...takers.map((operator) => operator.call(api.takeTicket, { params: { id } })));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await elena.close(id);
});

test('an operator who takes many at once stays within capacity', async () => {
  const residents = await Promise.all(Array.from({ length: 8 }, waiting));
  const ids = await Promise.all(residents.map(idOf));
  await dan.available();
  const results = await atOnce(...ids.map((id) => dan.call(api.takeTicket, { params: { id } })));
  expect(results.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(2);
  await isSound();
  for (const resident of residents) await resident.ask('end');
});

test('a message written while the contact is closed is never lost: it is in this contact or begins the next', async () => {
  const lupe = await waiting();
  const id = await idOf(lupe);
  await ana.call(api.takeTicket, { params: { id } });
  const said: { seq: number; ticketId: string | null }[] = [];
  await atOnce(
    ana.close(id),
    ...Array.from({ length: 10 }, (_, index) => lupe.say(`línea ${index}`).then((message) => said.push(message))),
    ana.call(api.sendMessage, { params: { id }, body: { clientId: randomUUID(), text: 'Hasta luego' } }),
  );
  expect(said).toHaveLength(10);
  const page = await lupe.sync();
  const texts = lupe.messages.flatMap(({ parts }) => (parts[0]?.type === 'text' ? [parts[0].text] : []));
  for (let index = 0; index < 10; index += 1) expect(texts).toContain(`línea ${index}`);
  if (page.ticket?.state !== 'closed') await lupe.ask('end');
});

test('transferred, closed, reopened and taken over at the same instant', async () => {
  for (let round = 0; round < 4; round += 1) {
    const lupe = await waiting();
    const id = await idOf(lupe);
    const params = { id };
    await ana.call(api.takeTicket, { params });
    await beto.available();
    await atOnce(
      ana.call(api.transferTicket, { params, body: { operatorId: beto.id } }),
      ana.call(api.transferTicket, { params, body: { queueId: 'servicios' } }),
      ana.close(id),
      elena.call(api.takeTicket, { params }),
      beto.call(api.reopenTicket, { params }),
      lupe.say('¿Y entonces?'),
      lupe.ask('end'),
    );
    await beto.away();
    await isSound();
    const { ticket } = await elena.open(id);
    if (ticket.state !== 'closed') await elena.close(id);
    await lupe.ask('end');
  }
});

test('thirty residents, three operators, everything at once: each contact has one holder, in turn', async () => {
  const residents = await Promise.all(Array.from({ length: 30 }, waiting));
  await Promise.all([ana, beto, dan].map((operator) => operator.available()));
  const answered = new Set<string>();
  await Promise.all(
    [ana, beto, dan].map(async (operator) => {
      while (answered.size < residents.length) {
        const { offer } = await operator.call(api.currentOffer);
        if (!offer) {
          if ((await operator.call(api.listTickets, { query: { view: 'waiting' } })).counts.waiting === 0) return;
          continue;
        }
        const ticket = await operator.call(api.acceptOffer, { params: { id: offer.id } });
        expect(answered.has(ticket.id), 'answered twice').toBe(false);
        answered.add(ticket.id);
        await operator.say(ticket.id, 'Hola');
        await operator.close(ticket.id);
      }
    }),
  );
  expect(answered.size).toBe(30);
  for (const resident of residents) {
    await resident.sync();
    expect(resident.ticket?.state).toBe('closed');
    resident.leave();
  }
});
