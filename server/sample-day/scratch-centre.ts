import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadCity } from '../city/load-city.ts';
import { readConfig } from '../config.ts';
import type { City } from '../contract/city.ts';
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts';
import { knowStatements } from '../database/known-statements.ts';
import { createSteppedJobStore, type SteppedJobStore } from '../jobs/stepped-job-store.ts';
import { createLog } from '../log.ts';
import { type RunningServer, startServer } from '../main.ts';
import { startMailSink } from './mail-sink.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A whole contact centre of its own: a database that nobody needs afterwards, and time that somebody else moves. */
export interface ScratchCentre {
  server: RunningServer;
  jobs: SteppedJobStore;
  databaseUrl: string;
  url: string;
  city: City;
  password: string;
  mailToken: string;
  stop(): Promise<void>;
}

export interface ScratchOptions {
  time: VirtualTime;
  /** A folder of `cities/`. */
  city: string;
  /** The city otherwise than it is. */
  change(city: City): City;
  /** A PostgreSQL to make the database on; absent: one of its own, in a temporary folder. */
  postgresUrl?: string | undefined;
  logLevel?: 'warn' | 'error' | 'silent';
}

/** Nothing of it has to survive a power cut. */
const postgresSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
/** PostgreSQL, run as its own user, must get to its folder. */
const OPEN_FOLDER = 0o711;

export async function startScratchCentre(options: ScratchOptions): Promise<ScratchCentre> {
  const { time } = options;
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const work of undo.reverse()) await work();
  };
  try {
    const folder = await temporaryFolder();
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const database = await scratchDatabase(folder, options.postgresUrl);
    undo.push(database.drop);
    const sink = await startMailSink();
    undo.push(() => sink.stop());

    const password = randomBytes(12).toString('hex');
    const mailToken = randomBytes(12).toString('hex');
    const log = createLog(options.logLevel ?? 'error', process.stderr);
    const jobs = createSteppedJobStore(time, log);
    const config = readConfig({
      HOST: '127.0.0.1',
      PORT: '0',
      DATABASE_URL: database.url,
      DATA_DIR: folder,
      CITY: options.city,
      SECRET: randomBytes(32).toString('hex'),
      SAMPLE_PASSWORD: password,
      // Each person sits at an address of their own.
      TRUST_PROXY: 'true',
      PRESENCE_LEASE_SECONDS: String(LEASE_SECONDS),
      CHAT_MESSAGES_PER_SECOND_PER_ADDRESS: '1000000',
      CHAT_CONNECTIONS_PER_ADDRESS: '200000',
      MAIL_CHECK_SENDERS: 'false',
      MAIL_INLET_TOKEN: mailToken,
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(sink.port),
    });
    const city = options.change(await loadCity(join(config.root, 'cities', options.city)));
    const server = await startServer(config, {
      log,
      clock: time,
      jobs,
      city,
      stepped: true,
      onPool: knowStatements,
      simulatorTimers: { after: (seconds, work) => time.after(seconds, work) },
    });
    undo.push(() => server.stop());
    const url = server.url.replace('localhost', '127.0.0.1');
    return { server, jobs, databaseUrl: database.url, url, city, password, mailToken, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** How long the server believes that somebody is there who says nothing. */
export const LEASE_SECONDS = 600;

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'linea-sample-day-'));
  await chmod(folder, OPEN_FOLDER);
  return folder;
}

async function scratchDatabase(
  folder: string,
  postgresUrl: string | undefined,
): Promise<{ url: string; drop(): Promise<void> }> {
  if (!postgresUrl) {
    const postgres = await startEmbeddedPostgres({ dataDir: folder, log: () => {}, settings: postgresSettings });
    return { url: postgres.url, drop: () => postgres.stop() };
  }
  const name = `sample_day_${randomBytes(6).toString('hex')}`;
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  await execute(postgresUrl, `create database ${name}`);
  return { url: url.href, drop: () => execute(postgresUrl, `drop database if exists ${name} with (force)`) };
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
