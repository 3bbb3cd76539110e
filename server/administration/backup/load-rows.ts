import { finished } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { FileStore } from '../../files/file-store.ts';
import { readArchive } from './archive.ts';
import { keyOf, tableOf } from './check-backup.ts';
import { BackupError, type Manifest, type TableOfBackup } from './manifest.ts';
import { columnsOf, quoted } from './tables.ts';

/**
 * Puts rows and files of a backup where they belong, in one transaction, on a schema as it was when the backup was made.
 * @throws BackupError when not every row came in
 */
export async function loadRows(client: pg.Client, files: FileStore, manifest: Manifest, path: string): Promise<void> {
  await client.query('begin');
  // Rows refer to rows of tables that come later: what they must refer to is checked when all are there.
  const references = await dropReferences(client);
  // What triggers wrote is among the rows.
  const triggers = await tablesWithTriggers(client);
  for (const table of triggers) await client.query(`alter table ${table} disable trigger user`);
  const tables = new Map(manifest.tables.map((table) => [table.name, table]));
  // Migrations may have put rows of their own.
  if (tables.size > 0) await client.query(`truncate ${[...tables.keys()].map(quoted).join(', ')}`);

  let copy: Copy | null = null;
  for await (const { name: part, bytes } of readArchive(path)) {
    const table = tables.get(tableOf(part) ?? '');
    if (copy && copy.table !== table) {
      await copy.end();
      copy = null;
    }
    if (table) {
      copy ??= beginCopy(client, table);
      await copy.write(bytes);
    }
    const key = keyOf(part);
    if (key) await files.put(key, bytes, 'application/octet-stream');
  }

  for (const { table, constraint, definition } of references) {
    await client.query(`alter table ${table} add constraint ${constraint} ${definition}`);
  }
  for (const table of triggers) await client.query(`alter table ${table} enable trigger user`);
  for (const { table, column, last } of manifest.sequences) {
    const sequence = 'setval(pg_get_serial_sequence($1, $2), $3, $4)';
    await client.query(`select ${sequence}`, [quoted(table), column, last ?? 1, last !== null]);
  }
  await client.query('commit');
}

interface Copy {
  table: TableOfBackup;
  write(bytes: Buffer): Promise<void>;
  end(): Promise<void>;
}

function beginCopy(client: pg.Client, table: TableOfBackup): Copy {
  const stream = client.query(copyFrom(`copy ${columnsOf(table)} from stdin`));
  const ended = finished(stream);
  // A refusal may come between two writes: the next one tells of it.
  ended.catch(() => undefined);
  return {
    table,
    async write(bytes) {
      const taken = new Promise<void>((resolve, reject) => {
        stream.write(bytes, (error) => (error ? reject(error) : resolve()));
      });
      await Promise.race([taken, ended]);
    },
    async end() {
      stream.end();
      await ended;
      if (stream.rowCount === table.rows) return;
      throw new BackupError(`De ${table.name} entraron ${stream.rowCount} filas de ${table.rows}.`);
    },
  };
}

interface Reference {
  table: string;
  constraint: string;
  definition: string;
}

async function dropReferences(client: pg.Client): Promise<Reference[]> {
  const { rows } = await client.query<Reference>(`
    select conrelid::regclass::text as table, quote_ident(conname) as constraint, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace`);
  for (const { table, constraint } of rows) await client.query(`alter table ${table} drop constraint ${constraint}`);
  return rows;
}

async function tablesWithTriggers(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ table: string }>(`
    select distinct tgrelid::regclass::text as table
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not tgisinternal and c.relnamespace = 'public'::regnamespace`);
  return rows.map(({ table }) => table);
}
