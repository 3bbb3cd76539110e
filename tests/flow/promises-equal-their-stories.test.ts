import { DateTime } from 'luxon';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { City } from '../../server/contract/city.ts';
import type { ReportFilter } from '../../server/contract/report.ts';
import { caseMeasures, type Measured, type ReportGrouping } from '../../server/contract/report-terms.ts';
import { createUnitOfWork } from '../../server/database/unit-of-work.ts';
import { createEventBus } from '../../server/event-bus.ts';
import { createLog } from '../../server/log.ts';
import { makeReport } from '../../server/reports/report.ts';
import { keepSums } from '../../server/reports/sums/keep-sums.ts';
import { openRoutingFloor, type RoutingFloor } from '../support/routing-floor.ts';
import { sampleCity } from '../support/sample-city.ts';
import { seededRandom } from '../support/seeded-random.ts';

const NOW = new Date('2026-04-18T18:20:00Z');
const DAY_MS = 86_400_000;
const random = seededRandom(77);

interface Story {
  id: string;
  department: string;
  channel: 'chat' | 'voice' | null;
  colonia: string | null;
  protected: boolean;
  openedAt: Date;
  /** `yyyy-mm-dd` */
  promisedFor: string;
  steps: { at: Date; status: 'in_progress' | 'solved' | 'rejected' | 'reopened' }[];
}

let floor: RoutingFloor;
let city: City;
let stories: Story[];

beforeAll(async () => {
  floor = await openRoutingFloor(['general']);
  city = await sampleCity();
  stories = Array.from({ length: 300 }, write);
  for (const story of stories) await store(story);
});
afterAll(() => floor?.close());

const local = (at: Date) => DateTime.fromJSDate(at, { zone: city.timeZone });
const dateOf = (at: Date) => local(at).toFormat('yyyy-MM-dd');
const isOver = (status: string | undefined) => status === 'solved' || status === 'rejected';

function write(): Story {
  const openedAt = new Date(NOW.getTime() - random.below(110 * 86_400) * 1_000);
  const steps: Story['steps'] = [];
  let at = openedAt.getTime();
  for (let step = random.below(5); step > 0; step -= 1) {
    at += (1 + random.below(12 * 86_400)) * 1_000;
    if (at >= NOW.getTime()) break;
    const status = isOver(steps.at(-1)?.status)
      ? 'reopened'
      : random.pick(['in_progress', 'solved', 'rejected'] as const);
    steps.push({ at: new Date(at), status });
  }
  return {
    id: uuid(),
    department: random.pick(['obras-publicas', 'limpia', 'alumbrado']),
    channel: random.pick(['chat', 'voice', null]),
    colonia: random.pick(['centro', 'zaragoza', null]),
    protected: random.below(9) === 0,
    openedAt,
    promisedFor: local(openedAt)
      .plus({ days: random.below(15) })
      .toFormat('yyyy-MM-dd'),
    steps,
  };
}

const closedAtOf = ({ steps }: Story) => (isOver(steps.at(-1)?.status) ? (steps.at(-1)?.at ?? null) : null);
const query = (text: string, values: unknown[]) => floor.database.pool.query(text, values);

async function store(story: Story): Promise<void> {
  await query(
    `insert into service_case (id, folio, service_id, department_id, status, priority, description, protected, channel,
       colonia_id, opened_at, promised_for, working_days, closed_at, search, version, facts_version, updated_at)
     values ($1::uuid, 'VER-' || $1, 'bache', $2, $3, 2, '', $4, $5, $6, $7, $8, 5, $9, '', 1, 1, $7)`,
    [
      story.id,
      story.department,
      story.steps.at(-1)?.status ?? 'received',
      story.protected,
      story.channel,
      story.colonia,
      story.openedAt,
      story.promisedFor,
      closedAtOf(story),
    ],
  );
  for (const step of story.steps) await tell(story, step);
}

const tell = ({ id }: Story, { at, status }: Story['steps'][number]) =>
  query(
    `insert into case_event (case_id, type, at, actor_type, public, data)
     values ($1, $2, $3, 'department', true, $4)`,
    [id, status === 'reopened' ? 'reopened_by_citizen' : 'status_changed', at, { status }],
  );

const periods = [
  { from: '2026-01-01', to: '2026-01-31' },
  { from: '2026-02-10', to: '2026-03-09' },
  { from: '2026-01-01', to: '2026-04-30' },
  { from: '2026-04-18', to: '2026-04-18' },
];
const questions: [ReportGrouping, ReportFilter][] = [
  ['none', {}],
  ['department', {}],
  ['channel', {}],
  ['colonia', {}],
  ['department', { channel: 'voice' }],
  ['colonia', { channel: 'chat' }],
  ['channel', { colonia: '' }],
  ['none', { channel: 'chat', colonia: 'centro' }],
  ['department', { channel: 'chat', colonia: '' }],
];

/** What the figures say in words, of stories read one by one. */
function reckon(period: { from: string; to: string }, by: ReportGrouping, filter: object, protectedToo: boolean) {
  const ends = DateTime.fromISO(period.to, { zone: city.timeZone }).plus({ days: 1 }).toJSDate();
  const today = dateOf(NOW);
  const last = ends > NOW ? today : period.to;
  const groups: Record<string, Measured> = {};
  for (const story of stories) {
    const parts = {
      none: '',
      department: story.department,
      channel: story.channel ?? '',
      colonia: story.colonia ?? '',
    };
    const isAsked = Object.entries(filter).every(([name, value]) => parts[name as keyof typeof parts] === value);
    if (!isAsked || (story.protected && !protectedToo)) continue;
    const closedAt = closedAtOf(story);
    const isPromised =
      story.promisedFor >= period.from &&
      story.promisedFor <= period.to &&
      (closedAt !== null || story.promisedFor < today);
    const stood = story.steps.findLast(({ at }) => at < ends)?.status;
    const isOpen = story.openedAt < ends && !isOver(stood);
    const age = Date.parse(last) - Date.parse(dateOf(story.openedAt));
    const counts: Measured = {
      promised: isPromised ? 1 : 0,
      promisesKept: isPromised && closedAt !== null && dateOf(closedAt) <= story.promisedFor ? 1 : 0,
      openCases: isOpen ? 1 : 0,
      openCaseDays: isOpen ? age / DAY_MS : 0,
    };
    if (!isPromised && !isOpen) continue;
    const key = parts[by as keyof typeof parts];
    groups[key] = Object.fromEntries(
      caseMeasures.map((measure) => [measure, (groups[key]?.[measure] ?? 0) + (counts[measure] ?? 0)]),
    );
  }
  return groups;
}

async function expectEqual(): Promise<void> {
  const parts = { city, clock: { now: () => NOW }, db: floor.database.db };
  for (const period of periods) {
    for (const [by, filter] of questions) {
      for (const protectedGrant of [true, false]) {
        const { groups } = await makeReport(parts, { protectedGrant }, { ...period, by, ...filter }, 'es');
        const counted = Object.fromEntries(
          groups
            .map(({ key, measured }): [string, Measured] => [
              key,
              Object.fromEntries(caseMeasures.map((measure) => [measure, measured[measure] ?? 0])),
            ])
            .filter(([, measured]) => Object.values(measured).some((count) => count !== 0)),
        );
        const what = JSON.stringify({ period, by, filter, protectedGrant });
        expect(counted, what).toEqual(reckon(period, by, filter, protectedGrant));
      }
    }
  }
}

const staleDays = async (): Promise<number> =>
  (await query(`select count(distinct at::date) as count from sum_stale where part = 'cases' and at < $1`, [NOW]))
    .rows[0].count;

async function keep(timeZone = city.timeZone): Promise<void> {
  const clock = { now: () => NOW };
  const unitOfWork = createUnitOfWork(floor.database, createEventBus(createLog('silent')), clock, () => {});
  await keepSums({ unitOfWork, clock, city: { timeZone } });
}

test('promises and open cases of any period are what the stories say: before they are summed, and after', async () => {
  await expectEqual();
  await keep();
  await expectEqual();
});

test('a change of a case that is over counts at once, and is in the sums of its days later', async () => {
  await keep();
  const change = async (story: Story | undefined, columns: string, values: unknown[]) =>
    query(`update service_case set ${columns} where id = $1`, [story?.id, ...values]);

  const moved = stories.find(({ steps, department }) => steps.length > 2 && department === 'limpia');
  if (moved) Object.assign(moved, { department: 'alumbrado', colonia: 'zaragoza' });
  await change(moved, `department_id = $2, colonia_id = $3`, ['alumbrado', 'zaragoza']);

  const done = stories.find((story) => story.steps.length === 0 && story.promisedFor < '2026-03-01');
  const step = { at: new Date('2026-04-18T16:00:00Z'), status: 'solved' as const };
  done?.steps.push(step);
  await change(done, `closed_at = $2, status = 'solved'`, [step.at]);
  if (done) await tell(done, step);

  const hidden = stories.find((story) => !story.protected && story.openedAt < new Date('2026-02-01T00:00:00Z'));
  if (hidden) hidden.protected = true;
  await change(hidden, 'protected = $2', [true]);

  const [gone] = stories.splice(5, 1);
  await query('delete from case_event where case_id = $1', [gone?.id]);
  await query('delete from service_case where id = $1', [gone?.id]);

  expect(await staleDays()).toBeGreaterThan(4);
  await expectEqual();
  await keep();
  expect(await staleDays()).toBeLessThanOrEqual(1);
  await expectEqual();
});

test('in another zone days begin at other hours, and are summed anew', async () => {
  await keep('Asia/Tokyo');
  await expectEqual();
  await keep();
  await expectEqual();
});
