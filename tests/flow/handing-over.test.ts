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
let carmen: OperatorClient;
let elena: OperatorClient;

beforeAll(async () => {
  centre = await startContactCentre({ settings: { PRESENCE_LEASE_SECONDS: 600 } });
  [ana, beto, carmen, elena] = (await Promise.all(
    ['ana', 'beto', 'carmen', 'elena'].map((name) => centre.operator(name)),
  )) as [OperatorClient, OperatorClient, OperatorClient, OperatorClient];
});

afterEach(async () => {
  await Promise.all([ana, beto, carmen, elena].map((operator) => operator.away()));
});

afterAll(() => centre?.stop());

/** A resident who talks to `operator`. */
async function talkingTo(operator: OperatorClient): Promise<{ resident: ResidentClient; ticketId: string }> {
  const resident = await centre.resident();
  await resident.say('Quiero hablar con una persona');
  await resident.isTold('handed_off');
  await operator.available();
  const { id } = await operator.accepts();
  await operator.away();
  return { resident, ticketId: id };
}

test('to a queue: its people are asked, the clock stays, and the one who gave it is not asked again', async () => {
  const { resident, ticketId } = await talkingTo(ana);
  const before = (await ana.open(ticketId)).ticket;
  const moved = await ana.call(api.transferTicket, {
    params: { id: ticketId },
    body: { queueId: 'tramites', note: 'Pregunta por su predial' },
  });
  expect(moved).toMatchObject({ state: 'waiting', queueId: 'tramites', operator: null, clockAt: before.clockAt });
  await resident.isTold('transferred');

  await ana.available();
  await carmen.available();
  const accepted = await carmen.accepts();
  expect(accepted.id).toBe(ticketId);
  await resident.ticketBecomes({ operatorName: 'Carmen' });
  const { events } = await carmen.open(ticketId);
  expect(events.filter(({ type }) => type === 'note').map(({ data }) => data.text)).toEqual([
    'Pregunta por su predial',
  ]);
  await carmen.close(ticketId);
});

test('to a person: only they are asked', async () => {
  const { resident, ticketId } = await talkingTo(ana);
  await beto.available();
  await carmen.available();
  await ana.call(api.transferTicket, { params: { id: ticketId }, body: { operatorId: carmen.id } });
  expect((await carmen.offered()).ticket.id).toBe(ticketId);
  expect((await beto.call(api.currentOffer)).offer).toBeNull();
  await carmen.accepts();
  await resident.ticketBecomes({ operatorName: 'Carmen' });
  expect(
    (
      await ana.refused(api.sendMessage, {
        params: { id: ticketId },
        body: { clientId: randomUUID(), text: 'Sigo aquí' },
      })
    ).code,
  ).toBe('not_holder');
  await carmen.close(ticketId);
});

test('to a person who lets it pass: it falls to the queue', async () => {
  const { resident, ticketId } = await talkingTo(ana);
  await beto.available();
  await carmen.available();
  await ana.call(api.transferTicket, { params: { id: ticketId }, body: { operatorId: carmen.id } });
  await carmen.call(api.declineOffer, { params: { id: (await carmen.offered()).id } });
  expect((await beto.accepts()).id).toBe(ticketId);
  await beto.close(ticketId);
  await resident.isTold('closed');
});

test('to a person who is not there: the queue does not wait for them', async () => {
  const { ticketId } = await talkingTo(ana);
  await beto.available();
  await ana.call(api.transferTicket, { params: { id: ticketId }, body: { operatorId: carmen.id } });
  expect((await beto.accepts()).id).toBe(ticketId);
  await beto.close(ticketId);
});

test('to a person who leaves before they answer: the queue does not wait for them', async () => {
  const { ticketId } = await talkingTo(ana);
  await carmen.available();
  await ana.call(api.transferTicket, { params: { id: ticketId }, body: { operatorId: carmen.id } });
  await carmen.offered();
  await beto.available();
  await carmen.away();
  expect((await beto.accepts()).id).toBe(ticketId);
  await beto.close(ticketId);
});

test('a supervisor takes over, and the one who held it is out', async () => {
  const { resident, ticketId } = await talkingTo(ana);
  expect((await beto.refused(api.takeTicket, { params: { id: ticketId } })).code).toBe('not_holder');
  await elena.call(api.takeTicket, { params: { id: ticketId } });
  await resident.ticketBecomes({ operatorName: 'Elena' });
  expect(
    (await ana.refused(api.closeTicket, { params: { id: ticketId }, body: { disposition: 'resuelto' } })).code,
  ).toBe('not_holder');
  await elena.say(ticketId, 'Soy Elena, supervisora');
  await resident.reads('supervisora');
  await elena.close(ticketId);
});

test('a close undone: the ticket comes back to the caller, not to somebody who is gone', async () => {
  const { resident, ticketId } = await talkingTo(ana);
  await ana.close(ticketId);
  await resident.ticketBecomes({ state: 'closed' });
  const reopened = await beto.call(api.reopenTicket, { params: { id: ticketId } });
  expect(reopened).toMatchObject({ state: 'assigned', operator: { id: beto.id }, closedAt: null, disposition: null });
  await resident.ticketBecomes({ state: 'assigned', operatorName: 'Beto' });
  await resident.say('¿Sigues ahí?');
  expect(resident.messages.at(-1)?.ticketId).toBe(ticketId);
  await beto.close(ticketId);

  // A new contact has begun: the old one stays closed.
  await resident.say('Otra cosa');
  const refusal = await beto.refused(api.reopenTicket, { params: { id: ticketId } });
  expect(refusal).toMatchObject({ status: 409, code: 'conflict' });
  await resident.ask('end');

  // And an old one reopened is what the resident sees, though a newer one was closed since.
  await ana.call(api.reopenTicket, { params: { id: ticketId } });
  const back = await resident.again();
  expect(back.ticket).toMatchObject({ id: ticketId, state: 'assigned', operatorName: 'Ana' });
  await ana.close(ticketId);
});

test('a note sent twice is one note, and the resident never sees it', async () => {
  const { resident, ticketId } = await talkingTo(ana);
  const clientId = randomUUID();
  const notes = await Promise.all([1, 2, 3].map(() => ana.note(ticketId, 'Vive en la colonia Centro', clientId)));
  expect(new Set(notes.map(({ id }) => id)).size).toBe(1);
  const { events } = await beto.open(ticketId);
  expect(events.filter(({ type }) => type === 'note')).toHaveLength(1);
  await resident.sync();
  expect(JSON.stringify([resident.messages, resident.pushed])).not.toContain('colonia Centro');
  await ana.close(ticketId);
});

test('a message sent twice is one message', async () => {
  const { resident, ticketId } = await talkingTo(ana);
  const clientId = randomUUID();
  const sent = await Promise.all(Array.from({ length: 10 }, () => ana.say(ticketId, 'Un momento', clientId)));
  expect(new Set(sent.map(({ id, seq }) => `${id} ${seq}`)).size).toBe(1);
  await resident.reads('Un momento');
  expect(resident.messages.filter(({ author }) => author.type === 'operator')).toHaveLength(1);
  await ana.close(ticketId);
});

test('who looks and who types is seen by the others', async () => {
  const { ticketId } = await talkingTo(ana);
  await ana.watch(ticketId);
  const viewers = await beto.watch(ticketId);
  expect(viewers.map(({ name }) => name).sort()).toEqual(['Ana Ruiz', 'Beto Cruz']);
  beto.socket.emit('typing', { ticketId, typing: true });
  await until(
    () =>
      ana
        .heard('viewers')
        .at(-1)
        ?.viewers.some(({ operatorId, typing }) => operatorId === beto.id && typing),
    { what: 'Beto typing' },
  );
  beto.socket.emit('unwatch', { ticketId });
  await until(() => ana.heard('viewers').at(-1)?.viewers.length === 1, { what: 'Beto to leave' });
  await ana.close(ticketId);
});
