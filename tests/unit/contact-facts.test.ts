import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ticketEventSchema } from '../../server/contract/http.ts';
import { contactParts, type StoryLine } from '../../server/reports/contact-story.ts';
import { foldContact, type QueueClocks } from '../../server/reports/fold-contact.ts';

const START = Date.parse('2026-11-16T15:00:00.000Z');
const always: QueueClocks = {
  levelSeconds: () => 60,
  openSeconds: (_id, from, to) => (to.getTime() - from.getTime()) / 1_000,
  afterOpenSeconds: (_id, from, seconds) => new Date(from.getTime() + seconds * 1_000),
};
/** Open for the first half of each minute. */
const halves: QueueClocks = {
  ...always,
  openSeconds(_id, from, to) {
    const openUntil = (at: number) => Math.floor(at / 60_000) * 30_000 + Math.min(at % 60_000, 30_000);
    return (openUntil(to.getTime()) - openUntil(from.getTime())) / 1_000;
  },
};

const line: fc.Arbitrary<Omit<StoryLine, 'id' | 'at'> & { after: number }> = fc.record({
  after: fc.integer({ min: -1_500, max: 90_000 }),
  type: fc.constantFrom(...ticketEventSchema.shape.type.options),
  actorType: fc.constantFrom('citizen', 'operator', 'system', 'bot'),
  actorId: fc.constantFrom('ana', 'beto', null),
  data: fc.record(
    {
      queueId: fc.constantFrom('general', 'urgente', null),
      operatorId: fc.constantFrom('ana', 'beto', null),
      direction: fc.constantFrom('in', 'out'),
      to: fc.constantFrom('waiting', 'assigned'),
      how: fc.constantFrom('warm', 'blind'),
      outcome: fc.constantFrom('answered', 'abandoned'),
      seconds: fc.integer({ min: 0, max: 100 }),
      score: fc.integer({ min: 1, max: 5 }),
      callId: fc.constant('call'),
      mergedInto: fc.constant('other'),
    },
    { requiredKeys: [] },
  ),
});

const anyStory = fc.array(line, { maxLength: 25 }).map((lines) => {
  let at = START;
  return storyOf(
    ['opened', 'citizen', null, 0],
    ...lines.map(({ after, type, actorType, actorId, data }): Told => {
      at += after;
      return [type, actorType, actorId, (at - START) / 1_000, data];
    }),
  );
});

test('whatever the story, its parts add up to its length, and every beginning of it is as sound', () => {
  fc.assert(
    fc.property(anyStory, fc.constantFrom(always, halves), (story, clocks) => {
      let before = foldContact(story.slice(0, 1), clocks);
      for (let length = 1; length <= story.length; length += 1) {
        const fact = foldContact(story.slice(0, length), clocks);
        if (!fact || !before) throw new Error('A story with lines gives a fact');
        const sum = contactParts.reduce((total, part) => total + fact.parts[part], 0);
        expect(sum).toBe(Math.floor(fact.lastEventAt.getTime() / 1_000) - Math.floor(fact.beganAt.getTime() / 1_000));
        for (const part of contactParts) expect(fact.parts[part]).toBeGreaterThanOrEqual(before.parts[part]);
        expect(fact.waitedSeconds).toBeLessThanOrEqual(fact.parts.wait);
        expect(fact.waitedSeconds).toBeGreaterThanOrEqual(before.waitedSeconds);
        if (before.answeredAt) expect(fact.answeredAt).toEqual(before.answeredAt);
        expect(fact.lateAt !== null && fact.outcome !== 'waiting').toBe(false);
        expect(fact.abandonedAt !== null).toBe(fact.outcome === 'abandoned' || fact.outcome === 'short_abandoned');
        expect(fact.stretches.filter(({ ended }) => ended === null).length).toBeLessThanOrEqual(1);
        before = fact;
      }
    }),
    { numRuns: 150 },
  );
});

test('a chat that goes from the bot to a person', () => {
  const fact = fold(
    ['opened', 'citizen', null, 0],
    ['queued', 'bot', null, 30, { reason: 'asked', queueId: 'general' }],
    ['offered', 'system', null, 40, { operatorId: 'ana' }],
    ['offer_accepted', 'operator', 'ana', 55],
    ['closed', 'operator', 'ana', 355, { disposition: 'informed', from: 'assigned' }],
    ['rated', 'citizen', null, 400, { score: 5 }],
  );
  expect(fact).toMatchObject({
    outcome: 'answered',
    withBot: true,
    queueId: 'general',
    waitedSeconds: 25,
    levelSeconds: 60,
    operatorId: 'ana',
    disposition: 'informed',
    rating: 5,
    parts: { bot: 30, wait: 25, active: 300, closed: 45 },
  });
});

test('a call is answered when somebody speaks, not when somebody is rung', () => {
  const fact = fold(
    ['opened', 'citizen', null, 0],
    ['call_began', 'citizen', null, 0, { callId: 'k' }],
    ['queued', 'citizen', null, 20, { reason: 'asked', queueId: 'general' }],
    ['offer_accepted', 'operator', 'ana', 30],
    ['call_answered', 'operator', 'ana', 38, { callId: 'k' }],
    ['call_held', 'operator', 'ana', 100],
    ['call_resumed', 'operator', 'ana', 130],
    ['call_ended', 'citizen', null, 238, { callId: 'k', outcome: 'answered' }],
    ['closed', 'operator', 'ana', 268, { disposition: 'informed' }],
    ['wrap_up_ended', 'operator', 'ana', 268, { seconds: 30 }],
  );
  expect(fact).toMatchObject({
    waitedSeconds: 18,
    parts: { bot: 20, wait: 18, active: 170, hold: 30, wrap: 30 },
    wrapBesideSeconds: 0,
  });
  expect(fact?.stretches).toEqual([{ operatorId: 'ana', began: START / 1_000 + 30, ended: START / 1_000 + 268 }]);
});

test.each([
  [5, 'short_abandoned'],
  [10, 'abandoned'],
  [300, 'abandoned'],
] as const)('who leaves the queue after %i s has %s', (seconds, outcome) => {
  const told = fold(
    ['opened', 'citizen', null, 0],
    ['queued', 'bot', null, 60, { reason: 'asked', queueId: 'general' }],
    ['closed', 'citizen', null, 60 + seconds, { disposition: null, from: 'waiting' }],
  );
  expect(told).toMatchObject({ outcome, waitedSeconds: seconds });
});

test('what came to nothing is told apart from what was given up', () => {
  const opened: Told = ['opened', 'citizen', null, 0];
  const queued: Told = ['queued', 'citizen', null, 0, { queueId: 'general' }];
  expect(fold(opened)?.outcome).toBe('bot');
  expect(fold(opened, ['closed', 'bot', null, 90])?.outcome).toBe('contained');
  expect(
    fold(opened, ['call_ended', 'citizen', null, 9, { outcome: 'abandoned' }], ['closed', 'citizen', null, 9])?.outcome,
  ).toBe('left_bot');
  expect(fold(opened, queued)).toMatchObject({
    outcome: 'waiting',
    withBot: false,
    lateAt: new Date(START + 60_000),
  });
  expect(fold(opened, queued, ['closed', 'operator', 'ana', 500])?.outcome).toBe('dismissed');
  const merged: Told = ['closed', 'operator', 'ana', 500, { mergedInto: 'other' }];
  expect(fold(opened, queued, merged)?.outcome).toBe('merged');
  expect(
    fold(opened, queued, merged, ['reopened', 'operator', 'ana', 510, { to: 'waiting', queueId: 'general' }])?.outcome,
  ).toBe('waiting');
  const called: Told = ['call_began', 'operator', 'ana', 0, { callId: 'k', direction: 'out' }];
  expect(fold(opened, ['offer_accepted', 'operator', 'ana', 0], called)?.outcome).toBe('outbound');
});

test('a contact that is passed on counts for the queue that answered it, and for whoever had it last', () => {
  const fact = fold(
    ['opened', 'citizen', null, 0],
    ['queued', 'citizen', null, 0, { queueId: 'general' }],
    ['offer_accepted', 'operator', 'ana', 10],
    ['transferred', 'operator', 'ana', 70, { operatorId: null, queueId: 'urgente' }],
    ['offer_accepted', 'operator', 'beto', 100],
    ['closed', 'operator', 'beto', 200],
  );
  expect(fact).toMatchObject({
    queueId: 'general',
    operatorId: 'beto',
    transfers: 1,
    waitedSeconds: 10,
    parts: { wait: 40, active: 160 },
  });
});

test('a close taken back by somebody else gives the contact to who had it', () => {
  const fact = fold(
    ['opened', 'citizen', null, 0],
    ['queued', 'citizen', null, 0, { queueId: 'general' }],
    ['offer_accepted', 'operator', 'ana', 10],
    ['closed', 'operator', 'elena', 70],
    ['reopened', 'operator', 'elena', 75, { undone: true, queueId: 'general', to: 'assigned', operatorId: 'ana' }],
    ['closed', 'operator', 'ana', 100],
  );
  expect(fact).toMatchObject({ operatorId: 'ana', reopenings: 0, parts: { active: 85, closed: 5 } });
});

type Told = [StoryLine['type'], StoryLine['actorType'], string | null, seconds: number, data?: Record<string, unknown>];

function storyOf(...told: Told[]): StoryLine[] {
  return told.map(([type, actorType, actorId, seconds, data = {}], index) => ({
    id: index + 1,
    type,
    at: new Date(START + seconds * 1_000),
    actorType,
    actorId,
    data,
  }));
}

function fold(...told: Told[]) {
  return foldContact(storyOf(...told), always);
}
