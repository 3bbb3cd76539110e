import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppError } from '../../server/contract/errors.ts';
import type { Author } from '../../server/contract/message.ts';
import { permissionsOfBase } from '../../server/contract/permissions.ts';
import { closeTicket } from '../../server/operators/desk/close-ticket.ts';
import { transferTicket } from '../../server/operators/desk/transfer-ticket.ts';
import { endByCitizen } from '../../server/residents/end-and-rate.ts';
import { acceptOffer, declineOffer, expireOffer } from '../../server/routing/offers.ts';
import { releaseAll, setPresence } from '../../server/routing/presence.ts';
import { route } from '../../server/routing/route.ts';
import { COOLDOWN_SECONDS, LEASE_SECONDS, openRoutingFloor, type RoutingFloor } from '../support/routing-floor.ts';
import { type Floor, floorOf, violations } from '../support/routing-invariants.ts';

const queueIds = ['general', 'tramites'];
const people = [
  { id: 'ana', capacity: 2, queueIds, skillIds: ['ingles'] },
  { id: 'beto', capacity: 1, queueIds: ['general'], skillIds: [] },
  { id: 'carmen', capacity: 1, queueIds: ['tramites'], skillIds: [] },
];

let floor: RoutingFloor;
beforeAll(async () => {
  floor = await openRoutingFloor(queueIds);
  await floor.rule({
    skills: [
      {
        id: 'ingles',
        title: { es: 'Inglés', en: 'English' },
        kind: 'language',
        neededBy: ['en'],
        relaxAfterSeconds: 30,
      },
    ],
    weights: { email: 0.5 },
    unitsBesideCall: 1,
    sticky: { seconds: 10, withinHours: 1 },
  });
  await floor.overflow('general', { queueIds: ['tramites'], afterSeconds: 40, whenNobody: false });
  await floor.overflow('tramites', { queueIds: ['general'], afterSeconds: null, whenNobody: true });
});
afterAll(() => floor.close());

/** What may happen to a queue. `pick` chooses among whatever there is at that moment. */
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('arrive' as const),
      queue: fc.constantFrom(...queueIds),
      priority: fc.constantFrom(1, 2),
      pick: fc.nat(99),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'accept',
        'decline',
        'hangUp',
        'close',
        'away',
        'back',
        'lost',
        'wait',
        'transferToQueue',
        'transferToPerson',
        'capacity',
        'telephone' as const,
      ),
      pick: fc.nat(99),
      queue: fc.constantFrom(...queueIds),
      priority: fc.constant(2),
    }),
  },
);
type Step = { do: string; pick: number; queue: string; priority: number };

const author = (id: string): Author => ({ type: 'operator', id, name: id });
const actor = (id: string) => ({
  id,
  name: id,
  permissions: [...permissionsOfBase.operator],
  queueIds,
  departmentId: null,
  protectedGrant: false,
  capacity: 9,
  locale: 'es' as const,
});
const pickOf = <T>(items: readonly T[], pick: number): T | undefined => items[pick % Math.max(1, items.length)];

/** Two of these at the same instant must end as one after the other would; a refusal with a code is a fair answer. */
async function perform(now: Floor, { do: what, pick, queue, priority }: Step): Promise<void> {
  const { unitOfWork, say } = floor;
  const offer = pickOf(now.offers, pick);
  const held = pickOf(
    now.tickets.filter((ticket) => ticket.state === 'assigned'),
    pick,
  );
  const open = pickOf(now.tickets, pick);
  const person = pickOf(people, pick)?.id ?? '';
  switch (what) {
    case 'arrive':
      await floor.arrive(queue, priority, {
        by: (['voice', 'memory', 'email', 'memory'] as const)[pick % 4] ?? 'memory',
        locale: pick % 5 === 0 ? 'en' : 'es',
        // A few come again and again, and may find their last contact still open.
        ...(pick % 3 === 0 ? { from: `resident-${pick % 6}` } : {}),
      });
      return;
    case 'accept':
      if (offer) await unitOfWork((unit) => acceptOffer(unit, say, offer.id, author(offer.operator_id)));
      return;
    case 'decline':
      if (offer) await unitOfWork((unit) => declineOffer(unit, offer.id, author(offer.operator_id), COOLDOWN_SECONDS));
      return;
    case 'hangUp':
      if (open) await unitOfWork((unit) => endByCitizen(unit, say, open.conversation_id));
      return;
    case 'close':
      if (held) {
        await unitOfWork((unit) =>
          closeTicket(unit, say, actor(held.operator_id ?? ''), held.id, { disposition: 'resuelto' }),
        );
      }
      return;
    case 'away':
    case 'back':
      await unitOfWork((unit) =>
        setPresence(unit, person, what === 'away' ? 'away' : 'available', 'self', LEASE_SECONDS),
      );
      return;
    case 'telephone':
      await unitOfWork((unit) => setPresence(unit, person, 'available', 'self', LEASE_SECONDS, pick % 2 === 0));
      return;
    case 'lost':
      await unitOfWork((unit) => setPresence(unit, person, 'offline', 'connection_lost', 0));
      await unitOfWork((unit) => releaseAll(unit, say, person));
      return;
    case 'wait':
      floor.clock.advance(25);
      for (const due of now.offers) await unitOfWork((unit) => expireOffer(unit, due.id, COOLDOWN_SECONDS));
      return;
    case 'transferToQueue':
    case 'transferToPerson':
      if (held) {
        const to = what === 'transferToQueue' ? { queueId: queue } : { operatorId: person };
        await unitOfWork((unit) => transferTicket(unit, say, actor(held.operator_id ?? ''), held.id, to));
      }
      return;
    case 'capacity':
      await floor.database.db
        .updateTable('operator')
        .set({ capacity: 1 + (pick % 3) })
        .where('id', '=', person)
        .execute();
  }
}

async function drain(): Promise<void> {
  while ((await floor.unitOfWork((unit) => route(unit, floor.rules))) > 0);
}

test('whatever happens, in any order and at once: one holder, no overtaking, nobody idle beside a ticket that fits', async () => {
  const day = fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 5, maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(day, async (moments) => {
      await floor.clear();
      for (const { id, capacity, queueIds: members, skillIds } of people) {
        await floor.addOperator(id, capacity, members, skillIds);
      }
      const firstContact = new Map<string, number>();
      for (const moment of moments) {
        const before = await floorOf(floor);
        // Those of one moment really run at once, on connections of their own.
        const outcomes = await Promise.allSettled(moment.map((action) => perform(before, action)));
        for (const outcome of outcomes) {
          if (outcome.status === 'rejected' && !(outcome.reason instanceof AppError)) throw outcome.reason;
        }
        await Promise.all([drain(), drain()]);
        await drain();
        const after = await floorOf(floor);
        const judging = {
          now: floor.clock.now(),
          cooldownSeconds: COOLDOWN_SECONDS,
          settings: floor.rules.settings,
          firstContact,
        };
        expect(violations(before, after, judging)).toEqual([]);
        floor.clock.advance(1);
      }
    }),
    { numRuns: 40, endOnFailure: true },
  );
}, 180_000);
