import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
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
  floor.simulator.trouble({ delaySeconds: 0, double: false, disorder: false });
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
