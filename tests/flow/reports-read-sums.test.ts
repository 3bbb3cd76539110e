import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../server/contract/report.ts';
import { type ReportGrouping, reportGroupings } from '../../server/contract/report-terms.ts';
import { keepFacts, rebuildFacts } from '../../server/reports/keep-facts.ts';
import { makeReport } from '../../server/reports/report.ts';
import { keepSums } from '../../server/reports/sums/keep-sums.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { storeStories, type WrittenContact, writeStories } from '../support/contact-stories.ts';
import type { OperatorClient } from '../support/operator-client.ts';

/** Two months and the edges of two more, long before the test's own day. */
const period = { from: '2026-01-20', to: '2026-04-10' };
const BEGINS = new Date('2026-01-20T06:00:00Z');
const reader = { protectedGrant: true };

let centre: ContactCentre;
let ana: OperatorClient;
let stories: WrittenContact[];

beforeAll(async () => {
  centre = await startContactCentre();
  ana = await centre.operator('ana');
  // The server's own rounds would sum meanwhile: what is summed when is the test's to say.
  await sum(`insert into sum_state (id, time_zone, next_at) values (1, null, '2100-01-01')
    on conflict (id) do update set next_at = excluded.next_at`);
  stories = writeStories({
    seed: 21,
    contacts: 400,
    from: BEGINS,
    hours: 80 * 24,
    operatorIds: [ana.id, 'somebody-who-left'],
    queueIds: ['general', 'servicios', 'mujeres'],
  });
  const { database } = centre.server.context;
  await database.transaction(async (tx) => {
    await storeStories(tx, stories);
    const hidden = stories.filter((_, index) => index % 9 === 0).map(({ id }) => id);
    await tx.updateTable('ticket').set({ protected: true }).where('id', 'in', hidden).execute();
    const lines = Array.from({ length: 40 }, (_, day) =>
      [15, 23].map((hour, index) => ({
        operator_id: ana.id,
        status: index === 0 ? ('available' as const) : ('offline' as const),
        reason: 'self' as const,
        at: new Date(BEGINS.getTime() + (day * 48 + hour) * 3_600_000),
      })),
    ).flat();
    await tx.insertInto('presence_event').values(lines).execute();
  });
  await rebuildFacts(centre.server.context);
});

afterAll(() => centre?.stop());

const sum = (text: string, values: unknown[] = []) => centre.server.context.database.pool.query(text, values);
const rowsOf = async (text: string) => (await sum(text)).rows as { count: number }[];

function report(by: ReportGrouping, more: object = {}, as = reader): Promise<Report> {
  const { city, clock, database } = centre.server.context;
  return makeReport({ city, clock, db: database.db }, as, { ...period, by, ...more }, 'es');
}

const questions: [string, ReportGrouping, object][] = [
  ...reportGroupings.map((by): [string, ReportGrouping, object] => [`by ${by}`, by, {}]),
  ['by day of a queue', 'day', { queue: 'servicios' }],
  ['by colonia of a queue', 'colonia', { queue: 'general' }],
  ['of whoever has no queue', 'none', { queue: '' }],
  ['by queue of a channel', 'queue', { channel: 'email' }],
  ['by hour of a person', 'hour', { operator: 'somebody-who-left' }],
  ['by topic of a person in a queue', 'topic', { operator: 'somebody-who-left', queue: 'general' }],
];

const numbersOf = ({ groups, total, protectedAtLeast }: Report) => ({ groups, total, protectedAtLeast });

test('a report is the same from sums as from the contacts themselves, and stays so when something changes', async () => {
  const ask = async (as: { protectedGrant: boolean }) =>
    Promise.all(questions.map(async ([, by, filter]) => numbersOf(await report(by, filter, as))));
  const expectSame = async () => {
    await sum('update sum_state set time_zone = null');
    const fromContacts = [await ask(reader), await ask({ protectedGrant: false })];
    await sum('update sum_state set time_zone = $1', [centre.server.context.city.timeZone]);
    const fromSums = [await ask(reader), await ask({ protectedGrant: false })];
    for (const [index, [what]] of questions.entries()) {
      for (const reading of [0, 1]) expect(fromSums[reading]?.[index], what).toEqual(fromContacts[reading]?.[index]);
    }
  };

  await keepSums(centre.server.context);
  expect((await rowsOf(`select count(*) from contact_sum where grain = 'month'`))[0]?.count).toBeGreaterThan(0);
  expect((await rowsOf(`select count(*) from people_sum where grain = 'month'`))[0]?.count).toBeGreaterThan(0);
  expect((await rowsOf(`select count(*) from sum_stale where at < '2026-05-01'`))[0]?.count).toBe(0);
  await expectSame();

  // The same citizen writes again, and a contact of February is rated in March: both change days that are over.
  const [first, other] = stories.filter(({ lines }) => lines.at(-1)?.type === 'closed');
  await sum(`update ticket set citizen_id = (select citizen_id from ticket where id = $1) where id = $2`, [
    first?.id,
    other?.id,
  ]);
  await sum(
    `insert into ticket_event (ticket_id, conversation_id, type, at, actor_type, data)
     select id, conversation_id, 'rated', now(), 'citizen', '{"score": 5}' from ticket where id = $1`,
    [first?.id],
  );
  await keepFacts(centre.server.context);
  expect((await rowsOf(`select count(*) from sum_stale where at < '2026-05-01'`))[0]?.count).toBeGreaterThan(0);
  await expectSame();
  await keepSums(centre.server.context);
  await expectSame();

  // What is erased is in no sum any more.
  await sum('delete from ticket_event where ticket_id = $1', [other?.id]);
  await sum('delete from ticket where id = $1', [other?.id]);
  await keepFacts(centre.server.context);
  await keepSums(centre.server.context);
  await expectSame();
  expect((await report('none')).total.contacts).toBe(stories.length - 1);
});
