import { AppError } from '../contract/errors.ts';
import type { AuditPage } from '../contract/http.ts';
import type { Db } from '../database/database.ts';

/** Who changed what, newest first. @throws AppError `invalid_cursor` */
export async function listAudit(db: Db, cursor: string | undefined, limit: number): Promise<AuditPage> {
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) throw new AppError('invalid_cursor');
  let query = db
    .selectFrom('audit_log')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (cursor) query = query.where('id', '<', Number(cursor));
  const rows = await query.execute();
  const page = rows.slice(0, limit);
  return {
    entries: page.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      actor: { id: row.actor_id, name: row.actor_name },
      action: row.action,
      target: row.target,
      before: row.before,
      after: row.after,
    })),
    nextCursor: rows.length > limit ? String(page.at(-1)?.id) : null,
  };
}
