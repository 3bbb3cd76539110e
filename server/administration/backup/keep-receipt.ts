import pg from 'pg';
import { v7 as uuid } from 'uuid';
import { bytesOf, type Manifest, rowsOf } from './manifest.ts';

/** Leaves in the installation what was done with it from outside. Older ones, which know no receipts, get none. */
export async function keepReceipt(databaseUrl: string, kind: 'backup' | 'restore', manifest: Manifest): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(`select to_regclass('receipt') is not null as known`);
    if (!rows[0]?.known) return;
    const { at, version, files, tables } = manifest;
    const details = { at, version, rows: rowsOf(manifest), tables: tables.length };
    await client.query('insert into receipt (id, kind, at, details) values ($1, $2, now(), $3)', [
      uuid(),
      kind,
      JSON.stringify({ ...details, files: files.length, bytes: bytesOf(manifest) }),
    ]);
  } finally {
    await client.end();
  }
}
