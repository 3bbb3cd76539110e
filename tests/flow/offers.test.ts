import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import type { ResidentClient } from '../support/resident-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let ana: OperatorClient;
let beto: OperatorClient;

beforeAll(async () => {
  // Leases outlast every jump of the clock here.
  centre = await startContactCentre({ settings: { PRESENCE_LEASE_SECONDS: 600, DECLINE_COOLDOWN_SECONDS: 3_000 } });
  [ana, beto] = await Promise.all([centre.operator('ana'), centre.operator('beto')]);
});

afterEach(async () => {
  await Promise.all([ana.away(), beto.away()]);
});

afterAll(() => centre?.stop());

async function waitingResident(): Promise<ResidentClient> {
  const resident = await centre.resident();
  await resident.say('Quiero hablar con una persona');
  await resident.ticketBecomes({ state: 'waiting' });
  return resident;
}

const ticketOf = (resident: ResidentClient) => resident.ticket?.id ?? '';

test('whoever has been idle longest is asked first', async () => {
  await Promise.all([ana.available(), beto.available()]);
  const first = await centre.resident();
  await first.say('Quiero hablar con una persona');
  const asked = await until(
    async () => {
      const offers = await Promise.all([ana, beto].map(async (who) => (await who.call(api.currentOffer)).offer && who));
      return offers.find(Boolean);
    },
    { what: 'somebody to be asked' },
  );
  await asked.accepts();
  const other = asked === ana ? beto : ana;

  const second = await centre.resident();
  await second.say('Quiero hablar con una persona');
  expect((await other.offered()).ticket.conversationId).toBe((await second.sync()).conversationId);
  await other.accepts();

  for (const [who, resident] of [
    [asked, first],
    [other, second],
  ] as const) {
    await who.close(ticketOf(resident));
  }
});

test('declined, the contact goes to the next operator and keeps its place', async () => {
  const lupe = await waitingResident();
  await ana.available();
  const offer = await ana.offered();
  await beto.available();
  await ana.call(api.declineOffer, { params: { id: offer.id } });

  await until(() => ana.heard('offer.ended').some((end) => end.offerId === offer.id && end.outcome === 'declined'), {
    what: 'the end of the first offer',
  });
  const next = await beto.offered();
  expect(next.ticket.id).toBe(offer.ticket.id);
  expect(next.ticket.clockAt).toBe(offer.ticket.clockAt);
  await beto.accepts();
  await lupe.ticketBecomes({ state: 'assigned', operatorName: 'Beto' });
  expect((await ana.refused(api.acceptOffer, { params: { id: offer.id } })).code).toBe('offer_gone');
  await beto.close(ticketOf(lupe));
});

test('an offer nobody answers sets the operator away and puts the ticket back in its place', async () => {
  const lupe = await waitingResident();
  const later = await waitingResident();
  await ana.available();
  const offer = await ana.offered();
  expect(offer.ticket.id).toBe(ticketOf(lupe));

  centre.clock.advance(31);

  await until(() => ana.heard('offer.ended').some((end) => end.offerId === offer.id && end.outcome === 'timed_out'), {
    what: 'the offer’s end',
  });
  await until(() => ana.heard('presence').some((p) => p.operatorId === ana.id && p.reason === 'missed_offer'), {
    what: 'Ana to be away',
  });
  expect((await ana.refused(api.acceptOffer, { params: { id: offer.id } })).code).toBe('offer_gone');
  await lupe.ticketBecomes({ state: 'waiting', position: 1 });
  await later.ticketBecomes({ state: 'waiting', position: 2 });

  await beto.available();
  const next = await beto.accepts();
  expect(next).toMatchObject({ id: ticketOf(lupe), clockAt: offer.ticket.clockAt });
  for (const resident of [lupe, later]) await resident.ask('end');
  await later.ticketBecomes({ state: 'closed' });
});

test('the resident who gives up while somebody is being asked takes the offer with them', async () => {
  const lupe = await waitingResident();
  await ana.available();
  const offer = await ana.offered();
  await lupe.ask('end');
  await lupe.isTold('closed_by_citizen');
  await until(() => ana.heard('offer.ended').some((end) => end.offerId === offer.id && end.outcome === 'withdrawn'), {
    what: 'the offer’s end',
  });
  expect((await ana.call(api.currentOffer)).offer).toBeNull();
  expect((await ana.refused(api.acceptOffer, { params: { id: offer.id } })).code).toBe('offer_gone');
});

test('going away takes back what the operator is being asked', async () => {
  const lupe = await waitingResident();
  await ana.available();
  await ana.offered();
  await ana.away();
  await lupe.ticketBecomes({ state: 'waiting' });
  expect((await ana.call(api.currentOffer)).offer).toBeNull();
  await lupe.ask('end');
});

test('however quickly somebody is asked and taken away again, the resident knows how it stands in the end', async () => {
  const lupe = await waitingResident();
  for (let round = 0; round < 15; round += 1) {
    await ana.available();
    await ana.offered();
    await ana.away();
    await lupe.ticketBecomes({ state: 'waiting' });
  }
  await ana.available();
  await ana.accepts();
  await lupe.ticketBecomes({ state: 'assigned' });
  await lupe.ask('end');
  await lupe.ticketBecomes({ state: 'closed' });
});

test('nobody is asked beyond their capacity, and a place that comes free goes to whoever waits longest', async () => {
  const residents: ResidentClient[] = [];
  await beto.available();
  for (let index = 0; index < 6; index += 1) residents.push(await waitingOrOffered());
  for (let held = 1; held <= 4; held += 1) await beto.accepts();
  expect((await beto.call(api.currentOffer)).offer).toBeNull();
  await residents[4]?.ticketBecomes({ state: 'waiting', position: 1 });

  await beto.close(ticketOf(residents[1] as ResidentClient));
  const offer = await beto.offered();
  expect(offer.ticket.conversationId).toBe((await (residents[4] as ResidentClient).sync()).conversationId);
  await beto.accepts();
  for (const resident of residents) await resident.ask('end');
});

test('accepting twice, as an impatient click or a lost answer does, is accepting once', async () => {
  const lupe = await waitingResident();
  await ana.available();
  const offer = await ana.offered();
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => ana.call(api.acceptOffer, { params: { id: offer.id } })),
  );
  expect(new Set(answers.map((ticket) => `${ticket.id} ${ticket.state} ${ticket.operator?.id}`))).toEqual(
    new Set([`${offer.ticket.id} assigned ${ana.id}`]),
  );
  await lupe.sync();
  expect(
    lupe.messages.filter(({ parts }) => parts[0]?.type === 'notice' && parts[0].key === 'operator_joined'),
  ).toHaveLength(1);
  await ana.close(offer.ticket.id);
});

async function waitingOrOffered(): Promise<ResidentClient> {
  const resident = await centre.resident();
  await resident.say('Quiero hablar con una persona');
  await resident.isTold('handed_off');
  return resident;
}
