import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Candidate, drawContacts, mayScore, type Reviewer } from '../../server/quality/plans/draw-contacts.ts';

const people = ['ana', 'beto', 'carmen', 'dan', 'elena', 'fernando'];
const person = fc.constantFrom(...people);
const candidates: fc.Arbitrary<Candidate[]> = fc.uniqueArray(
  fc
    .record({ ticketId: fc.uuid(), operatorId: person, others: fc.subarray(people), protected: fc.boolean() })
    .map(({ others, ...rest }) => ({ ...rest, handledBy: [rest.operatorId, ...others] })),
  { selector: ({ ticketId }) => ticketId, maxLength: 40 },
);
const reviewers: fc.Arbitrary<Reviewer[]> = fc.uniqueArray(
  fc.record({ id: person, protectedGrant: fc.boolean(), todo: fc.nat(5) }),
  { selector: ({ id }) => id },
);
const most = fc.integer({ min: 0, max: 6 });
const draws = fc.record({ candidates, reviewers, most, seed: fc.string() });

test('nobody scores what they handled, nothing is drawn twice or beyond its number, what is protected needs the grant', () => {
  fc.assert(
    fc.property(draws, ({ candidates, reviewers, most, seed }) => {
      const drawn = drawContacts(candidates, reviewers, () => most, seed);
      expect(new Set(drawn.map(({ ticketId }) => ticketId)).size).toBe(drawn.length);
      for (const { ticketId, reviewerId } of drawn) {
        const contact = candidates.find((each) => each.ticketId === ticketId) as Candidate;
        expect(mayScore(reviewers.find(({ id }) => id === reviewerId) as Reviewer, contact)).toBe(true);
      }
      for (const [operatorId, of] of Map.groupBy(drawn, (each) => each.operatorId)) {
        expect(of.length, operatorId).toBeLessThanOrEqual(most);
      }
    }),
  );
});

test('whatever could be drawn is drawn, as long as there are places', () => {
  fc.assert(
    fc.property(draws, ({ candidates, reviewers, most, seed }) => {
      const drawn = drawContacts(candidates, reviewers, () => most, seed);
      const left = candidates.filter(({ ticketId }) => !drawn.some((each) => each.ticketId === ticketId));
      for (const contact of left) {
        const full = drawn.filter(({ operatorId }) => operatorId === contact.operatorId).length >= most;
        expect(full || !reviewers.some((reviewer) => mayScore(reviewer, contact))).toBe(true);
      }
    }),
  );
});

test('the same seed draws the same, in whichever order contacts and reviewers come', () => {
  const shuffled = draws.chain((draw) =>
    fc.record({
      draw: fc.constant(draw),
      candidates: fc.shuffledSubarray(draw.candidates, { minLength: draw.candidates.length }),
      reviewers: fc.shuffledSubarray(draw.reviewers, { minLength: draw.reviewers.length }),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ draw, candidates, reviewers }) => {
      expect(drawContacts(candidates, reviewers, () => draw.most, draw.seed)).toEqual(
        drawContacts(draw.candidates, draw.reviewers, () => draw.most, draw.seed),
      );
    }),
  );
});

test('every contact has the same chance, and work is shared out evenly', () => {
  const contacts = Array.from({ length: 20 }, (_, n) => ({
    ticketId: `contact-${n}`,
    operatorId: 'ana',
    handledBy: ['ana'],
    protected: false,
  }));
  const both = ['elena', 'fernando'].map((id) => ({ id, protectedGrant: true, todo: 0 }));
  const times = new Map<string, number>();
  const SEEDS = 500;
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const drawn = drawContacts(contacts, both, () => 4, `seed ${seed}`);
    expect(drawn.filter(({ reviewerId }) => reviewerId === 'elena')).toHaveLength(2);
    for (const { ticketId } of drawn) times.set(ticketId, (times.get(ticketId) ?? 0) + 1);
  }
  // A fifth of them each: 100, and five standard deviations are 45.
  for (const { ticketId } of contacts) expect(Math.abs((times.get(ticketId) ?? 0) - SEEDS / 5)).toBeLessThan(45);
});
