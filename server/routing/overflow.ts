import { addSeconds } from '../clock.ts';
import { AppError } from '../contract/errors.ts';
import type { Unit } from '../database/unit-of-work.ts';

/**
 * Has people of other queues asked for what waits in this one: those its rule names, or everybody's where it names
 * none. What is protected still goes only to people with the grant.
 * @param seconds for how long; null: no longer
 * @returns until when
 * @throws AppError `not_found`
 */
export async function openOverflow(unit: Unit, queueId: string, seconds: number | null): Promise<Date | null> {
  const until = seconds === null ? null : addSeconds(unit.now, seconds);
  const opened = await unit.tx
    .updateTable('queue')
    .set({ overflow_until: until, updated_at: unit.now })
    .where('id', '=', queueId)
    .returning('id')
    .executeTakeFirst();
  if (!opened) throw new AppError('not_found');
  unit.emit('configuration.changed', 'queues');
  unit.enqueue('tickets.route', {});
  return until;
}
