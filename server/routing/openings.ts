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

interface QueueHours {
  id: string;
  hours: Hours;
  is_default: boolean;
}

/** How long another server's change may go unnoticed. */
const TRUSTED_MS = 5_000;
/** Hours begin and end with a minute: what holds now holds until the next one. */
const MINUTE_MS = 60_000;

export function createOpenings(db: Db, clock: Clock, place: Place): Openings {
  let kept: { at: number; queues: Promise<QueueHours[]> } | null = null;
  let known = { minute: 0, openings: new WeakMap<QueueHours, Opening>() };

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

  function openingOf(queue: QueueHours): Opening {
    const now = clock.now();
    const minute = Math.floor(now.getTime() / MINUTE_MS);
    if (known.minute !== minute) known = { minute, openings: new WeakMap() };
    const told = known.openings.get(queue);
    if (told) return told;
    const open = isOpen(queue.hours, now, place);
    const opening = { open, opensAt: open ? null : nextOpening(queue.hours, now, place) };
    known.openings.set(queue, opening);
    return opening;
  }

  return {
    async of(queueId) {
      const all = await queues();
      const queue = all.find((row) => row.id === queueId) ?? all.find((row) => row.is_default);
      return queue ? openingOf(queue) : { open: false, opensAt: null };
    },
    async openQueues() {
      return (await queues()).filter((row) => openingOf(row).open).map((row) => row.id);
    },
    refresh() {
      kept = null;
    },
  };
}
