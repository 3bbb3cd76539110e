import { sql } from 'kysely';
import type pg from 'pg';
import type { Database } from '../../../server/database/database.ts';
import { createUnitOfWork } from '../../../server/database/unit-of-work.ts';
import { createEventBus } from '../../../server/event-bus.ts';
import { createLog } from '../../../server/log.ts';
import { keepSums } from '../../../server/reports/sums/keep-sums.ts';
import { foldEntries } from '../../../server/search/fold-entries.ts';
import { makeContacts } from './make-contacts.ts';
import { makeFigures } from './make-figures.ts';
import { makeVocabulary } from './make-vocabulary.ts';
import { withoutIndexes } from './without-indexes.ts';

export interface Load {
  tickets: number;
  messagesPerTicket: number;
  /** False: nothing is searched, so that no entries are made. */
  search?: boolean;
  /** Also what reports count of contacts and of so many people, and the sums of the days that are over. */
  figures?: { people: number };
  /** Told what is being done. */
  tell?: (line: string) => void;
}

/** Of contacts, so many are open whatever the size: a centre's people do not grow with its archive. */
const OPEN = 400;

/**
 * Fills a migrated, empty database with contacts as a city has them: people who write again, words by how common they
 * are, names, telephones, folios, every channel and queue, nearly all of it closed. The same size gives the same rows.
 */
export async function loadContacts(database: Database, load: Load): Promise<void> {
  const tell = load.tell ?? (() => {});
  const client = await database.pool.connect();
  try {
    await client.query(`set synchronous_commit = off; set work_mem = '64MB'; set maintenance_work_mem = '256MB'`);
    // A statement of minutes is what loading is; the server's own limits are for answering.
    await client.query('set statement_timeout = 0');
    await makeVocabulary(client);
    const tables = ['citizen', 'identity', 'conversation', 'ticket', 'message', 'service_case', 'case_ticket'];
    await withoutIndexes(client, tables, async () => {
      await makeContacts(client, { ...load, open: Math.min(OPEN, Math.floor(load.tickets / 4)) }, tell);
      tell('indexes');
    });
    await client.query(`vacuum analyze ${tables.join(', ')}`);
    if (load.search !== false) {
      await withoutIndexes(client, ['search_entry'], () => fillSearch(database, load.tickets, tell), {
        keepKeys: true,
      });
      await client.query('vacuum analyze search_entry');
    }
    if (load.figures) await fillFigures(client, database, load.figures.people, tell);
  } finally {
    client.release(true);
  }
}

/** The instant after the last loaded contact. */
const NOW = new Date('2026-11-22T12:00:00Z');

async function fillFigures(
  client: pg.PoolClient,
  database: Database,
  people: number,
  tell: (line: string) => void,
): Promise<void> {
  tell('facts');
  const tables = ['contact_fact', 'contact_stretch', 'presence_event', 'case_event', 'service_case', 'case_ticket'];
  await withoutIndexes(client, ['contact_fact', 'contact_stretch'], () => makeFigures(client, people), {
    keepKeys: true,
  });
  await client.query(`vacuum analyze ${tables.join(', ')}`);
  tell('sums');
  const clock = { now: () => NOW };
  const unitOfWork = createUnitOfWork(database, createEventBus(createLog('silent')), clock, () => {});
  await keepSums({ unitOfWork, clock, city: { timeZone: 'America/Mexico_City' } });
  await client.query('vacuum analyze contact_sum, people_sum, case_sum, arrival_sum, sum_stale');
}

const BATCH = 10_000;
const SIDE_BY_SIDE = 2;

/** As the server makes entries, many at a time. */
async function fillSearch({ db }: Database, tickets: number, tell: (line: string) => void): Promise<void> {
  let next = 0;
  const fill = async () => {
    while (next < tickets) {
      const from = next;
      next += BATCH;
      if (from % (10 * BATCH) === 0) tell(`search entries from ${from}`);
      await foldEntries(db, sql`t.number > ${from} and t.number <= ${from + BATCH}`);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, fill));
}
