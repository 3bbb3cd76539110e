import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Config } from '../../config.ts';
import { type DayLine, dayLineSchema, type ProgressLine } from './day-lines.ts';

/** A day that is being played by a process of its own. */
export interface PlayedDay {
  /** Resolves when it has been played to its end. @param heard how far it is */
  whilePlaying(heard: (progress: ProgressLine) => Promise<void>): Promise<void>;
  /** Then: its rows, in an order in which each finds what it refers to. */
  rows(
    take: (table: string, rows: Record<string, unknown>[]) => Promise<void>,
  ): Promise<{ contacts: number; cases: number }>;
  /** It is not wanted any more. */
  stop(): void;
}

/** Where the tools are by which PostgreSQL runs as its own user. */
const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const KEPT_OF_A_FAULT = 2_000;

/**
 * Plays a day beside this server, which goes on serving. The child gets none of this installation's settings: it has a
 * database of its own, emulated providers, and knows of nobody real.
 */
export function playDay({
  config,
  seed,
  from,
  until,
  scale,
}: {
  config: Pick<Config, 'root' | 'CITY'>;
  seed: number;
  from: Date;
  until: Date;
  /** Share of the city's contacts and people. */
  scale: number;
}): PlayedDay {
  const hours = (until.getTime() - from.getTime()) / 3_600_000;
  const child = spawn(
    process.execPath,
    [
      join(config.root, 'server/simulate.ts'),
      ...['--day', '--rows', '--seed', String(seed), '--city', config.CITY, '--scale', String(scale)],
      ...['--from', from.toISOString(), '--hours', String(hours)],
    ],
    { cwd: config.root, env: { PATH: SYSTEM_PATH }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let fault = '';
  child.stderr.on('data', (text) => {
    fault = `${fault}${text}`.slice(-KEPT_OF_A_FAULT);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let first: DayLine | null = null;

  async function next(): Promise<DayLine> {
    const { value, done } = await lines.next();
    if (done) throw new Error(`The day was not played to its end. ${fault}`);
    return dayLineSchema.parse(JSON.parse(value));
  }

  return {
    async whilePlaying(heard) {
      for (first = await next(); first.line === 'progress'; first = await next()) await heard(first);
    },
    async rows(take) {
      for (let line = first ?? (await next()); ; line = await next()) {
        if (line.line === 'rows') await take(line.table, line.rows);
        if (line.line === 'end') return { contacts: line.contacts, cases: line.cases };
      }
    },
    stop: () => void child.kill(),
  };
}
