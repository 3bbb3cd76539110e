import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Match, match, type PresentOperator, type WaitingTicket } from '../../server/routing/match.ts';

const queueIds = ['general', 'tramites', 'urgente'];
const people = ['ana', 'beto', 'carmen', 'dan', 'elena'];
const skills = ['ingles', 'predial', 'redes'];
const setOf = (ids: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...ids), { maxLength: ids.length }).map((some) => new Set(some));

const ticket: fc.Arbitrary<WaitingTicket> = fc
  .record({
    id: fc.uuid(),
    queueId: fc.constantFrom(...queueIds),
    open: fc.boolean(),
    priority: fc.constantFrom(0, 1, 2),
    clock: fc.integer({ min: 0, max: 20 }),
    weight: fc.constantFrom(0.5, 1, 2),
    voice: fc.boolean(),
    deferred: fc.boolean(),
    reservedFor: fc.option(fc.constantFrom(...people), { freq: 5 }),
    preferred: fc.option(fc.constantFrom(...people), { freq: 3 }),
    passedBy: fc.uniqueArray(fc.constantFrom(...people), { maxLength: 2 }).map((ids) => new Set(ids)),
    protected: fc.boolean(),
    wants: fc.subarray(skills),
    relaxes: fc.boolean(),
    overflow: fc.oneof(fc.constant(null), fc.constant('every queue' as const), setOf(queueIds)),
    overflowIfNobody: fc.option(setOf(queueIds)),
  })
  .map(({ wants, relaxes, ...rest }) => ({
    ...rest,
    needs: relaxes ? wants.slice(1) : wants,
    relaxed: relaxes ? wants.slice(0, 1) : [],
  }));
const tickets = fc.uniqueArray(ticket, { selector: ({ id }) => id, maxLength: 30 });
const units = fc.constantFrom(0, 0.5, 1, 2, 4);
const operators: fc.Arbitrary<PresentOperator[]> = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom(...people),
    queueIds: setOf(queueIds),
    skills: setOf(skills),
    protectedGrant: fc.boolean(),
    takesCalls: fc.boolean(),
    room: units,
    roomForCall: units,
    asked: fc.boolean(),
    idleSince: fc.integer({ min: 0, max: 10 }),
  }),
  { selector: ({ id }) => id },
);

/** The rules said anew: a test that asked the code it tests could not fail. */
function fits(one: WaitingTicket, who: PresentOperator, present: readonly PresentOperator[]): boolean {
  const holds = ({ room, roomForCall }: PresentOperator) => (one.voice ? roomForCall : room) >= one.weight;
  const allows = ({ protectedGrant, takesCalls }: PresentOperator) =>
    (protectedGrant || !one.protected) && (takesCalls || !one.voice);
  const could = (person: PresentOperator): boolean => {
    if (!allows(person) || one.passedBy.has(person.id)) return false;
    if (one.needs.some((skill) => !person.skills.has(skill))) return false;
    if (person.queueIds.has(one.queueId) || one.overflow === 'every queue') return true;
    if (one.overflow) return [...one.overflow].some((id) => person.queueIds.has(id));
    const nobody = present.every(({ queueIds: theirs }) => !theirs.has(one.queueId));
    return nobody && [...(one.overflowIfNobody ?? [])].some((id) => person.queueIds.has(id));
  };
  if (who.asked || !holds(who)) return false;
  const named = present.find((person) => person.id === one.reservedFor && allows(person) && holds(person));
  if (named) return who === named;
  if (!one.open) return false;
  const known = present.find((person) => person.id === one.preferred && could(person));
  return could(who) && (!known || who === known);
}

const goesBefore = (a: WaitingTicket, b: WaitingTicket): boolean => {
  if (a.deferred !== b.deferred) return b.deferred;
  if (a.priority !== b.priority) return a.priority < b.priority;
  return a.clock === b.clock ? a.id < b.id : a.clock < b.clock;
};

const shuffled = <T>(items: readonly T[]): T[] => [...items].reverse();

test('nobody overtakes, nobody stays free beside a ticket that fits, nothing is given twice, mail waits for the living', () => {
  fc.assert(
    fc.property(tickets, operators, (waiting, present) => {
      const matches = match(waiting, present);
      const taken = new Map(matches.map(({ ticketId, operatorId }) => [ticketId, operatorId]));
      expect(taken.size).toBe(matches.length);
      expect(new Set(taken.values()).size).toBe(matches.length);
      // The order in which the database hands them over decides nothing.
      expect(match(shuffled(waiting), shuffled(present))).toEqual(matches);

      const left = waiting.filter(({ id }) => !taken.has(id));
      for (const operator of present) {
        const given = waiting.find(({ id }) => taken.get(id) === operator.id);
        if (given) expect(fits(given, operator, present)).toBe(true);
        for (const other of left.filter((candidate) => fits(candidate, operator, present))) {
          if (!given) expect.fail(`${operator.id} is free beside ${other.id}`);
          else expect(goesBefore(given, other), `${given.id} overtook ${other.id}`).toBe(true);
          if (given.deferred) expect(other.deferred).toBe(true);
        }
      }
    }),
    { numRuns: 3_000 },
  );
});

test('among those free it goes to who lacks least, then to its own queue, then to the longest idle; and says why', () => {
  fc.assert(
    fc.property(tickets, operators, (waiting, present) => {
      const matches = match(waiting, present);
      const inOrder = [...matches].sort((a, b) => (goesBefore(find(waiting, a), find(waiting, b)) ? -1 : 1));
      const free = new Set(present.map(({ id }) => id));
      for (const found of inOrder) {
        const given = find(waiting, found);
        const who = present.find(({ id }) => id === found.operatorId) as PresentOperator;
        const rivals = present.filter((each) => free.has(each.id) && fits(given, each, present));
        for (const rival of rivals) expect(merit(given, who) <= merit(given, rival)).toBe(true);
        free.delete(who.id);

        const { by, skills: has, relaxed: lacks } = found.why;
        expect([...has, ...lacks].sort()).toEqual([...given.needs, ...given.relaxed].sort());
        expect(has.every((skill) => who.skills.has(skill))).toBe(true);
        expect(lacks.every((skill) => !who.skills.has(skill))).toBe(true);
        const expected =
          given.reservedFor === who.id ? 'reserved' : given.preferred === who.id ? 'sticky' : 'idle or overflow';
        if (expected === 'idle or overflow') expect(by).toBe(who.queueIds.has(given.queueId) ? 'idle' : 'overflow');
        else expect(by).toBe(expected);
      }
    }),
    { numRuns: 1_000 },
  );
});

const find = (waiting: readonly WaitingTicket[], { ticketId }: Match) =>
  waiting.find(({ id }) => id === ticketId) as WaitingTicket;

/** Comparable as text: the least is the best. */
function merit({ relaxed, queueId }: WaitingTicket, { id, skills: has, queueIds: theirs, idleSince }: PresentOperator) {
  const lacks = relaxed.filter((skill) => !has.has(skill)).length;
  return `${lacks} ${theirs.has(queueId) ? 0 : 1} ${String(idleSince).padStart(3, '0')} ${id}`;
}

describe('by rule', () => {
  const waits = (more: Partial<WaitingTicket> = {}): WaitingTicket => ({
    id: 'one',
    queueId: 'general',
    open: true,
    priority: 2,
    clock: 1,
    weight: 1,
    voice: false,
    deferred: false,
    reservedFor: null,
    preferred: null,
    passedBy: new Set(),
    protected: false,
    needs: [],
    relaxed: [],
    overflow: null,
    overflowIfNobody: null,
    ...more,
  });
  const present = (id: string, more: Partial<PresentOperator> = {}): PresentOperator => ({
    id,
    queueIds: new Set(['general']),
    skills: new Set(),
    protectedGrant: false,
    takesCalls: true,
    room: 4,
    roomForCall: 4,
    asked: false,
    idleSince: 5,
    ...more,
  });
  const asked = (waiting: WaitingTicket[], there: PresentOperator[]) =>
    match(waiting, there).map(({ operatorId, ticketId, why }) => `${operatorId} takes ${ticketId}, ${why.by}`);

  test('of two who could take it, the one who has been idle longer is asked', () => {
    expect(asked([waits()], [present('ana'), present('beto', { idleSince: 3 })])).toEqual(['beto takes one, idle']);
  });

  test('who had them last is waited for, though others are free and they have no room', () => {
    const busy = present('ana', { room: 0 });
    expect(asked([waits({ preferred: 'ana' })], [busy, present('beto')])).toEqual([]);
    expect(asked([waits({ preferred: 'ana' })], [present('beto')])).toEqual(['beto takes one, idle']);
  });

  test('half a place takes what weighs half, though something heavier came before', () => {
    const chat = waits({ id: 'chat', weight: 1, clock: 0 });
    const letter = waits({ id: 'letter', weight: 0.5, deferred: true });
    expect(asked([chat, letter], [present('ana', { room: 0.5 })])).toEqual(['ana takes letter, idle']);
    expect(asked([chat, letter], [present('ana', { room: 1 })])).toEqual(['ana takes chat, idle']);
  });

  test('people of another queue help when nobody of this one is there, busy or not', () => {
    const other = present('dan', { queueIds: new Set(['tramites']) });
    const deserted = waits({ overflowIfNobody: new Set(['tramites']) });
    expect(asked([deserted], [other])).toEqual(['dan takes one, overflow']);
    expect(asked([deserted], [other, present('ana', { room: 0, asked: true })])).toEqual([]);
  });
});
