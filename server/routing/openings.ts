import { isOpen, nextOpening, type Place } from '../city/business-hours.ts';
import type { Clock } from '../clock.ts';
import type { Hours } from '../contract/http.ts';
import type { Db } from '../database/database.ts';

export interface Opening {
  open: boolean;
  /** When it opens next, if closed. */
  opensAt: Date | null;
}

/** Whether queues serve now. Queues are kept in memory until `refresh`, since everybody asks all the time. */
export interface Openings {
  /** Of a queue, or of the default one. */
  of(queueId: string | null): Promise<Opening>;
  openQueues(): Promise<string[]>;
  /** Somebody changed a queue. */
  refresh(): void;
}

/** How long another server's change may go unnoticed. */
const TRUSTED_MS = 5_000;

export function createOpenings(db: Db, clock: Clock, place: Place): Openings {
  let kept: { at: number; queues: Promise<{ id: string; hours: Hours; is_default: boolean }[]> } | null = null;

  function queues() {
    const now = performance.now();
    if (!kept || now - kept.at > TRUSTED_MS) {
      kept = { at: now, queues: db.selectFrom('queue').select(['id', 'hours', 'is_default']).execute() };
      kept.queues.catch(() => {
        kept = null;
      });
    }
    return kept.queues;
  }

  return {
    async of(queueId) {
      const all = await queues();
      const queue = all.find((row) => row.id === queueId) ?? all.find((row) => row.is_default);
      const now = clock.now();
      if (!queue) return { open: false, opensAt: null };
      if (isOpen(queue.hours, now, place)) return { open: true, opensAt: null };
      return { open: false, opensAt: nextOpening(queue.hours, now, place) };
    },
    async openQueues() {
      const now = clock.now();
      return (await queues()).filter((row) => isOpen(row.hours, now, place)).map((row) => row.id);
    },
    refresh() {
      kept = null;
    },
  };
}
