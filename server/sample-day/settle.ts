import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { SteppedJobStore } from '../jobs/stepped-job-store.ts';

/** Waits until everything that one happening set off in this process has been done. */
export interface Settling {
  /** @throws Error when something does not come to an end */
  settle(): Promise<void>;
  stop(): void;
}

/** An answer goes on in the turns after it, and what it sets off begins a turn later. */
const CALM_TURNS = 4;
const BUSY_TURNS = 3;
/** Real time; far more than any happening takes. */
const PATIENCE_MS = 60_000;

const BEGINS = ['http.server.request.start', 'undici:request:create'];
const ENDS = ['http.server.response.finish', 'undici:request:trailers', 'undici:request:error'];

/**
 * What is under way is seen from outside: requests on their way through this process, connections to the database that
 * somebody holds, jobs that are due. So no part of the server has to know that it is simulated.
 */
export function createSettling(jobs: SteppedJobStore, pool: pg.Pool): Settling {
  let requests = 0;
  const begins = () => {
    requests += 1;
  };
  const ends = () => {
    requests -= 1;
  };
  for (const channel of BEGINS) subscribe(channel, begins);
  for (const channel of ENDS) subscribe(channel, ends);

  const isBusy = () => requests > 0 || pool.idleCount < pool.totalCount || pool.waitingCount > 0;

  return {
    async settle() {
      const deadline = performance.now() + PATIENCE_MS;
      for (let calm = 0, busy = 0; calm < CALM_TURNS; ) {
        // Looking without a pause would take the processor from the very database that is waited for.
        await (busy > BUSY_TURNS ? pause(1) : nextTurn());
        if ((await jobs.runDue()) > 0 || isBusy()) {
          calm = 0;
          busy += 1;
        } else calm += 1;
        if (performance.now() > deadline) {
          throw new Error(`The server does not come to rest: ${requests} requests, ${pool.waitingCount} wait for rows`);
        }
      }
    },
    stop() {
      for (const channel of BEGINS) unsubscribe(channel, begins);
      for (const channel of ENDS) unsubscribe(channel, ends);
    },
  };
}
