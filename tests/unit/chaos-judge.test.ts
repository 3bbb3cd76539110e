import { expect, test } from 'vitest';
import type { Evidence, ResidentEvidence, StoredMessage } from '../chaos/evidence.ts';
import { planFaults } from '../chaos/faults.ts';
import { type Charge, judge } from '../chaos/judge.ts';
import { createRandom } from '../chaos/random.ts';

const message = (seq: number, more: Partial<StoredMessage> = {}): StoredMessage => ({
  id: `m${seq}`,
  seq,
  conversationId: 'c',
  externalId: `x${seq}`,
  clientId: `k${seq}`,
  direction: 'in',
  ...more,
});

const said = (seq: number, firstSentAt: number, firstAckedAt: number | null = firstSentAt + 1) => ({
  clientId: `k${seq}`,
  firstSentAt,
  firstAckedAt,
  acks: firstAckedAt === null ? [] : [{ messageId: `m${seq}`, seq }],
});

/** A resident who said three things, one after the other, and an operator who answered: all as it should be. */
function flawless(): Evidence & { resident: ResidentEvidence } {
  const stored = [
    message(1),
    message(2),
    message(3),
    message(4, { direction: 'out', clientId: null, externalId: 'operator:ana:r1' }),
  ];
  const shown = stored.map(({ id, seq }) => ({ id, seq }));
  const resident: ResidentEvidence = {
    name: 'Lupe',
    conversationId: 'c',
    said: [said(1, 1), said(2, 3), said(3, 5)],
    seen: shown.slice(1),
    synced: [...shown],
    listed: [...shown],
  };
  return {
    resident,
    residents: [resident],
    replies: [{ externalId: 'operator:ana:r1', acks: [{ messageId: 'm4', seq: 4 }] }],
    stored,
    tickets: [
      {
        id: 't',
        state: 'closed',
        unheard: 0,
        events: [
          { type: 'opened', actorId: null },
          { type: 'queued', actorId: null },
          { type: 'offer_accepted', actorId: 'ana' },
          { type: 'requeued', actorId: null },
          { type: 'offer_accepted', actorId: 'beto' },
          { type: 'closed', actorId: 'beto' },
        ],
      },
    ],
    offers: [{ ticketId: 't', operatorId: 'ana', pending: false, expired: true }],
    crashes: 0,
  };
}

const charges = (evidence: Evidence): Charge[] => judge(evidence).map(({ charge }) => charge);
type Tamper = (evidence: ReturnType<typeof flawless>) => void;

test('a flawless run is acquitted, also with an unacknowledged message that was not stored', () => {
  const evidence = flawless();
  evidence.resident.said.push(said(9, 7, null));
  expect(judge(evidence)).toEqual([]);
});

test.each<[string, Charge, Tamper]>([
  ['an acknowledged message that is not stored', 'lost', ({ stored }) => void stored.splice(2, 1)],
  ['an answer that is not stored', 'lost', ({ stored }) => void stored.pop()],
  ['the same message stored twice', 'doubled', ({ stored }) => void stored.push(message(5, { clientId: 'k2' }))],
  ['the same external id stored twice', 'doubled', ({ stored }) => void stored.push(message(5, { externalId: 'x1' }))],
  [
    'a message that overtook an acknowledged one',
    'out_of_order',
    ({ resident }) => Object.assign(resident.said[2] ?? {}, { acks: [{ messageId: 'm1', seq: 1 }] }),
  ],
  ['a number that is missing', 'gap', ({ stored }) => void stored.splice(0, 1, message(7, { clientId: 'k1' }))],
  ['a page that swaps two messages', 'shown_otherwise', ({ resident }) => void resident.synced.reverse()],
  ['a page that leaves one out', 'shown_otherwise', ({ resident }) => void resident.synced.pop()],
  [
    'a console that shows one twice',
    'shown_otherwise',
    ({ resident }) => void resident.listed.push({ id: 'm4', seq: 4 }),
  ],
  [
    'a message that was on screen and is not stored',
    'shown_otherwise',
    ({ resident }) => void resident.seen.push({ id: 'ghost', seq: 9 }),
  ],
  [
    'a retry acknowledged as another message',
    'shown_otherwise',
    ({ resident }) => void resident.said[0]?.acks.push({ messageId: 'm2', seq: 2 }),
  ],
  ['a message the bot never heard', 'unanswered', ({ tickets }) => Object.assign(tickets[0] ?? {}, { unheard: 1 })],
  ['a ticket nobody took', 'stuck_ticket', ({ tickets }) => Object.assign(tickets[0] ?? {}, { state: 'waiting' })],
  ['a ticket with two holders', 'two_holders', ({ tickets }) => void tickets[0]?.events.splice(3, 1)],
  [
    'a ticket offered to two',
    'two_offers',
    ({ offers }) => {
      for (const operatorId of ['ana', 'beto'])
        offers.push({ ticketId: 't', operatorId, pending: true, expired: false });
    },
  ],
  ['an offer whose time is long up', 'stuck_offer', ({ offers }) => Object.assign(offers[0] ?? {}, { pending: true })],
  ['a server that ended by itself', 'crashed', (evidence) => Object.assign(evidence, { crashes: 1 })],
])('%s is found', (_, charge, tamper) => {
  const evidence = flawless();
  tamper(evidence);
  expect(charges(evidence)).toContain(charge);
});

test('the same seed plans the same faults, each kind among them', () => {
  const plan = (seed: number) => planFaults(createRandom(seed), 60);
  expect(plan(7)).toEqual(plan(7));
  expect(plan(7)).not.toEqual(plan(8));
  expect(new Set(plan(9).map(({ kind }) => kind)).size).toBe(6);
});
