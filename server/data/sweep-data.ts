import { addSeconds } from '../clock.ts';
import type { AppContext } from '../context.ts';
import { nightOf } from './retention/night.ts';
import { beginRun } from './retention/run.ts';

type Parts = Pick<AppContext, 'database' | 'unitOfWork' | 'clock' | 'city' | 'files'>;

/** A job that was last heard of so long ago was lost, or its worker died. */
const LOST_SECONDS = 60;
/** What waits for a contact or a case to end is asked again so often. */
const ASK_AGAIN_SECONDS = 900;

/** Exports and erasures that are due, and copies whose time is over. */
export async function sweepRequests({ database, unitOfWork, clock, files }: Parts): Promise<void> {
  const now = clock.now();
  const { db } = database;
  const going = await db
    .selectFrom('subject_request')
    .select(['id', 'state', 'waits_for', 'erase_after', 'heard_at', 'export_key', 'export_expires_at'])
    .where('state', 'in', ['preparing', 'ready', 'grace', 'erasing'])
    .execute();
  for (const row of going) {
    const isLost = row.heard_at < addSeconds(now, -LOST_SECONDS);
    if (row.state === 'ready') {
      if (!row.export_expires_at || row.export_expires_at > now) continue;
      if (row.export_key) await files.remove(row.export_key);
      await db
        .updateTable('subject_request')
        .set({ state: 'expired', export_key: null, link_hash: null })
        .where('id', '=', row.id)
        .where('state', '=', 'ready')
        .execute();
      continue;
    }
    const wait = row.waits_for ? ASK_AGAIN_SECONDS : LOST_SECONDS;
    const isDue =
      row.state !== 'grace' || (row.erase_after !== null && row.erase_after < addSeconds(now, -LOST_SECONDS));
    if (!isLost || !isDue || row.heard_at > addSeconds(now, -wait)) continue;
    await unitOfWork(async (unit) => {
      await unit.tx.updateTable('subject_request').set({ heard_at: now }).where('id', '=', row.id).execute();
      const job = row.state === 'preparing' ? 'reports.export_person' : 'reports.erase_person';
      unit.enqueue(job, { requestId: row.id });
    });
  }
}

/** Each night, once however many servers there are; and runs whose job was lost. */
export async function sweepRetention({ database, unitOfWork, clock, city }: Parts): Promise<void> {
  const now = clock.now();
  const { db } = database;
  const running = await db
    .selectFrom('retention_run')
    .select(['id', 'heard_at'])
    .where('state', '=', 'running')
    .executeTakeFirst();
  if (running) {
    if (running.heard_at > addSeconds(now, -LOST_SECONDS)) return;
    await unitOfWork(async (unit) => {
      await unit.tx.updateTable('retention_run').set({ heard_at: now }).where('id', '=', running.id).execute();
      unit.enqueue('reports.retention', { runId: running.id });
    });
    return;
  }
  const night = nightOf(now, city);
  const done = await db.selectFrom('retention_run').select('id').where('night', '=', night).executeTakeFirst();
  if (!done) await unitOfWork((unit) => beginRun(unit, city, { actor: null }, night));
}

/** Files of other systems stay no longer than it takes to correct what was rejected. */
const FILE_DAYS = 7;

/** Imports whose job was lost, and files that nobody needs any more. */
export async function sweepImports({ database, unitOfWork, clock, files }: Parts): Promise<void> {
  const now = clock.now();
  const { db } = database;
  const lost = await db
    .selectFrom('data_import')
    .select('id')
    .where('state', 'in', ['checking', 'importing', 'undoing'])
    .where('heard_at', '<', addSeconds(now, -LOST_SECONDS))
    .execute();
  for (const { id } of lost) {
    await unitOfWork(async (unit) => {
      await unit.tx.updateTable('data_import').set({ heard_at: now }).where('id', '=', id).execute();
      unit.enqueue('reports.import', { importId: id });
    });
  }
  const old = await db
    .selectFrom('data_import')
    .select(['id', 'storage_key'])
    .where('storage_key', 'is not', null)
    .where('state', 'not in', ['checking', 'importing', 'undoing'])
    .where('heard_at', '<', addSeconds(now, -FILE_DAYS * 86_400))
    .execute();
  for (const { id, storage_key: key } of old) {
    if (key) await files.remove(key);
    await db.updateTable('data_import').set({ storage_key: null }).where('id', '=', id).execute();
  }
}
