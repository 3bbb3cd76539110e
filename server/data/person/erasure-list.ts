import type pg from 'pg';
import { v7 as uuid } from 'uuid';
import type { FileStore } from '../../files/file-store.ts';

const FOLDER = 'erasures/';
const ID = /^erasures\/([0-9a-f-]{36})$/;

/**
 * Beside the database, because a backup that is put in place replaces it: who was forgotten, by an id that means
 * nothing anywhere else.
 */
export async function rememberErasure(files: FileStore, people: readonly string[]): Promise<void> {
  for (const id of people) await files.put(`${FOLDER}${id}`, Buffer.from('erased\n'), 'text/plain');
}

/**
 * After a backup was put in place: whoever was forgotten since it was made is to be forgotten again, at once.
 * @returns how many people
 */
export async function replayErasures(client: pg.Client, files: FileStore): Promise<number> {
  const ids: string[] = [];
  for await (const key of files.keys()) {
    const [, id] = ID.exec(key) ?? [];
    if (id) ids.push(id);
  }
  if (ids.length === 0) return 0;
  // Whoever turned out to be somebody else goes with that person.
  const { rows } = await client.query<{ id: string }>(
    'select id from citizen where id = any($1) and erased_at is null and merged_into is null',
    [ids],
  );
  for (const { id } of rows) {
    await client.query(
      `insert into subject_request (id, kind, citizen_id, state, asked_by, asked_by_name, asked_at, respond_by,
        confirmed_at, erase_after, heard_at)
      values ($1, 'cancellation', $2, 'grace', 'restore', 'npm run restore', now(), now()::date, now(), now(), now())
      on conflict do nothing`,
      [uuid(), id],
    );
  }
  return rows.length;
}
