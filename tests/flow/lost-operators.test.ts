import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import type { ResidentClient } from '../support/resident-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let admin: OperatorClient;

beforeAll(async () => {
  centre = await startContactCentre({ settings: { PRESENCE_LEASE_SECONDS: 2, REASSIGN_AFTER_SECONDS: 2 } });
  admin = await centre.operator('fernando');
});

afterAll(() => centre?.stop());

async function asksForAPerson(): Promise<ResidentClient> {
  const resident = await centre.resident();
  await resident.say('Quiero hablar con una persona');
  await resident.isTold('handed_off');
  return resident;
}

test('a lost connection gives back the offer at once, and what was held after the grace period', async () => {
  const ana = await centre.operator('ana');
  const lupe = await asksForAPerson();
  await ana.available();
  const held = await ana.accepts();
  const rosa = await asksForAPerson();
  const offer = await ana.offered();

  ana.leave();

  await rosa.ticketBecomes({ state: 'waiting' });
  expect((await admin.open(held.id)).ticket.state).toBe('assigned');
  await until(() => admin.heard('presence').some((p) => p.operatorId === ana.id && p.reason === 'connection_lost'), {
    what: 'Ana to be offline',
  });
  await lupe.isTold('operator_left');
  await lupe.ticketBecomes({ state: 'waiting', position: 1 });
  const { ticket, events } = await admin.open(held.id);
  expect(ticket.clockAt).toBe(held.clockAt);
  expect(events.map(({ type }) => type)).toContain('requeued');
  expect((await admin.open(offer.ticket.id)).events.map(({ type }) => type)).toContain('offer_withdrawn');

  // Ana comes back: away, until she says that she is ready.
  const again = await centre.operator('ana');
  expect((await again.call(api.session)).presence).toMatchObject({ status: 'away', reason: 'connection_lost' });
  await again.available();
  expect((await again.accepts()).id).toBe(held.id);
  expect((await again.accepts()).id).toBe(offer.ticket.id);
  for (const id of [held.id, offer.ticket.id]) await again.close(id);
  again.leave();
});

test('a short interruption loses nothing: the operator comes back to what they held', async () => {
  const beto = await centre.operator('beto');
  const lupe = await asksForAPerson();
  await beto.available();
  const held = await beto.accepts();
  beto.socket.disconnect();
  beto.socket.connect();
  await until(() => beto.socket.connected, { what: 'Beto’s connection' });
  await beto.say(held.id, 'Perdona, se fue la luz');
  await lupe.reads('se fue la luz');
  await beto.close(held.id);
  beto.leave();
});

test('disabling an operator ends their sessions and returns what they hold', async () => {
  const carmen = await centre.operator('carmen');
  const lupe = await asksForAPerson();
  await carmen.available();
  const held = await carmen.accepts();

  await admin.call(api.updateOperator, { params: { id: carmen.id }, body: { disabled: true } });

  await until(() => !carmen.socket.connected, { what: 'Carmen’s connection to end' });
  expect(await carmen.refused(api.session)).toMatchObject({ status: 401, code: 'unauthenticated' });
  await lupe.isTold('operator_left');
  await lupe.ticketBecomes({ state: 'waiting' });
  expect((await admin.open(held.id)).ticket.clockAt).toBe(held.clockAt);
  await expect(centre.operator('carmen')).rejects.toThrow('account_disabled');

  await admin.call(api.updateOperator, { params: { id: carmen.id }, body: { disabled: false } });
  expect(await carmen.refused(api.session)).toMatchObject({ status: 401 });
  await lupe.ask('end');
});

test('signing out ends the connection, the presence and the session', async () => {
  const dan = await centre.operator('dan');
  await dan.available();
  await dan.call(api.signOut);
  await until(() => !dan.socket.connected, { what: 'Dan’s connection to end' });
  expect((await dan.refused(api.session)).code).toBe('unauthenticated');
  const { operators } = await admin.call(api.board);
  expect(operators.find(({ operator }) => operator.id === dan.id)?.presence).toMatchObject({
    status: 'offline',
    reason: 'signed_out',
  });
});
