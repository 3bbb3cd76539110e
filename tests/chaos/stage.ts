import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { createSimulator, type Simulator } from '../../channels/simulator/create-simulator.ts';
import { loadCity } from '../../server/city/load-city.ts';
import type { MetaSettings, TwilioSettings } from '../../server/contract/messaging.ts';
import { freePort } from '../../server/database/free-port.ts';
import { databaseName } from '../../server/database/postgres-cluster.ts';
import { readPostmaster, stopPostmaster } from '../../server/database/postmaster.ts';
import { removeAbandonedRuns } from '../support/abandoned-runs.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { INLET_TOKEN } from '../support/mail.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { runServer, type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';
import type { Fault, FaultKind } from './faults.ts';
import { openTelephoneCompany, type TelephoneCompany } from './telephone-company.ts';

export type Backend = 'postgresql' | 'redis';
export const PASSWORD = 'contraseña-de-prueba';
export const MAILBOXES = ['atencion', 'transparencia'] as const;

/** The real program on its own PostgreSQL, as `npm start` runs it, and the faults that can befall it. */
export interface Stage {
  url: string;
  dovecot: Dovecot;
  mailServer: MailServer;
  /** The city's accounts at the emulated providers. */
  accounts: { sms: TwilioSettings; whatsapp: MetaSettings };
  /** Who carries the city's calls. */
  telephones: TelephoneCompany;
  /** Ids of the messages that these providers took from the city. */
  taken(): string[];
  /** Resolves once everything runs again. */
  strike(fault: Fault): Promise<void>;
  /** How often the server, once ready, ended without being told to. */
  crashes(): number;
  query<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  logs(): string;
  stop(): Promise<void>;
}

export async function openStage(backend: Backend): Promise<Stage> {
  await removeAbandonedRuns('linea-chaos-');
  const folder = await temporaryFolder('chaos');
  const redis: TestRedis | null = backend === 'redis' ? await startRedis() : null;
  const [dovecot, mailServer] = await Promise.all([startDovecot(), startMailServer()]);
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const { simulator, accounts } = await startProviders(publicUrl);
  const telephones = await openTelephoneCompany(publicUrl);
  const env: Record<string, string> = {
    DATA_DIR: folder.path,
    PUBLIC_URL: publicUrl,
    SIMULATOR: 'off',
    ...settingsFor(accounts),
    ...lineSettings(telephones.settings),
    SAMPLE_PASSWORD: PASSWORD,
    LOG_LEVEL: 'warn',
    PRESENCE_LEASE_SECONDS: '4',
    REASSIGN_AFTER_SECONDS: '4',
    DECLINE_COOLDOWN_SECONDS: '3',
    CHAT_MESSAGES_PER_SECOND: '1000',
    CHAT_MESSAGES_PER_SECOND_PER_ADDRESS: '10000',
    ...asText(dovecot.settings),
    ...asText(mailServer.settings),
    MAIL_INLET_TOKEN: INLET_TOKEN,
    MAIL_CHECK_SENDERS: 'false',
    ...(redis ? { REDIS_URL: redis.url } : {}),
  };
  const start = () => startServerProcess({ port, env, timeout: 90_000 });
  let server: ServerProcess = await start();
  let crashes = 0;
  const cluster = path.join(folder.path, 'postgres');

  async function signalDatabase(signal: NodeJS.Signals): Promise<void> {
    const running = await readPostmaster(cluster);
    if (!running) return;
    process.kill(running.pid, signal);
    // Whoever watches over it starts it again; the next fault waits until it answers.
    await until(
      async () => {
        const now = await readPostmaster(cluster);
        return now?.ready && now.pid !== running.pid;
      },
      { timeout: 60_000, what: 'the database after its fault' },
    );
  }

  async function query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const running = await readPostmaster(cluster);
    const password = (await readFile(path.join(folder.path, 'postgres.password'), 'utf8')).trim();
    const client = new pg.Client({
      host: '127.0.0.1',
      port: running?.port ?? 0,
      user: databaseName,
      database: databaseName,
      password,
    });
    client.on('error', () => {});
    await client.connect();
    try {
      return (await client.query<Row>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** What a dead server still holds would be free in less than a minute, which is longer than many a run. */
  async function freeHeld(): Promise<void> {
    // Rows that somebody has in hand are held by the living.
    await query(`update mailbox set held_until = now()
      where id in (select id from mailbox for update skip locked)`);
    await query(`update call set look_at = now()
      where id in (select id from call where ended_at is null for update skip locked)`);
    await query(`update message set claimed_until = now()
      where id in (select id from message where status = 'queued' for update skip locked)`);
  }

  async function reviveIfEnded(): Promise<void> {
    if (isAlive(server.pid)) return;
    crashes += 1;
    server = await start();
  }

  // A queue that keeps office hours would rightly keep people waiting until they begin.
  await query(`update queue set hours = (select hours from queue where is_default)`);

  const faults: Record<FaultKind, (fault: Fault) => Promise<void>> = {
    async 'kill server'() {
      await server.kill();
      await freeHeld();
      server = await start();
    },
    async 'kill server while it starts'({ intoStartMs }) {
      await server.kill();
      const early = await runServer({ ...env, HOST: '127.0.0.1', PORT: String(port) });
      await pause(intoStartMs);
      await early.end('SIGKILL');
      await freeHeld();
      server = await start();
    },
    async 'kill server and database'() {
      await server.kill();
      const running = await readPostmaster(cluster);
      if (running) process.kill(running.pid, 'SIGKILL');
      server = await start();
      await freeHeld();
    },
    async 'restart database'() {
      await signalDatabase('SIGINT');
      await freeHeld();
    },
    async 'kill database'() {
      await signalDatabase('SIGKILL');
      await freeHeld();
    },
    async 'empty job store'() {
      if (redis) return redis.empty();
      const tables = await query<{ tablename: string }>(
        `select tablename from pg_tables where schemaname = 'bullmq' and tablename not like '%migration%'`,
      );
      const names = tables.map(({ tablename }) => `bullmq."${tablename}"`).join(', ');
      // Workers take these tables in an order of their own: the database may have to choose who goes first.
      await until(async () => [await query(`truncate ${names} cascade`)], {
        timeout: 60_000,
        what: 'the empty job store',
      });
    },
  };

  return {
    url: server.url,
    dovecot,
    mailServer,
    accounts,
    telephones,
    taken: () => simulator.messages().flatMap(({ id, from }) => (from === 'city' ? [id] : [])),
    query,
    async strike(fault) {
      await reviveIfEnded();
      await faults[fault.kind](fault);
      await reviveIfEnded();
    },
    crashes: () => crashes,
    logs: () => server.logs(),
    async stop() {
      await server.stop();
      const orphan = await readPostmaster(cluster);
      if (orphan) await stopPostmaster(orphan.pid, cluster);
      await redis?.stop();
      await Promise.all([dovecot.stop(), mailServer.stop(), simulator.stop(), telephones.stop()]);
      await folder.remove();
    },
  };
}

/** Twilio and Meta, outside of what is killed. They take everybody for having just written. */
async function startProviders(serverUrl: string): Promise<{ simulator: Simulator; accounts: Stage['accounts'] }> {
  const simulator = await createSimulator({ serverUrl, forgot: true });
  const city = await loadCity(path.resolve(import.meta.dirname, '../../cities/veracruz'));
  const settings = (id: string) => {
    const account = city.accounts.find((one) => one.id === id);
    if (!account) throw new Error(`The sample city has no account ${id}`);
    return simulator.settingsFor(account);
  };
  const [sms, whatsapp] = [settings('sms'), settings('whatsapp')];
  if (sms.provider !== 'twilio' || whatsapp.provider !== 'meta') throw new Error('The sample city moved its accounts');
  return { simulator, accounts: { sms, whatsapp } };
}

const settingsFor = ({ sms, whatsapp }: Stage['accounts']): Record<string, string> => ({
  TWILIO_SMS_ACCOUNT_SID: sms.accountSid,
  TWILIO_SMS_AUTH_TOKEN: sms.authToken,
  TWILIO_API_URL: sms.apiUrl,
  WHATSAPP_PHONE_NUMBER_ID: whatsapp.objectId,
  WHATSAPP_BUSINESS_ACCOUNT_ID: whatsapp.businessAccountId ?? '',
  WHATSAPP_ACCESS_TOKEN: whatsapp.accessToken,
  WHATSAPP_APP_SECRET: whatsapp.appSecret,
  WHATSAPP_VERIFY_TOKEN: whatsapp.verifyToken,
  META_GRAPH_URL: whatsapp.graphUrl,
});

const lineSettings = ({ accountSid, authToken, apiUrl, apiKey }: TwilioSettings): Record<string, string> => ({
  TWILIO_VOZ_ACCOUNT_SID: accountSid,
  TWILIO_VOZ_AUTH_TOKEN: authToken,
  TWILIO_VOZ_API_URL: apiUrl,
  ...(apiKey ? { TWILIO_VOZ_API_KEY_SID: apiKey.sid, TWILIO_VOZ_API_KEY_SECRET: apiKey.secret } : {}),
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const asText = (settings: Record<string, string | number>): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)]));
