import { buffer } from 'node:stream/consumers';
import { type Zippable, zipSync } from 'fflate';
import { sql } from 'kysely';
import { giveReceipt } from '../../administration/receipts.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import { addSeconds } from '../../clock.ts';
import type { AppContext } from '../../context.ts';
import { EXPORT_DAYS } from '../../contract/data-words.ts';
import type { Db } from '../../database/database.ts';
import { exportPage, type PersonData } from './export-page.ts';
import { filesOf, type PersonFile, rawMailsOf } from './person-files.ts';
import { type PersonalRows, personalRows } from './personal-rows.ts';
import { type PersonScope, scopeOf } from './scope.ts';

type Parts = Pick<AppContext, 'database' | 'unitOfWork' | 'files' | 'city' | 'clock'>;

const DAY_SECONDS = 86_400;

/**
 * Puts everything that is held about a person into one ZIP: a page to read, the same as JSON, and the files. Done again
 * it makes the same file anew.
 */
export async function exportPerson(parts: Parts, requestId: string): Promise<void> {
  const { database, unitOfWork, files } = parts;
  const { db } = database;
  const request = await db.selectFrom('subject_request').selectAll().where('id', '=', requestId).executeTakeFirst();
  if (request?.state !== 'preparing') return;
  const scope = await scopeOf(db, request.citizen_id);
  const data = await collect(parts, scope);
  const bytes = zipSync({
    'leeme.html': Buffer.from(exportPage(data)),
    'datos.json': Buffer.from(JSON.stringify(data, null, 1)),
    ...(await filesIn(parts, scope, data.files)),
  });
  const key = `exports/${requestId}.zip`;
  await files.put(key, bytes, 'application/zip');
  await unitOfWork(async (unit) => {
    const { tx, now } = unit;
    const made = await tx
      .updateTable('subject_request')
      .set({
        state: 'ready',
        export_key: key,
        export_bytes: bytes.length,
        export_expires_at: addSeconds(now, EXPORT_DAYS * DAY_SECONDS),
        finished_at: now,
        heard_at: now,
      })
      .where('id', '=', requestId)
      .where('state', '=', 'preparing')
      .returning('id')
      .executeTakeFirst();
    if (!made) return;
    const origin = { actor: { id: request.asked_by, name: request.asked_by_name }, address: null, requestId: null };
    const rows = Object.fromEntries(data.sections.map(({ table, rows: found }) => [table, found.length]));
    await giveReceipt(unit, origin, 'export', {
      request: requestId,
      rows,
      files: data.files.length,
      bytes: bytes.length,
    });
    await recordAudit(unit, origin, { action: 'citizen.exported', target: request.citizen_id });
  });
}

async function collect({ database, city, clock }: Parts, scope: PersonScope): Promise<PersonData> {
  const { db } = database;
  const own: PersonalRows[] = [
    whole('citizen', 'La persona', ({ people }) => sql`t.id = any(${people})`, ['merged_into']),
    whole('identity', 'Cómo se le conoce', ({ people }) => sql`t.citizen_id = any(${people})`),
    whole('conversation', 'Conversaciones y aviso de privacidad', ({ people }) => sql`t.citizen_id = any(${people})`),
    whole('subject_request', 'Solicitudes sobre sus datos', ({ people }) => sql`t.citizen_id = any(${people})`, [
      'export_key',
      'link_hash',
      'link_until',
      'under_way',
    ]),
  ];
  const sections: PersonData['sections'] = [];
  for (const kind of [...own, ...personalRows]) {
    const rows = await read(db, kind, scope);
    if (rows.length > 0) sections.push({ table: kind.table, title: kind.title, rows });
  }
  const found = await filesOf(db, scope);
  const mails = await rawMailsOf(db, scope);
  return {
    city: city.name,
    contactName: city.contactName,
    timeZone: city.timeZone,
    madeAt: clock.now().toISOString(),
    sections,
    files: [
      ...found.map((file) => ({ id: file.id, name: file.name, path: pathOf(file), size: file.size })),
      ...mails.map((key) => ({
        id: key,
        name: key.replace('mail/', ''),
        path: key.replace('mail/', 'correos/'),
        size: 0,
      })),
    ],
  };
}

const whole = (table: string, title: string, of: PersonalRows['of'], hidden: readonly string[] = []): PersonalRows => ({
  table,
  title,
  of,
  erased: 'gone',
  hidden,
});

async function read(db: Db, { table, of, hidden = [] }: PersonalRows, scope: PersonScope) {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(t) - ${[...hidden]}::text[] as row from ${sql.table(table)} t where ${of(scope)}
    order by to_jsonb(t) ->> 'created_at', to_jsonb(t) ->> 'at', to_jsonb(t) ->> 'id'`.execute(db);
  return rows.map(({ row }) => row);
}

const pathOf = ({ id, name }: Pick<PersonFile, 'id' | 'name'>): string =>
  `archivos/${id.slice(0, 8)}-${name.replace(/[^\p{L}\p{N}._-]+/gu, '_')}`;

/** Pictures and sound are packed already: they are stored as they are. */
async function filesIn({ files, database }: Parts, scope: PersonScope, listed: PersonData['files']): Promise<Zippable> {
  const packed: Zippable = {};
  const keys = new Map((await filesOf(database.db, scope)).map((file) => [file.id, file.storage_key]));
  for (const { id, path } of listed) {
    const bytes = await files
      .read(keys.get(id) ?? id)
      .then(buffer)
      .catch(() => null);
    if (bytes) packed[path] = [bytes, { level: 0 }];
  }
  return packed;
}
