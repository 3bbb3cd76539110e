import { type LimitsOfQueue, type QueueLimits, queueLimitsSchema } from '../contract/board.ts';
import { AppError } from '../contract/errors.ts';
import type { Db } from '../database/database.ts';
import { json } from '../database/json.ts';
import type { Unit } from '../database/unit-of-work.ts';

/** What a queue promises is what it is measured by, until somebody says otherwise. */
export const usualLimits = (seconds: number, target: number): QueueLimits => ({
  waiting: { warning: 5, alarm: 12 },
  longestWait: { warning: seconds, alarm: seconds * 3 },
  serviceLevel: { warning: target, alarm: Math.max(0, Math.round((target - 0.2) * 100) / 100) },
  abandonment: { warning: 0.08, alarm: 0.15 },
  ring: true,
  notify: false,
});

/** Of every queue: what was set, or what is usual. Protected ones are marked. */
export async function loadLimits(db: Db): Promise<(LimitsOfQueue & { protected: boolean })[]> {
  const rows = await db
    .selectFrom('queue as q')
    .leftJoin('queue_limit as l', 'l.queue_id', 'q.id')
    .select(['q.id', 'q.protected', 'q.service_level_seconds', 'q.service_level_target', 'l.limits'])
    .orderBy('q.id')
    .execute();
  return rows.map((row) => {
    const saved = queueLimitsSchema.safeParse(row.limits);
    return {
      queueId: row.id,
      limits: saved.success ? saved.data : usualLimits(row.service_level_seconds, Number(row.service_level_target)),
      usual: !saved.success,
      protected: row.protected,
    };
  });
}

/**
 * @param limits null: as is usual again
 * @throws AppError `not_found`
 */
export async function saveLimits(unit: Unit, queueId: string, limits: QueueLimits | null): Promise<void> {
  const queue = await unit.tx.selectFrom('queue').select('id').where('id', '=', queueId).executeTakeFirst();
  if (!queue) throw new AppError('not_found');
  await unit.tx.deleteFrom('queue_limit').where('queue_id', '=', queueId).execute();
  if (!limits) return;
  await unit.tx
    .insertInto('queue_limit')
    .values({ queue_id: queueId, limits: json(limits), updated_at: unit.now })
    .execute();
}
