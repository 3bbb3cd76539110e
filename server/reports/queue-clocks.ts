import { afterOpenSeconds, openSeconds, type Place } from '../city/business-hours.ts';
import type { Hours } from '../contract/http.ts';
import type { Db } from '../database/database.ts';
import type { QueueClocks } from './fold-contact.ts';

/** The clocks of all queues as they are set now. One that is no more never closes, and promises nothing. */
export async function loadQueueClocks(db: Db, place: Place): Promise<QueueClocks> {
  const rows = await db.selectFrom('queue').select(['id', 'hours', 'service_level_seconds']).execute();
  const queues = new Map(rows.map((row) => [row.id, row]));
  const hoursOf = (id: string | null): Hours | undefined => queues.get(id ?? '')?.hours;
  return {
    levelSeconds: (id) => queues.get(id ?? '')?.service_level_seconds ?? null,
    openSeconds(id, from, to) {
      const hours = hoursOf(id);
      return hours ? openSeconds(hours, from, to, place) : (to.getTime() - from.getTime()) / 1_000;
    },
    afterOpenSeconds(id, from, seconds) {
      const hours = hoursOf(id);
      return hours ? afterOpenSeconds(hours, from, seconds, place) : new Date(from.getTime() + seconds * 1_000);
    },
  };
}
