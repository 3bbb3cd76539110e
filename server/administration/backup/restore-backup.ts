import pg from 'pg';
import { replayErasures } from '../../data/person/erasure-list.ts';
import { migrateDatabase } from '../../database/database.ts';
import { migrations } from '../../database/migrations/index.ts';
import type { FileStore } from '../../files/file-store.ts';
import { checkBackup } from './check-backup.ts';
import { loadRows } from './load-rows.ts';
import { BackupError, type Manifest } from './manifest.ts';
import { dropAside, filesOnlyAside, setAside, takeBack } from './set-aside.ts';
import { quoted, readTables } from './tables.ts';

export interface RestoreTarget {
  databaseUrl: string;
  files: FileStore;
  /** What is there may go. */
  replace: boolean;
}

/**
 * Puts a backup in place, whole or not at all: it is checked before anything is touched, and what was there goes only
 * when everything of the backup is in and its schema is that of this program.
 * @returns also how many people are to be forgotten again, because they were after the backup was made
 * @throws BackupError with what is in the way
 */
export async function restoreBackup(
  target: RestoreTarget,
  path: string,
): Promise<{ manifest: Manifest; forgotten: number }> {
  const manifest = await checkBackup(path);
  mustKnowAll(manifest);
  const client = new pg.Client({ connectionString: target.databaseUrl, keepAlive: true });
  await client.connect();
  try {
    await mustBeAlone(client);
    if (!target.replace) await mustBeEmpty(client);
    await setAside(client);
    try {
      await migrateDatabase(target.databaseUrl, manifest.migrations);
      await loadRows(client, target.files, manifest, path);
      await migrateDatabase(target.databaseUrl);
    } catch (error) {
      await client.query('rollback');
      await takeBack(client);
      throw error;
    }
    const orphans = await filesOnlyAside(client);
    await dropAside(client);
    for (const key of orphans) await target.files.remove(key);
    const forgotten = await replayErasures(client, target.files);
    return { manifest, forgotten };
  } finally {
    await client.end();
  }
}

function mustKnowAll({ migrations: applied, version }: Manifest): void {
  const known = new Set(migrations.map(({ name }) => name));
  if (applied.every((name) => known.has(name))) return;
  throw new BackupError(`El respaldo es de una versión más nueva (${version}): instala esa versión o una posterior.`);
}

async function mustBeAlone(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(`
    select from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`);
  if (rowCount) throw new BackupError('Alguien usa esa base de datos: detén el servidor antes de restaurar.');
}

async function mustBeEmpty(client: pg.Client): Promise<void> {
  for (const { name } of await readTables(client)) {
    const { rowCount } = await client.query(`select from ${quoted(name)} limit 1`);
    if (rowCount) {
      throw new BackupError(
        'Ahí ya hay datos, y restaurar los sustituye. Si eso quieres: npm run restore -- ARCHIVO --replace',
      );
    }
  }
}
