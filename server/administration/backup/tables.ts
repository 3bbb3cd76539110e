import type pg from 'pg';
import type { Manifest } from './manifest.ts';

/** Whoever was signed in signs in again after a restore: a backup must open no door. */
const LEFT_OUT = new Set(['migration', 'auth_session', 'auth_verification']);

/** Every table with its columns, less those that PostgreSQL works out by itself. */
export async function readTables(client: pg.Client): Promise<{ name: string; columns: string[] }[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    group by c.relname order by c.relname`);
  return rows.filter(({ name }) => !LEFT_OUT.has(name));
}

/** Where each column that numbers its rows stands. */
export async function readSequences(client: pg.Client): Promise<Manifest['sequences']> {
  const { rows } = await client.query<{ table: string; column: string; sequence: string }>(`
    select c.relname as table, a.attname as column, pg_get_serial_sequence(quote_ident(c.relname), a.attname) as sequence
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migration'
      and pg_get_serial_sequence(quote_ident(c.relname), a.attname) is not null
    order by 1, 2`);
  const sequences: Manifest['sequences'] = [];
  for (const { table, column, sequence } of rows) {
    const found = await client.query<{ last: string | null }>(
      `select case when is_called then last_value end as last from ${sequence}`,
    );
    const last = found.rows[0]?.last;
    sequences.push({ table, column, last: last == null ? null : Number(last) });
  }
  return sequences;
}

export async function readMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from migration order by id');
  return rows.map(({ name }) => name);
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `"table" ("column", …)`, as COPY takes it. */
export const columnsOf = ({ name, columns }: { name: string; columns: readonly string[] }): string =>
  `${quoted(name)} (${columns.map(quoted).join(', ')})`;
