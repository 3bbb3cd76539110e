import { Writable } from 'node:stream';
import type { Timers } from '../../channels/simulator/world/timers.ts';
import { type Config, readConfig } from '../../server/config.ts';
import type { ContextInput } from '../../server/context.ts';
import type { City } from '../../server/contract/city.ts';
import { createLog } from '../../server/log.ts';
import { type RunningServer, startServer } from '../../server/main.ts';
import { connectOperator, type OperatorClient } from './operator-client.ts';
import { connectResident, type ResidentClient, type ResidentOptions } from './resident-client.ts';
import { sampleCity } from './sample-city.ts';
import { createDatabase } from './services.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { createTestClock, type TestClock } from './test-clock.ts';

export const SAMPLE_PASSWORD = 'contraseña-de-prueba';

/** A whole server in this process, on a database of its own, with people who can connect to it. */
export interface ContactCentre {
  url: string;
  server: RunningServer;
  databaseUrl: string;
  clock: TestClock;
  /** What the server logged so far, a JSON line each. */
  logs(): string;
  resident(options?: ResidentOptions): Promise<ResidentClient>;
  /** Somebody of the sample city by the first part of their e-mail, signed in and connected, not available yet. */
  operator(name: string): Promise<OperatorClient>;
  stop(): Promise<void>;
}

/** Mailboxes and accounts have settings that bear their name. */
type Setting =
  | keyof Config
  | `${'IMAP' | 'SMTP' | 'TWILIO' | 'WHATSAPP' | 'MESSENGER' | 'INSTAGRAM' | 'META'}_${string}`;

export interface ContactCentreOptions {
  settings?: Partial<Record<Setting, string | number>>;
  bot?: ContextInput['bot'];
  /** By which time passes in the emulated providers. */
  simulatorTimers?: Timers;
  /** The sample city otherwise than it is. */
  change?(city: City): City;
  /** On the database of another server, which then owns it. */
  databaseUrl?: string;
  dataDir?: string;
}

/** Starts a contact centre for a test file; `stop` it in `afterAll`. */
export async function startContactCentre(options: ContactCentreOptions = {}): Promise<ContactCentre> {
  const database = options.databaseUrl ? null : await createDatabase();
  const folder = options.dataDir ? null : await temporaryFolder('centre');
  const databaseUrl = options.databaseUrl ?? database?.url ?? '';
  const config = readConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    DATABASE_URL: databaseUrl,
    DATA_DIR: options.dataDir ?? folder?.path,
    SECRET: 'a secret for tests, and for nothing else',
    SAMPLE_PASSWORD,
    LOG_LEVEL: 'debug',
    ...Object.fromEntries(Object.entries(options.settings ?? {}).map(([key, value]) => [key, String(value)])),
  });
  const { log, logs } = memoryLog();
  const clock = createTestClock();
  const city = await roundTheClock();
  const server = await startServer(config, {
    log,
    clock,
    city: options.change?.(city) ?? city,
    ...(options.simulatorTimers ? { simulatorTimers: options.simulatorTimers } : {}),
    ...(options.bot ? { bot: options.bot } : {}),
  });
  const url = server.url.replace('localhost', '127.0.0.1');
  const people: { leave(): void }[] = [];
  return {
    url,
    server,
    databaseUrl,
    clock,
    logs,
    async resident(resident = {}) {
      const client = await connectResident(url, resident);
      people.push(client);
      return client;
    },
    async operator(name) {
      const client = await connectOperator(url, `${name}@veracruz.example.org`, SAMPLE_PASSWORD);
      people.push(client);
      return client;
    },
    async stop() {
      for (const person of people) person.leave();
      await server.stop();
      await database?.drop();
      await folder?.remove();
    },
  };
}

/** The sample city with every queue open at any hour, so that a test does not depend on when it runs. */
async function roundTheClock() {
  const city = await sampleCity();
  const always = [{ from: '00:00', to: '24:00' }];
  const days = { '1': always, '2': always, '3': always, '4': always, '5': always, '6': always, '7': always };
  const queues = city.queues.map((queue) => ({
    ...queue,
    hours: { days, closedOnHolidays: false, exceptions: [] },
  }));
  return { ...city, queues };
}

function memoryLog() {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  return { log: createLog('debug', stream), logs: () => text };
}
