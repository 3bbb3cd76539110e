import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setImmediate as nextTurn } from 'node:timers/promises';
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
/** Real time; far more than any happening takes, on however slow a machine. */
const PATIENCE_MS = 120_000;

const BEGINS = ['http.server.request.start', 'undici:request:create'];
const ENDS = ['http.server.response.finish', 'undici:request:trailers', 'undici:request:error'];

/**
 * What is under way is seen from outside: requests on their way through this process, connections to the database that
 * somebody holds, jobs that are due. So no part of the server has to know that it is simulated. Each of them says when
 * it is over, so that nothing is looked at again and again meanwhile.
 */
export function createSettling(jobs: SteppedJobStore, pool: pg.Pool): Settling {
  let requests = 0;
  let wake = () => {};
  const begins = () => {
    requests += 1;
  };
  const ends = () => {
    requests -= 1;
    wake();
  };
  const released = () => wake();
  for (const channel of BEGINS) subscribe(channel, begins);
  for (const channel of ENDS) subscribe(channel, ends);
  pool.on('release', released);

  const isBusy = () => requests > 0 || pool.idleCount < pool.totalCount || pool.waitingCount > 0;

  function somethingEnds(): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () =>
          reject(
            new Error(`The server does not come to rest: ${requests} requests, ${pool.waitingCount} wait for rows`),
          ),
        PATIENCE_MS,
      );
      wake = () => {
        clearTimeout(late);
        resolve();
      };
    });
  }

  return {
    async settle() {
      for (let calm = 0; calm < CALM_TURNS; ) {
        await nextTurn();
        if ((await jobs.runDue()) > 0) calm = 0;
        else if (isBusy()) {
          calm = 0;
          await somethingEnds();
        } else calm += 1;
      }
    },
    stop() {
      for (const channel of BEGINS) unsubscribe(channel, begins);
      for (const channel of ENDS) unsubscribe(channel, ends);
      pool.off('release', released);
    },
  };
}
