import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { api } from '../../server/contract/routes.ts';
import { systemActor } from '../../server/conversations/change-ticket.ts';
import { lockContact } from '../../server/conversations/lock-contact.ts';
import { copiedTables, derivedTables, leftTables } from '../../server/sample-day/loading/copied-tables.ts';
import { type DayLine, dayLineSchema } from '../../server/sample-day/loading/day-lines.ts';
import type { PlayedDay } from '../../server/sample-day/loading/play-day.ts';
import { goesAlong, steps } from '../../server/sample-day/loading/remove-day.ts';
import { createSampleDays, type SampleDays } from '../../server/sample-day/loading/sample-days.ts';
import { endWhatIsOpen, tellRows } from '../../server/sample-day/loading/tell-rows.ts';
import { runDay } from '../../server/sample-day/run-day.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import type { OperatorClient } from '../support/operator-client.ts';
import { until } from '../support/until.ts';

let centre: ContactCentre;
let elena: OperatorClient;
let days: SampleDays;

/** Twenty minutes of a morning, played in this process instead of one of its own. */
function playMorning(): PlayedDay {
  const lines: DayLine[] = [];
  const from = new Date('2026-09-09T10:00:00-06:00');
  const played = runDay(
    {
      seed: 3,
      from,
      until: new Date(from.getTime() + 20 * 60_000),
      scale: 0.15,
      city: 'veracruz',
      folioPrefix: 'DIA',
      quietSeconds: 300,
      postgresUrl: inject('postgresUrl'),
    },
    async ({ centre: scratch, figures: { contacts, cases } }) => {
      await endWhatIsOpen(scratch);
      await tellRows(scratch, async (line) => void lines.push(dayLineSchema.parse(line)));
      lines.push({ line: 'end', contacts, cases });
    },
  );
  return {
    async whilePlaying(heard) {
      await heard({ line: 'progress', progress: 0.5, at: from, waiting: 2 });
      await played;
    },
    async rows(take) {
      for (const line of lines) {
        if (line.line === 'rows') await take(line.table, line.rows);
        if (line.line === 'end') return line;
      }
      throw new Error('no end');
    },
    stop: () => {},
  };
}

beforeAll(async () => {
  centre = await startContactCentre();
  elena = await centre.operator('elena');
  days = createSampleDays(centre.server.context, playMorning);
  const ana = await centre.resident();
  await ana.say('hola');
  await ana.reads('Hola');
}, 120_000);
afterAll(() => centre?.stop());

const db = () => centre.server.context.database.db;

async function tableNames(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by 1`.execute(db());
  return rows.map(({ name }) => name);
}

/** Of every table but the log, which remembers who loaded and who removed, sums that follow later, and what is on its way. */
async function rowCounts(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of await tableNames()) {
    if (['audit_log', 'outbox', 'contact_stale', 'search_due', 'sum_stale', 'contact_sum', 'people_sum'].includes(name))
      continue;
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(name)}`.execute(db());
    counts[name] = rows[0]?.n ?? 0;
  }
  return counts;
}

/** Whoever keeps figures and words to search for has caught up. */
const caughtUp = () =>
  until(
    async () => {
      await centre.server.reconcile();
      const { rows } = await sql<{ waits: number }>`
        select (select count(*) from contact_stale) + (select count(*) from search_due)
          + (select count(*) from outbox) as waits`.execute(db());
      if (Number(rows[0]?.waits) > 0) throw new Error(`${rows[0]?.waits} rows wait`);
      return true;
    },
    { what: 'figures and words to be made', timeout: 120_000 },
  );

test('of every table it is decided what a sample day does with it', async () => {
  const decided = [...copiedTables.map(({ name }) => name), ...derivedTables, ...leftTables];
  expect(decided.toSorted()).toEqual(await tableNames());
});

test('whatever can be added to a sample day goes with it', async () => {
  const roots = copiedTables.flatMap(({ name, root }) => (root ? name : []));
  const { rows } = await sql<{ name: string }>`
    select distinct conrelid::regclass::text as name from pg_constraint
    where contype = 'f' and confrelid::regclass::text = any(${roots})`.execute(db());
  const going = new Set<string>([...steps().map(([table]) => table), ...goesAlong]);
  expect(rows.flatMap(({ name }) => (going.has(name) ? [] : name))).toEqual([]);
});

test('it is loaded, is there for everybody, reaches nobody, and goes without a trace', {
  timeout: 600_000,
}, async () => {
  await caughtUp();
  const before = await rowCounts();

  await days.load({ seed: 3, hours: 24, scale: 1 }, elena.session.operator);
  await expect(days.load({ seed: 3, hours: 24, scale: 1 }, elena.session.operator)).rejects.toMatchObject({
    code: 'sample_day_exists',
  });
  const loaded = await until(
    async () => {
      const day = await days.current();
      if (day.state === 'failed') throw new Error(day.reason ?? 'failed');
      return day.state === 'loaded' ? day : null;
    },
    { what: 'the day to be loaded', timeout: 500_000 },
  );
  expect(loaded.contacts).toBeGreaterThan(0);

  await caughtUp();
  const { tickets } = await elena.call(api.listTickets, { query: { view: 'closed', limit: 100 } });
  expect(tickets).toHaveLength(loaded.contacts);

  const written = tickets.find(({ channel }) => channel === 'whatsapp');
  const id = written?.id ?? '';
  await elena.call(api.reopenTicket, { params: { id } });
  await elena.call(api.addNote, { params: { id }, body: { clientId: randomUUID(), text: 'Es de mentira' } });
  const { unitOfWork, say } = centre.server.context;
  await unitOfWork(async (unit) => {
    const { conversation, ticket } = await lockContact(unit, id);
    const parts = [{ type: 'text' as const, text: 'Hola, ¿sigues ahí?' }];
    await say(unit, conversation, ticket, [{ author: systemActor, parts, externalId: randomUUID() }]);
  });
  await until(
    async () => {
      const { messages } = await elena.open(id);
      return messages.at(-1)?.failure?.code === 'sample_contact';
    },
    { what: 'what was said to reach nobody', timeout: 60_000 },
  );

  await caughtUp();
  const removed = await days.remove();
  expect(removed.ticket).toBe(loaded.contacts);
  await caughtUp();
  expect(await rowCounts()).toEqual(before);
  expect((await days.current()).state).toBe('none');
});
