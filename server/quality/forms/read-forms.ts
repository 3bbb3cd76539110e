import { AppError } from '../../contract/errors.ts';
import type { FormVersion } from '../../contract/quality-form.ts';
import type { Db } from '../../database/database.ts';

/** The form by which contacts are scored now. @throws AppError `not_found` while the city has none */
export const currentForm = (db: Db): Promise<FormVersion> => selectForm(db, null);

/** @throws AppError `not_found` */
export const findForm = (db: Db, version: number): Promise<FormVersion> => selectForm(db, version);

async function selectForm(db: Db, version: number | null): Promise<FormVersion> {
  let query = db.selectFrom('quality_form').selectAll().orderBy('version', 'desc').limit(1);
  if (version !== null) query = query.where('version', '=', version);
  const row = await query.executeTakeFirst();
  if (!row) throw new AppError('not_found');
  return { version: row.version, form: row.form, savedAt: row.saved_at.toISOString(), savedBy: row.saved_by };
}
