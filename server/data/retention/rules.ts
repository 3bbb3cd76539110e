import { sql } from 'kysely';
import { z } from 'zod';
import { type Origin, recordAudit } from '../../audit/record-audit.ts';
import type { City } from '../../contract/city.ts';
import { type RetentionRule, retentionClassSchema, retentionDaysSchema } from '../../contract/data.ts';
import { type RetentionClass, retentionClasses } from '../../contract/data-words.ts';
import type { Db } from '../../database/database.ts';
import { json } from '../../database/json.ts';
import type { Unit } from '../../database/unit-of-work.ts';

const KEY = 'retention';
const changedSchema = z.partialRecord(retentionClassSchema, retentionDaysSchema);
type Changed = z.output<typeof changedSchema>;

/** How long the city's content keeps a class; recordings have had their own line there from the beginning. */
export function defaultDays(city: Pick<City, 'retention' | 'calls'>, id: RetentionClass): number | null {
  const said = city.retention[id];
  if (said) return said.days;
  return id === 'recordings' || id === 'voicemail' ? city.calls.recording.keepDays : null;
}

/** In days; null: for ever. */
export async function daysOf(db: Db, city: City, id: RetentionClass): Promise<number | null> {
  const changed = (await readChanged(db))[id];
  return changed === undefined ? defaultDays(city, id) : changed;
}

export async function listRules(db: Db, city: City): Promise<RetentionRule[]> {
  const [changed, progress] = await Promise.all([
    readChanged(db),
    db.selectFrom('retention_progress').selectAll().execute(),
  ]);
  const upTo = new Map(progress.map((row) => [row.class, row.done_up_to]));
  return retentionClasses.map((id) => {
    const days = changed[id];
    return {
      id,
      days: days === undefined ? defaultDays(city, id) : days,
      defaultDays: defaultDays(city, id),
      ground: city.retention[id]?.ground ?? null,
      doneUpTo: upTo.get(id)?.toISOString() ?? null,
    };
  });
}

/** Keeps a class for so many days from now on; what that lets go goes with the next run. */
export async function saveRule(
  unit: Unit,
  city: City,
  origin: Origin,
  id: RetentionClass,
  days: number | null,
): Promise<RetentionRule[]> {
  const { tx, now } = unit;
  await tx
    .insertInto('setting')
    .values({ key: KEY, value: json({}), updated_at: now })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
  await tx.selectFrom('setting').select('key').where('key', '=', KEY).forUpdate().execute();
  const before = await readChanged(tx);
  const value = json({ ...before, [id]: days });
  await tx.updateTable('setting').set({ value, updated_at: now }).where('key', '=', KEY).execute();
  if (id === 'recordings' || id === 'voicemail')
    await announceRecordings(unit, id === 'voicemail' ? 'voicemail' : 'call', days);
  await recordAudit(unit, origin, {
    action: 'retention.updated',
    target: id,
    before: { days: before[id] === undefined ? defaultDays(city, id) : before[id] },
    after: { days },
  });
  return listRules(tx, city);
}

/** Whoever listens to a recording is told until when it is there. */
async function announceRecordings({ tx }: Unit, kind: 'call' | 'voicemail', days: number | null): Promise<void> {
  await sql`update call_recording set erase_after = started_at + ${days}::int * interval '1 day'
    where state = 'kept' and kind = ${kind}`.execute(tx);
}

async function readChanged(db: Db): Promise<Changed> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst();
  return changedSchema.parse(row?.value ?? {});
}
