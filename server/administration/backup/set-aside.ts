import type pg from 'pg';

/** Where what was there waits until the restore has come to its end. */
const ASIDE = 'before_restore';

/**
 * Makes room without losing anything: the tables move to a schema beside. Whatever an earlier restore left half done
 * is dropped, since what was there before it is still aside.
 */
export async function setAside(client: pg.Client): Promise<void> {
  await inOneStep(client, async () => {
    if (await exists(client, ASIDE)) {
      await moveExtensions(client, 'public', ASIDE);
      await client.query('drop schema public cascade');
    } else {
      await client.query(`alter schema public rename to ${ASIDE}`);
    }
    await client.query('create schema public');
    await moveExtensions(client, ASIDE, 'public');
  });
}

/** Back to how it was before `setAside`. */
export async function takeBack(client: pg.Client): Promise<void> {
  await inOneStep(client, async () => {
    await moveExtensions(client, 'public', ASIDE);
    await client.query('drop schema public cascade');
    await client.query(`alter schema ${ASIDE} rename to public`);
  });
}

/** @returns keys of files that only what was there knew */
export async function filesOnlyAside(client: pg.Client): Promise<string[]> {
  const { rows: there } = await client.query(`select to_regclass('${ASIDE}.attachment') is not null as known`);
  if (!there[0]?.known) return [];
  const { rows } = await client.query<{ key: string }>(`
    select storage_key as key from ${ASIDE}.attachment
    except select storage_key from public.attachment`);
  return rows.map(({ key }) => key);
}

/** What was there is gone for good, and with it the jobs that pointed at it. */
export async function dropAside(client: pg.Client): Promise<void> {
  await inOneStep(client, async () => {
    await client.query(`drop schema ${ASIDE} cascade`);
    await client.query('drop schema if exists bullmq cascade');
  });
}

async function exists(client: pg.Client, schema: string): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_namespace where nspname = $1', [schema]);
  return rowCount === 1;
}

/** An extension belongs to the database; a new schema finds its types and operators only beside its tables. */
async function moveExtensions(client: pg.Client, from: string, to: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    'select quote_ident(extname) as name from pg_extension e join pg_namespace n on n.oid = e.extnamespace where nspname = $1',
    [from],
  );
  for (const { name } of rows) await client.query(`alter extension ${name} set schema ${to}`);
}

async function inOneStep(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
