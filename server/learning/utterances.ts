import { type Origin, recordAudit } from '../audit/record-audit.ts';
import type { Desk } from '../contract/bot.ts';
import type { City } from '../contract/city.ts';
import { AppError } from '../contract/errors.ts';
import type { Lesson, Utterance } from '../contract/learning.ts';
import type { Db } from '../database/database.ts';
import type { Unit } from '../database/unit-of-work.ts';

const MOST_LISTED = 1_000;

/** What the bot can be taught, and how much it has to learn each from. */
export async function listLessons(db: Db, city: City, desk: Desk): Promise<Lesson[]> {
  const rows = await db
    .selectFrom('utterance')
    .select((column) => ['catalogue_id', column.fn.countAll<number>().as('count')])
    .where('withdrawn_at', 'is', null)
    .groupBy('catalogue_id')
    .execute();
  const taught = new Map(rows.map((row) => [row.catalogue_id, Number(row.count)]));
  const english = new Map(desk.catalogue('en').map(({ id, title }) => [id, title]));
  return desk.catalogue('es').map(({ id, kind, title }) => ({
    id,
    kind,
    title: { es: title, en: english.get(id) ?? title },
    written: city.utterances[id]?.length ?? 0,
    taught: taught.get(id) ?? 0,
  }));
}

/** What was taught in the console, newest first; of one lesson, after it what its file has. */
export async function listUtterances(db: Db, city: City, lessonId: string | undefined): Promise<Utterance[]> {
  let query = db
    .selectFrom('utterance')
    .selectAll()
    .where('withdrawn_at', 'is', null)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_LISTED);
  if (lessonId !== undefined) query = query.where('catalogue_id', '=', lessonId);
  const taught = (await query.execute()).map((row) => ({
    id: row.id,
    lessonId: row.catalogue_id,
    text: row.text,
    addedBy: row.added_by_name,
    at: row.at.toISOString(),
  }));
  const written = lessonId === undefined ? [] : (city.utterances[lessonId] ?? []);
  return [...taught, ...written.map((text) => ({ id: null, lessonId: lessonId ?? '', text, addedBy: null, at: null }))];
}

/** The bot learns it no more. @throws AppError `not_found` */
export async function withdrawUtterance(unit: Unit, origin: Origin, id: string): Promise<void> {
  const row = await unit.tx
    .updateTable('utterance')
    .set({ withdrawn_at: unit.now, withdrawn_by: origin.actor?.id ?? null })
    .where('id', '=', id)
    .where('withdrawn_at', 'is', null)
    .returning(['catalogue_id', 'text'])
    .executeTakeFirst();
  if (!row) throw new AppError('not_found');
  await recordAudit(unit, origin, {
    action: 'utterance.withdrawn',
    target: row.catalogue_id,
    before: { utterances: [row.text] },
  });
  unit.emit('configuration.changed', 'content');
}
