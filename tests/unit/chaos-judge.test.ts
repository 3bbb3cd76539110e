import { describe, expect, test } from 'vitest';
import { planFaults } from '../chaos/faults.ts';
import { type Evidence, judge, type ResidentEvidence, type ShownMessage } from '../chaos/judge.ts';
import { createRandom } from '../chaos/random.ts';

const said = (seq: number, clientId: string | null): ShownMessage => ({
  seq,
  clientId,
  direction: clientId ? 'in' : 'out',
});
const conversation = [said(1, 'a'), said(2, null), said(3, 'b'), said(4, 'c')];

const evidenceOf = (resident: Partial<ResidentEvidence> = {}, rest: Partial<Evidence> = {}): Evidence => ({
  residents: [
    {
      name: 'Rosa',
      tried: ['a', 'b', 'c', 'd'],
      acknowledged: [
        { clientId: 'a', seq: 1 },
        { clientId: 'b', seq: 3 },
      ],
      stored: conversation,
      shown: resident.stored ?? conversation,
      shownToOperator: resident.stored ?? conversation,
      ...resident,
    },
  ],
  answers: { acknowledged: ['x'], stored: ['x', 'y'] },
  unanswered: 0,
  doubleOffers: 0,
  staleOffers: 0,
  ...rest,
});

test('what is stored once, in order and shown so passes; what was never acknowledged may be there or not', () => {
  expect(judge(evidenceOf())).toMatchObject({ passed: true, findings: [] });
});

describe('the verdict bites', () => {
  test.each([
    ['lost', evidenceOf({ stored: [said(1, 'a'), said(2, null)] })],
    ['lost', evidenceOf({}, { answers: { acknowledged: ['x'], stored: [] } })],
    ['doubled', evidenceOf({ stored: [...conversation, said(5, 'b')] })],
    ['doubled', evidenceOf({}, { answers: { acknowledged: ['x'], stored: ['x', 'x'] } })],
    [
      'outOfOrder',
      evidenceOf({
        acknowledged: [
          { clientId: 'b', seq: 3 },
          { clientId: 'a', seq: 1 },
        ],
      }),
    ],
    ['gaps', evidenceOf({ stored: [said(1, 'a'), said(3, 'b')] })],
    ['shownOtherwise', evidenceOf({ shown: conversation.slice(1) })],
    ['shownOtherwise', evidenceOf({ shownToOperator: [...conversation].reverse() })],
    ['unanswered', evidenceOf({}, { unanswered: 1 })],
    ['badOffers', evidenceOf({}, { doubleOffers: 1 })],
    ['badOffers', evidenceOf({}, { staleOffers: 1 })],
  ] as const)('%s', (kind, evidence) => {
    const verdict = judge(evidence);
    expect(verdict.passed).toBe(false);
    expect(verdict[kind]).toBeGreaterThan(0);
    expect(verdict.findings).not.toEqual([]);
  });
});

test('the same seed plans the same faults, each kind among them', () => {
  const plan = (seed: number) => planFaults(createRandom(seed), 60);
  expect(plan(7)).toEqual(plan(7));
  expect(plan(7)).not.toEqual(plan(8));
  expect(new Set(plan(9).map(({ kind }) => kind)).size).toBe(4);
});
