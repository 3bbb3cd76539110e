import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { noTrouble } from '../../channels/simulator/delivery/trouble.ts';
import { api } from '../../server/contract/routes.ts';
import { type CallFloor, openCallFloor } from '../support/call-floor.ts';
import { faults } from '../support/call-scripts/faults.ts';
import { type CallScript, type Crew, checkRecord } from '../support/call-scripts/script.ts';
import { waiting } from '../support/call-scripts/waiting.ts';
import { withPeople } from '../support/call-scripts/with-people.ts';
import { withTheBot } from '../support/call-scripts/with-the-bot.ts';

let floor: CallFloor;
let crew: Crew;

beforeAll(async () => {
  floor = await openCallFloor();
  await floor.centre.server.context.bot.prepare?.(floor.centre.server.context.desk);
  crew = {
    ana: await floor.operator('ana'),
    beto: await floor.operator('beto'),
    elena: await floor.operator('elena'),
  };
}, 300_000);

afterAll(() => floor?.stop());

afterEach(async () => {
  floor.simulator.trouble(noTrouble);
  for (const { telephone, away } of Object.values(crew)) {
    telephone.answers = 'at once';
    await away();
  }
  await floor.clear();
});

const table: Record<string, readonly CallScript[]> = {
  'with the bot': withTheBot,
  'in the queue': waiting,
  'with people': withPeople,
  'with faults': faults,
};

describe.each(Object.entries(table))('%s', (_, scripts) => {
  test.each(scripts.map((script) => [script.title, script] as const))(
    '%s',
    { timeout: 120_000 },
    async (_title, script) => {
      const caller = await script.play(floor, crew);
      await checkRecord(floor, script, await caller.ends());
      expect(floor.simulator.telephony.office.faults, 'instructions that could not be carried out').toEqual([]);
    },
  );
});

test('reports count each of these calls once, and agree with the list', async () => {
  const { db } = floor.centre.server.context.database;
  const rows = await db.selectFrom('call').selectAll().execute();
  const listed = new Map<string, string | null>();
  let cursor: string | undefined;
  do {
    const page = await crew.elena.client.call(api.listCalls, {
      query: { view: 'all', limit: 50, ...(cursor ? { cursor } : {}) },
    });
    for (const { id, outcome } of page.calls) {
      expect(listed.has(id), `${id} is listed once`).toBe(false);
      listed.set(id, outcome);
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  // What is protected is not for everybody, but Elena may see it.
  expect(listed).toEqual(new Map(rows.map(({ id, outcome }) => [id, outcome])));

  const abandoned = await crew.elena.client.call(api.listCalls, { query: { view: 'abandoned', limit: 100 } });
  const gaveUp = rows.filter(({ outcome }) => outcome === 'abandoned').map(({ id }) => id);
  expect(gaveUp).toEqual(expect.arrayContaining(abandoned.calls.map(({ id }) => id)));
  expect(abandoned.calls.length).toBeGreaterThan(0);

  const live = await crew.elena.client.call(api.listCalls, { query: { view: 'live', limit: 10 } });
  expect(live.calls).toEqual([]);
  expect(live.counts.live).toBe(0);
});
