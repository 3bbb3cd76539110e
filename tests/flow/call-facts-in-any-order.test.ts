import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CallRecord, foldCall } from '../../server/calls/fold-call.ts';
import type { StoredFact } from '../../server/calls/stored-fact.ts';

const CITIZEN = 'citizen';
const legs = [
  { id: CITIZEN, role: 'citizen' as const },
  { id: 'ana', role: 'operator' as const },
  { id: 'beto', role: 'operator' as const },
  { id: 'carmen', role: 'consulted' as const },
  { id: 'notary', role: 'outside' as const },
  { id: 'elena', role: 'supervisor' as const },
];
const START = Date.parse('2026-11-23T15:00:00.400Z');
const startedAt = new Date(START);

/** By the clock of a line, which may count whole seconds and be off; and by ours, in milliseconds. */
const lineTime = fc
  .tuple(fc.integer({ min: -3_000, max: 90_000 }), fc.boolean())
  .map(([ms, whole]) => new Date(whole ? Math.floor((START + ms) / 1_000) * 1_000 : START + ms));
const ourTime = fc.integer({ min: 0, max: 90_000 }).map((ms) => new Date(START + ms));

const lineFact: fc.Arbitrary<Omit<StoredFact, 'key'>> = fc.record({
  at: lineTime,
  order: fc.nat(3),
  kind: fc.constantFrom('ringing', 'joined', 'left', 'unreached', 'held', 'resumed', 'ended'),
  legId: fc.constantFrom(...legs.map(({ id }) => id), 'nobody'),
  data: fc.constantFrom({}, { reason: 'completed' }, { reason: 'failed' }, { reason: 'no_answer' }),
  own: fc.constant(false),
});
const ownFact: fc.Arbitrary<Omit<StoredFact, 'key'>> = fc.record({
  at: ourTime,
  order: fc.nat(20),
  kind: fc.constantFrom('dialling', 'bot', 'queue', 'connecting', 'room', 'voicemail', 'held', 'resumed', 'left'),
  legId: fc.constantFrom(CITIZEN, 'ana', 'beto'),
  data: fc.constantFrom({}, { outside: true }),
  own: fc.constant(true),
});
const ending: Omit<StoredFact, 'key'> = {
  at: new Date(START + 80_000),
  order: 9,
  kind: 'ended',
  legId: null,
  data: { reason: 'completed' },
  own: false,
};
const whole = fc
  .array(fc.oneof(lineFact, lineFact, ownFact), { maxLength: 24 })
  .map((facts) => [...facts, ending].map((fact, index) => ({ ...fact, key: `${fact.own ? 'own:' : ''}${index}` })));

/** As they come in: some twice, some late, in any order. */
const arrivals = (facts: readonly StoredFact[]) =>
  fc
    .shuffledSubarray([...facts, ...facts], { minLength: facts.length })
    .map((some) => [...some, ...facts.filter(({ key }) => !some.some((other) => other.key === key))]);

const story = whole.chain((facts) =>
  fc.record({ facts: fc.constant(facts), one: arrivals(facts), other: arrivals(facts) }),
);
const beginning = fc.record({
  startedAt: fc.constant(startedAt),
  direction: fc.constantFrom('in' as const, 'out' as const),
  spoke: fc.boolean(),
});

const comparable = (record: CallRecord) => ({ ...record, legs: [...record.legs], inRoom: [...record.inRoom].sort() });

test('the same facts are the same record, in whichever order they came and however often', () => {
  fc.assert(
    fc.property(story, beginning, ({ one, other }, start) => {
      expect(comparable(foldCall(start, legs, one))).toEqual(comparable(foldCall(start, legs, other)));
    }),
    { numRuns: 2_000 },
  );
});

test('the parts of a call are never negative and add up, whatever the clocks say', () => {
  fc.assert(
    fc.property(story, beginning, ({ one }, start) => {
      const { times, endedAt, answeredAt, stages, legs: people, inRoom } = foldCall(start, legs, one);
      if (!times || !endedAt) throw new Error('The call is over');
      const { total, ...parts } = times;
      for (const part of Object.values(parts)) expect(part).toBeGreaterThanOrEqual(0);
      expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(total);
      expect(total).toBe(endedAt.getTime() - START);

      // Nobody is on a call that is over, and nobody was on it before it began.
      expect([...inRoom]).toEqual([]);
      for (const { state, joinedAt, leftAt } of people.values()) {
        expect(['left', 'unreached']).toContain(state);
        if (joinedAt) expect(joinedAt.getTime()).toBeGreaterThanOrEqual(START);
        if (joinedAt && leftAt) expect(leftAt.getTime()).toBeGreaterThanOrEqual(joinedAt.getTime());
        if (leftAt) expect(leftAt.getTime()).toBeLessThanOrEqual(endedAt.getTime());
      }
      if (times.talk > 0 && !one.some(({ data }) => 'outside' in data)) expect(answeredAt).not.toBeNull();
      // One stage after the other, without a gap.
      expect(stages[0]?.from).toEqual(startedAt);
      for (const [index, stage] of stages.entries()) expect(stages[index + 1]?.from ?? endedAt).toEqual(stage.to);
    }),
    { numRuns: 2_000 },
  );
});

test('what a call came to fits what happened on it', () => {
  fc.assert(
    fc.property(story, beginning, ({ one }, start) => {
      const { outcome, answeredAt, abandonedIn, times } = foldCall(start, legs, one);
      expect(outcome).not.toBeNull();
      expect(outcome === 'answered').toBe(answeredAt !== null);
      expect(abandonedIn !== null).toBe(outcome === 'abandoned');
      if (outcome === 'self_service') expect(start.spoke).toBe(true);
      if (outcome === 'unreached') expect([start.direction, times?.talk]).toEqual(['out', expect.any(Number)]);
    }),
    { numRuns: 1_000 },
  );
});

test('a call with hold and consultation, told backwards by a clock of whole seconds, is exact where ours counts', () => {
  const at = (ms: number) => new Date(START + ms);
  const fact = (key: string, ms: number, kind: StoredFact['kind'], legId: string | null, own = false): StoredFact => ({
    key,
    at: at(ms),
    order: own ? Number(key.slice(4)) : 0,
    kind,
    legId,
    data: {},
    own,
  });
  const facts = [
    fact('ended', 60_000, 'ended', null),
    fact('own:3', 41_250, 'resumed', CITIZEN, true),
    fact('own:2', 30_000, 'held', CITIZEN, true),
    // What the line says of a hold that we ordered adds nothing to it.
    fact('held', 31_000, 'held', CITIZEN),
    fact('c', 21_000, 'joined', CITIZEN),
    fact('o', 20_000, 'joined', 'ana'),
    fact('own:1', 18_500, 'connecting', null, true),
    fact('own:0', 10_000, 'queue', null, true),
  ];
  const record = foldCall({ startedAt, direction: 'in', spoke: true }, legs, facts);
  expect(record.times).toEqual({
    total: 60_000,
    dialling: 0,
    bot: 10_000,
    wait: 11_000,
    talk: 27_750,
    hold: 11_250,
    voicemail: 0,
  });
  expect(record).toMatchObject({ outcome: 'answered', answeredAt: at(21_000) });
});

test('who hangs up in the second in which they were answered was answered', () => {
  const at = startedAt;
  const fact = (key: string, order: number, kind: StoredFact['kind'], legId: string | null): StoredFact => ({
    key,
    at,
    order,
    kind,
    legId,
    data: {},
    own: false,
  });
  const facts = [fact('e', 0, 'ended', null), fact('o', 1, 'joined', 'ana'), fact('c', 2, 'joined', CITIZEN)];
  const start = { startedAt, direction: 'in' as const, spoke: true };
  expect(foldCall(start, legs, facts)).toMatchObject({ outcome: 'answered', times: { total: 0, talk: 0 } });
  // One who left before the other came met nobody.
  const missed = [fact('l', 3, 'left', 'ana'), fact('c', 4, 'joined', CITIZEN), ...facts.slice(0, 2)];
  expect(foldCall(start, legs, missed)).toMatchObject({ outcome: 'self_service' });
});
