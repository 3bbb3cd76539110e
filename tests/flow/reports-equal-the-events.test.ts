import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Figure, figureIds, figureOf, figures } from '../../server/contract/figures.ts';
import type { Report } from '../../server/contract/report.ts';
import {
  contactMeasures,
  type Measured,
  peopleMeasures,
  type ReportGrouping,
  reportGroupings,
} from '../../server/contract/report-terms.ts';
import { api } from '../../server/contract/routes.ts';
import { rebuildFacts } from '../../server/reports/keep-facts.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { storeStories, type WrittenContact, writeStories } from '../support/contact-stories.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

/** Days long before the test's own, in which nothing happens but what is written here. */
const days = { from: '2026-03-02', to: '2026-03-03' };
const MIDNIGHT = Date.parse('2026-03-02T06:00:00Z');
const LEVEL: Record<string, number> = { general: 60, servicios: 90 };

let centre: ContactCentre;
let elena: OperatorClient;
let ana: OperatorClient;
let stories: WrittenContact[];
let presences: { operatorId: string; status: 'available' | 'away' | 'offline'; at: Date }[];

beforeAll(async () => {
  centre = await startContactCentre({ settings: { PRESENCE_LEASE_SECONDS: 600 } });
  [elena, ana] = await Promise.all([centre.operator('elena'), centre.operator('ana')]);
  const { database } = centre.server.context;
  const beto = await centre.operator('beto');
  stories = writeStories({
    seed: 7,
    contacts: 160,
    from: new Date(MIDNIGHT + 8 * 3_600_000),
    hours: 30,
    operatorIds: [ana.id, beto.id],
    queueIds: Object.keys(LEVEL),
  });
  presences = [ana.id, beto.id].flatMap((operatorId, index) =>
    [7.2, 12.5, 13.4, 20.1, 31, 41.7].map((hour, turn) => ({
      operatorId,
      status: (['available', 'away', 'available', 'offline', 'available', 'offline'] as const)[turn] ?? 'offline',
      at: new Date(MIDNIGHT + Math.round((hour + index) * 3_600) * 1_000),
    })),
  );
  await database.transaction(async (tx) => {
    await storeStories(tx, stories);
    const lines = presences.map(({ operatorId, ...line }) => ({
      operator_id: operatorId,
      reason: 'self' as const,
      ...line,
    }));
    // As if they had been there before the test began.
    await tx.deleteFrom('presence_event').execute();
    await tx.insertInto('presence_event').values(lines).execute();
  });
  await rebuildFacts(centre.server.context);
});

afterAll(() => centre?.stop());

const report = (by: ReportGrouping, more: Record<string, string> = {}): Promise<Report> =>
  elena.call(api.report, { query: { ...days, by, ...more } });

test('every figure of contacts adds up, whichever way it is parted', async () => {
  const { total } = await report('none');
  expect(total.contacts).toBe(stories.length);
  const outcomes = [
    'contained',
    'leftBot',
    'inBot',
    'waiting',
    'answered',
    'takenFromBot',
    'abandoned',
    'shortAbandoned',
    'dismissed',
    'merged',
  ] as const;
  expect(outcomes.reduce((sum, measure) => sum + (total[measure] ?? 0), 0)).toBe(total.contacts);
  for (const by of ['hour', 'day', 'queue', 'channel', 'operator', 'topic', 'colonia'] as const) {
    const { groups, total: again } = await report(by);
    for (const measure of contactMeasures) {
      expect(again[measure], `${measure} by ${by}`).toBe(total[measure]);
      expect(sum(groups.map(({ measured }) => measured[measure])), `${measure} by ${by}`).toBe(total[measure]);
    }
  }
  for (const by of ['hour', 'day', 'operator'] as const) {
    const { total: again } = await report(by);
    for (const measure of peopleMeasures) expect(again[measure], `${measure} by ${by}`).toBe(total[measure]);
  }
});

test('figures equal what another reckoning makes of the same lines', async () => {
  const { total, groups } = await report('queue');
  expect(total).toMatchObject(reckon(stories));
  for (const { key, measured } of groups) {
    expect(measured, key).toMatchObject(reckon(stories.filter((story) => answeringQueue(story) === key)));
  }
  const { total: people } = await report('none');
  expect({ staffedSeconds: people.staffedSeconds, busySeconds: people.busySeconds }).toEqual(reckonPeople());
});

test('a number opens what it is made of, page by page', async () => {
  const { groups } = await report('channel');
  for (const measure of ['contacts', 'abandoned', 'handled'] as const) {
    for (const { key, measured } of groups) {
      const query = { ...days, by: 'channel' as const, key, measure };
      const ids = new Set<string>();
      let cursor: string | null | undefined;
      do {
        const page = await elena.call(api.reportRows, { query: { ...query, ...(cursor ? { cursor } : {}) } });
        for (const { ticketId, channel } of page.contacts) {
          expect(channel).toBe(key);
          ids.add(ticketId);
        }
        cursor = page.nextCursor;
      } while (cursor);
      expect(ids.size, `${measure} of ${key}`).toBe(measured[measure]);
    }
  }
});

test('what happens at the desk is in the report of today', async () => {
  const today = () => centre.clock.now().toLocaleDateString('sv', { timeZone: 'America/Mexico_City' });
  const from = today();
  const resident = await centre.resident();
  await resident.say('Quiero hablar con una persona');
  await resident.isTold('handed_off');
  await ana.available();
  const { id } = await ana.accepts();
  await ana.away();
  await ana.close(id);
  await resident.ask('rate', { ticketId: id, score: 5 });
  const now = await until(
    async () => {
      const { total } = await elena.call(api.report, { query: { from, to: today() } });
      return total.rated === 1 ? total : null;
    },
    { what: 'the contact to be counted' },
  );
  expect(now).toMatchObject({ contacts: 1, withBot: 1, answered: 1, inTime: 1, handled: 1, satisfied: 1, resolved: 1 });
  expect(figureOf('serviceLevel', now)).toBe(1);
  const { contacts } = await elena.call(api.reportRows, { query: { from, to: today(), measure: 'rated' } });
  expect(contacts).toMatchObject([
    { ticketId: id, operator: ana.session.operator.name, rating: 5, outcome: 'answered' },
  ]);
});

test('what the bot answered counts while it still has the contact', async () => {
  const from = centre.clock.now().toLocaleDateString('sv', { timeZone: 'America/Mexico_City' });
  const turns = async () => (await elena.call(api.report, { query: { from, to: from, by: 'channel' } })).total.botTurns;
  const before = (await turns()) ?? 0;
  const resident = await centre.resident();
  await resident.say('Hola');
  await until(async () => ((await turns()) ?? 0) > before, { what: 'the turn to be counted' });
});

test('every figure can be parted by what its definition says', async () => {
  for (const by of reportGroupings) {
    const { total } = await report(by);
    for (const id of figureIds) {
      const { of, per, by: parted }: Figure = figures[id];
      const known = [...of, ...per].every((measure) => total[measure] !== undefined);
      expect(known, `${id} by ${by}`).toBe(parted.includes(by));
    }
  }
});

const sum = (values: (number | undefined)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

const indexOf = ({ lines }: WrittenContact, ...types: string[]) => lines.findIndex(({ type }) => types.includes(type));
const answeringQueue = (story: WrittenContact): string =>
  String(story.lines.find(({ type }) => type === 'queued')?.data.queueId ?? '');
const secondsFrom = (from: Date | undefined, to: Date | undefined): number =>
  from && to ? (to.getTime() - from.getTime()) / 1_000 : 0;

/** The same counts by another road: look for the lines that matter, subtract their times. */
function reckon(contacts: readonly WrittenContact[]): Measured {
  const counts: Measured = { contacts: contacts.length };
  const add = (measure: keyof Measured, value = 1) => {
    counts[measure] = (counts[measure] ?? 0) + value;
  };
  for (const measure of [
    'queued',
    'answered',
    'abandoned',
    'shortAbandoned',
    'dismissed',
    'contained',
    'inTime',
    'waitedSeconds',
    'activeSeconds',
    'transferred',
    'rated',
    'satisfied',
  ] as const) {
    add(measure, 0);
  }
  for (const story of contacts) {
    const { lines } = story;
    const queued = lines[indexOf(story, 'queued')];
    const accepted = lines[indexOf(story, 'offer_accepted')];
    const closed = lines.findLast(({ type }) => type === 'closed');
    const rated = lines.find(({ type }) => type === 'rated')?.data.score;
    const waited = secondsFrom(queued?.at, accepted?.at ?? closed?.at);
    if (queued) add('queued');
    else add('contained');
    if (accepted) {
      add('answered');
      add('waitedSeconds', waited);
      if (waited <= (LEVEL[answeringQueue(story)] ?? 0)) add('inTime');
      for (const stretch of heldOf(story)) add('activeSeconds', secondsFrom(stretch.from, stretch.to));
      if (lines.some(({ type }) => type === 'transferred')) add('transferred');
    } else if (queued) {
      if (closed?.actorType === 'operator') add('dismissed');
      else add(waited < 10 ? 'shortAbandoned' : 'abandoned');
    }
    if (rated !== undefined) add('rated');
    if (Number(rated) >= 4) add('satisfied');
  }
  return counts;
}

function heldOf({ lines }: WrittenContact): { operatorId: string; from: Date; to: Date }[] {
  const held: { operatorId: string; from: Date; to: Date }[] = [];
  let by: string | null = null;
  for (const [index, { type, actorId, at }] of lines.entries()) {
    if (type === 'offer_accepted') by = actorId;
    const next = lines[index + 1];
    if (by && next && (type === 'offer_accepted' || type === 'woken'))
      held.push({ operatorId: by, from: at, to: next.at });
  }
  return held;
}

/** Second by second, as somebody with a stopwatch would. */
function reckonPeople(): Measured {
  const second = (at: Date) => at.getTime() / 1_000;
  let staffedSeconds = 0;
  let busySeconds = 0;
  for (const operatorId of new Set(presences.map((line) => line.operatorId))) {
    const busy = new Set<number>();
    for (const story of stories) {
      for (const { operatorId: who, from, to } of heldOf(story)) {
        if (who === operatorId) for (let at = second(from); at < second(to); at += 1) busy.add(at);
      }
    }
    const lines = presences.filter((line) => line.operatorId === operatorId);
    for (const [index, { status, at }] of lines.entries()) {
      const next = lines[index + 1];
      if (status !== 'available' || !next) continue;
      for (let now = second(at); now < second(next.at); now += 1) {
        staffedSeconds += 1;
        if (busy.has(now)) busySeconds += 1;
      }
    }
  }
  return { staffedSeconds, busySeconds };
}
