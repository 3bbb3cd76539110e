import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FreeOperator, fits, match, queueOrder, type WaitingTicket } from '../../server/routing/match.ts';

const queueIds = ['general', 'tramites', 'urgente'];
const people = ['ana', 'beto', 'carmen', 'dan', 'elena'];

const ticket: fc.Arbitrary<WaitingTicket> = fc.record({
  id: fc.uuid(),
  queueId: fc.constantFrom(...queueIds),
  priority: fc.constantFrom(0, 1, 2),
  clock: fc.integer({ min: 0, max: 20 }),
  reservedFor: fc.option(fc.constantFrom(...people), { freq: 5 }),
  passedBy: fc.uniqueArray(fc.constantFrom(...people), { maxLength: 2 }).map((ids) => new Set(ids)),
  protected: fc.boolean(),
  voice: fc.boolean(),
});
const tickets = fc.uniqueArray(ticket, { selector: ({ id }) => id, maxLength: 30 });
const operators: fc.Arbitrary<FreeOperator[]> = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom(...people),
    queueIds: fc.uniqueArray(fc.constantFrom(...queueIds)).map((ids) => new Set(ids)),
    protectedGrant: fc.boolean(),
    takesCalls: fc.boolean(),
    idleSince: fc.integer({ min: 0, max: 10 }),
  }),
  { selector: ({ id }) => id },
);

test('nobody overtakes, nobody stays free beside a ticket that fits, nothing is given twice', () => {
  fc.assert(
    fc.property(tickets, operators, (waiting, free) => {
      const matches = match(waiting, free);
      const taken = new Map(matches.map(({ ticketId, operatorId }) => [ticketId, operatorId]));
      expect(taken.size).toBe(matches.length);
      expect(new Set(taken.values()).size).toBe(matches.length);

      const left = waiting.filter(({ id }) => !taken.has(id));
      for (const operator of free) {
        const given = waiting.find(({ id }) => taken.get(id) === operator.id);
        if (given) expect(fits(given, operator)).toBe(true);
        for (const other of left.filter((candidate) => fits(candidate, operator))) {
          if (!given) expect.fail(`${operator.id} is free beside ${other.id}`);
          else expect(queueOrder(given, other)).toBeLessThan(0);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test('of two who could take it, the one who has been idle longer is asked', () => {
  const queue = new Set(['general']);
  const [asked] = match(
    [
      {
        id: 'one',
        queueId: 'general',
        priority: 2,
        clock: 1,
        reservedFor: null,
        passedBy: new Set(),
        protected: false,
        voice: false,
      },
    ],
    [
      { id: 'ana', queueIds: queue, protectedGrant: false, takesCalls: true, idleSince: 5 },
      { id: 'beto', queueIds: queue, protectedGrant: false, takesCalls: true, idleSince: 3 },
    ],
  );
  expect(asked).toEqual({ ticketId: 'one', operatorId: 'beto' });
});
