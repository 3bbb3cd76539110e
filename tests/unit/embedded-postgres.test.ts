import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataDirectoryInUseError } from '../../server/database/data-directory-lock.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../server/database/embedded-postgres.ts';
import { readPostmaster, waitUntilGone } from '../../server/database/postmaster.ts';
import { startProcess } from '../support/child-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

const holder = path.resolve(import.meta.dirname, '../support/postgres-holder.ts');
const settings = { fsync: 'off' };

describe('embedded PostgreSQL', () => {
  let folder: TemporaryFolder;
  let dataDir: string;
  let running: EmbeddedPostgres | undefined;

  const start = async () => {
    running = await startEmbeddedPostgres({ dataDir, log: () => {}, settings });
    return running;
  };

  beforeEach(async () => {
    folder = await temporaryFolder('postgres');
    await chmod(folder.path, 0o711);
    dataDir = path.join(folder.path, 'data');
  });

  afterEach(async () => {
    await running?.stop();
    running = undefined;
    await folder.remove();
  });

  test('keeps its data from one start to the next, and its password to itself', async () => {
    const first = await start();
    await query(first.url, 'create table note (text text)');
    await query(first.url, `insert into note values ('bache en Zaragoza')`);
    await first.stop();

    const second = await start();
    expect(await query(second.url, 'select text from note')).toEqual([{ text: 'bache en Zaragoza' }]);
    const password = path.join(dataDir, 'postgres.password');
    expect((await stat(password)).mode & 0o077).toBe(0);
    expect(new URL(second.url).password).toBe((await readFile(password, 'utf8')).trim());
    const wrong = second.url.replace(/:[^:@]+@/, ':wrong@');
    await expect(query(wrong, 'select 1')).rejects.toThrow(/password authentication failed/);
  });

  test('listens on this machine only, writes durably and reads Spanish letters as letters', async () => {
    const { url } = await startEmbeddedPostgres({ dataDir, log: () => {} }).then((postgres) => (running = postgres));
    const shown = await query(
      url,
      `select current_setting('listen_addresses') addresses, current_setting('fsync') fsync,
              current_setting('synchronous_commit') commit, current_setting('server_encoding') encoding,
              upper('ñandú') upper, 'Ñ' ~ '^\\w$' letter`,
    );
    expect(shown).toEqual([
      { addresses: '127.0.0.1', fsync: 'on', commit: 'on', encoding: 'UTF8', upper: 'ÑANDÚ', letter: true },
    ]);
  });

  test('goes on whole when its server is killed, and the next server adopts it', async () => {
    const server = await startProcess(process.execPath, [holder, dataDir], {});
    const url = await until(() => /holding (\S+)/.exec(server.output())?.[1], { what: server.output() });
    await query(url, 'create table note (text text)');
    await server.end('SIGKILL');

    const next = await start();
    expect(next).toMatchObject({ adopted: true, url });
    expect(await query(next.url, 'select text from note')).toEqual([]);
  });

  test('is left alone by a second server, which names the first', async () => {
    const server = await startProcess(process.execPath, [holder, dataDir], {});
    const url = await until(() => /holding (\S+)/.exec(server.output())?.[1], { what: server.output() });

    const refusal = await start().catch((error) => error);
    expect(refusal).toBeInstanceOf(DataDirectoryInUseError);
    expect(refusal.message).toBe(
      `Another server (pid ${server.pid}) is using DATA_DIR ${dataDir}; nothing was touched.`,
    );
    expect(await query(url, 'select 1 one')).toEqual([{ one: 1 }]);
    await server.end('SIGKILL');
    await start();
  });

  test('lets one of two servers that start at once win', async () => {
    const outcomes = await Promise.all([1, 2].map(() => startProcess(process.execPath, [holder, dataDir], {}))).then(
      async (servers) => {
        await until(() => servers.some((server) => server.output().includes('holding')));
        await until(() => servers.some((server) => server.hasEnded()));
        for (const server of servers) await server.end('SIGKILL');
        return servers.map((server) => (server.output().includes('holding') ? 'holds' : 'refused'));
      },
    );
    expect(outcomes.sort()).toEqual(['holds', 'refused']);
    await start();
  });

  test('is started again on the same address when it dies', async () => {
    const { url } = await start();
    const postmaster = await readPostmaster(path.join(dataDir, 'postgres'));
    process.kill(postmaster?.pid ?? 0, 'SIGKILL');
    await waitUntilGone(postmaster?.pid ?? 0, path.join(dataDir, 'postgres'), 10_000);
    expect(await until(() => query(url, 'select 1 one'))).toEqual([{ one: 1 }]);
  });

  test('starts over when its creation was cut short', async () => {
    await mkdir(path.join(dataDir, 'postgres.new', 'cluster', 'base'), { recursive: true });
    await writeFile(path.join(dataDir, 'postgres.new', 'cluster', 'PG_VERSION'), '18\n');
    await writeFile(path.join(dataDir, 'postgres.password'), 'of-the-lost-cluster\n');
    const { url } = await start();
    expect(await query(url, 'select 1 one')).toEqual([{ one: 1 }]);
  });

  test('starts although the pid that a crash left now belongs to another program', async () => {
    await (await start()).stop();
    const pidFile = path.join(dataDir, 'postgres', 'postmaster.pid');
    await writeFile(pidFile, `${process.pid}\n${dataDir}/postgres\n1\n5432\n\n127.0.0.1\n1 1\nready   \n`);
    const { adopted } = await start();
    expect(adopted).toBe(false);
  });

  test('says what PostgreSQL said when it cannot start, and frees the data directory', async () => {
    const broken = startEmbeddedPostgres({ dataDir, log: () => {}, settings: { max_connections: 'many' } });
    await expect(broken).rejects.toThrow(/max_connections/);
    await start();
  });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
