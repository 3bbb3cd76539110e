import { createHash } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { FileStore } from '../../files/file-store.ts';
import { VERSION } from '../../version.ts';
import { type ArchiveWriter, writeArchive } from './archive.ts';
import { FORMAT, MANIFEST_NAME, type Manifest, type TableOfBackup } from './manifest.ts';
import type { SettingsOfBackup } from './settings-of-backup.ts';
import { columnsOf, readMigrations, readSequences, readTables } from './tables.ts';

/** Of a table, at once in memory. */
const PART_BYTES = 4 * 1024 * 1024;

export interface BackupSource {
  databaseUrl: string;
  files: FileStore;
  city: string;
  settings: SettingsOfBackup;
}

/**
 * Writes everything into one file at `path`: every row of one instant, however much is written meanwhile, and the files.
 * What is at `path` already is replaced once the new one is whole.
 */
export async function createBackup(source: BackupSource, path: string): Promise<Manifest> {
  const client = new pg.Client({ connectionString: source.databaseUrl, keepAlive: true });
  await client.connect();
  const partial = `${path}.partial`;
  const archive = writeArchive(partial);
  try {
    await client.query('begin isolation level repeatable read, read only');
    const { rows } = await client.query<{ now: Date }>('select now()');
    const migrations = await readMigrations(client);
    const sequences = await readSequences(client);
    const tables: TableOfBackup[] = [];
    for (const table of await readTables(client)) tables.push(await addTable(client, archive, table));
    await client.query('commit');
    // After the rows: bytes are stored before anybody is told of them, so every file of that instant is there.
    const { files, missing } = await addFiles(source.files, archive);
    const manifest: Manifest = {
      format: FORMAT,
      version: VERSION,
      city: source.city,
      at: (rows[0]?.now ?? new Date()).toISOString(),
      migrations,
      tables,
      sequences,
      files,
      missing,
      ...source.settings,
    };
    await archive.add(MANIFEST_NAME, Buffer.from(JSON.stringify(manifest)));
    await archive.end();
    await rename(partial, path);
    return manifest;
  } catch (error) {
    archive.abort();
    await rm(partial, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function addTable(
  client: pg.Client,
  archive: ArchiveWriter,
  table: { name: string; columns: string[] },
): Promise<TableOfBackup> {
  const stream = client.query(copyTo(`copy ${columnsOf(table)} to stdout`));
  const hash = createHash('sha256');
  let held: Buffer[] = [];
  let size = 0;
  let part = 0;
  const flush = async () => {
    if (size === 0) return;
    await archive.add(`tables/${table.name}/${String(part).padStart(6, '0')}.copy`, Buffer.concat(held));
    part += 1;
    held = [];
    size = 0;
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk);
    held.push(chunk);
    size += chunk.length;
    if (size >= PART_BYTES) await flush();
  }
  await flush();
  return { ...table, rows: stream.rowCount, sha256: hash.digest('hex') };
}

async function addFiles(store: FileStore, archive: ArchiveWriter): Promise<Pick<Manifest, 'files' | 'missing'>> {
  const files: Manifest['files'] = [];
  const missing: string[] = [];
  for await (const key of store.keys()) {
    const bytes = await store
      .read(key)
      .then(buffer)
      .catch(() => null);
    if (!bytes) {
      missing.push(key);
      continue;
    }
    await archive.add(`files/${key}`, bytes);
    files.push({ key, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  }
  return { files, missing };
}
