import type { Selectable } from 'kysely';
import type { Db, Tables } from '../database/database.ts';

/** What the console edits of a city beside its articles. */
export type ContentKind = 'service' | 'department' | 'phrase';
export type ContentRow = Selectable<Tables['content_version']>;

/** Of everything that was edited the version that counts. */
export function newestContent(db: Db): Promise<ContentRow[]> {
  return db
    .selectFrom('content_version')
    .selectAll()
    .distinctOn(['kind', 'id'])
    .orderBy('kind')
    .orderBy('id')
    .orderBy('version', 'desc')
    .execute();
}

/** Every version of one thing, newest first. */
export function versionsOf(db: Db, kind: ContentKind, id: string): Promise<ContentRow[]> {
  return db
    .selectFrom('content_version')
    .selectAll()
    .where('kind', '=', kind)
    .where('id', '=', id)
    .orderBy('version', 'desc')
    .execute();
}
