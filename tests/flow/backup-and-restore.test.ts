import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { runBackup } from '../../server/administration/backup/backup.ts';
import { runRestore } from '../../server/administration/backup/restore.ts';
import { migrateDatabase } from '../../server/database/database.ts';
import { migrations } from '../../server/database/migrations/index.ts';
import { type ContactCentre, startContactCentre } from '../support/contact-centre.ts';
import { emptyDatabase, type TestDatabase } from '../support/database.ts';
import { createDatabase } from '../support/services.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

const KEPT_OUT = ['migration', 'auth_session', 'auth_verification', 'receipt'];
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let centre: ContactCentre;
let folder: TemporaryFolder;
let running = true;
const databases: TestDatabase[] = [];

beforeAll(async () => {
  folder = await temporaryFolder('backup');
  centre = await startContactCentre({ dataDir: join(folder.path, 'here') });
});
afterAll(async () => {
  if (running) await centre.stop();
  for (const database of databases) await database.drop();
  await folder.remove();
});

describe('a backup', () => {
  test('made while people write holds one instant, whole', async () => {
    const resident = await centre.resident();
    await resident.say([{ type: 'text', text: 'Hay un bache en Lerdo' }]);
    const file = await resident.upload('bache.png', new Uint8Array(PHOTO));
    await resident.say([{ type: 'media', attachmentId: file.id }] as never);
    let writing = true;
    const crowd = Promise.all(
      Array.from({ length: 4 }, async () => {
        const person = await centre.resident();
        for (let count = 0; writing; count += 1) await person.say(`Mensaje ${count}`);
      }),
    );
    const path = join(folder.path, 'under-load.tar.gz');
    const backup = await command(runBackup, [path], here());
    writing = false;
    await crowd;

    expect(backup.code, backup.text).toBe(0);
    const there = await elsewhere('under-load');
    const restore = await command(runRestore, [path], there.env);
    expect(restore.code, restore.text).toBe(0);
    const torn = await query(
      there.url,
      `select c.id from conversation c left join message m on m.conversation_id = c.id
       group by c.id having c.last_seq <> coalesce(max(m.seq), 0) or count(m.id) <> c.last_seq`,
    );
    expect(torn).toEqual([]);
    expect(await query(there.url, `select 1 from message where parts::text like '%bache en Lerdo%'`)).toHaveLength(1);
  });

  test('restored elsewhere is equal row by row and file by file, and numbers go on from there', async () => {
    const path = join(folder.path, 'quiet.tar.gz');
    // Jobs and leases go on: what is compared is one instant, so nothing may move meanwhile.
    await centre.server.stop();
    running = false;
    const backup = await command(runBackup, [path], here());
    expect(backup.code, backup.text).toBe(0);
    const there = await elsewhere('quiet');
    const restore = await command(runRestore, [path], there.env);
    expect(restore.code, restore.text).toBe(0);

    const [before, after] = [await fingerprints(centre.databaseUrl), await fingerprints(there.url)];
    expect(after).toEqual(before);
    expect(before.message?.rows).toBeGreaterThan(5);
    for (const key of await storedKeys(there.url)) {
      expect(await readFile(join(there.env.DATA_DIR, 'files', key))).toEqual(
        await readFile(join(folder.path, 'here', 'files', key)),
      );
    }

    const again = await startContactCentre({ databaseUrl: there.url, dataDir: there.env.DATA_DIR });
    const resident = await again.resident();
    await resident.say('Sigo aquí');
    const [{ numbers, tickets }] = (await query(
      there.url,
      'select count(distinct number)::int as numbers, count(*)::int as tickets from ticket',
    )) as [{ numbers: number; tickets: number }];
    expect(numbers).toBe(tickets);
    await again.stop();
  });

  test('is never put over what is there unless told, nor when it is damaged', async () => {
    const path = join(folder.path, 'quiet.tar.gz');
    const there = await elsewhere('guarded');
    expect((await command(runRestore, [path], there.env)).code).toBe(0);
    const before = await fingerprints(there.url);

    const refused = await command(runRestore, [path], there.env);
    expect(refused).toMatchObject({ code: 1, text: expect.stringContaining('--replace') });

    const damaged = join(folder.path, 'damaged.tar.gz');
    const bytes = gunzipSync(await readFile(path));
    const at = bytes.indexOf('bache en Lerdo');
    bytes.write('BACHE', at);
    await writeFile(damaged, gzipSync(bytes));
    const broken = await command(runRestore, [damaged, '--replace'], there.env);
    expect(broken).toMatchObject({ code: 1, text: expect.stringContaining('la tabla') });
    const cut = join(folder.path, 'cut.tar.gz');
    const whole = await readFile(path);
    await writeFile(cut, whole.subarray(0, whole.length / 2));
    expect((await command(runRestore, [cut, '--check'], there.env)).code).toBe(1);
    expect(await fingerprints(there.url)).toEqual(before);

    const replaced = await command(runRestore, [path, '--replace'], there.env);
    expect(replaced.code, replaced.text).toBe(0);
    expect(await fingerprints(there.url)).toEqual(before);
  });

  test('of an older version is brought up to date', async () => {
    const old = await emptyDatabase(inject('postgresUrl'));
    databases.push(old);
    await migrateDatabase(
      old.url,
      migrations.slice(0, 6).map(({ name }) => name),
    );
    await query(old.url, `insert into setting (key, value, updated_at) values ('of-old', '"kept"', now())`);
    const path = join(folder.path, 'old.tar.gz');
    const env = { DATABASE_URL: old.url, DATA_DIR: join(folder.path, 'old') };
    expect((await command(runBackup, [path], env)).code).toBe(0);

    const there = await elsewhere('old');
    const restore = await command(runRestore, [path], there.env);
    expect(restore.code, restore.text).toBe(0);
    expect(await query(there.url, `select value from setting where key = 'of-old'`)).toEqual([{ value: 'kept' }]);
    expect(await query(there.url, 'select name from migration')).toHaveLength(migrations.length);
  });
});

const here = () => ({
  DATABASE_URL: centre.databaseUrl,
  DATA_DIR: join(folder.path, 'here'),
  SECRET: 'a secret for tests, and for nothing else',
});

async function elsewhere(name: string) {
  const database = await createDatabase();
  databases.push(database);
  const env = { DATABASE_URL: database.url, DATA_DIR: join(folder.path, `there-${name}`) };
  return { url: database.url, env };
}

async function command(run: typeof runBackup, args: string[], env: Record<string, string>) {
  let text = '';
  const code = await run(args, env, (more) => {
    text += more;
  });
  return { code, text };
}

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

const storedKeys = async (url: string) =>
  (await query(url, 'select storage_key as key from attachment')).map(({ key }) => String(key));

/** How many rows each table has, and a digest of all of them. */
async function fingerprints(url: string): Promise<Record<string, { rows: number; digest: string }>> {
  const tables = await query(
    url,
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  );
  const all: Record<string, { rows: number; digest: string }> = {};
  for (const { name } of tables) {
    if (KEPT_OUT.includes(String(name))) continue;
    const [found] = await query(
      url,
      `select count(*)::int as rows, coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '') as digest from "${name}" t`,
    );
    all[String(name)] = found as { rows: number; digest: string };
  }
  return all;
}
