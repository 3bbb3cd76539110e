import { join } from 'node:path';
import { loadCity } from '../city/load-city.ts';
import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { openDatabase } from '../database/database.ts';
import { reachDatabase } from '../database/reach-database.ts';
import { createUnitOfWork } from '../database/unit-of-work.ts';
import { createEventBus } from '../event-bus.ts';
import { createLog } from '../log.ts';
import { rebuildFacts } from './keep-facts.ts';

/** `npm run reports:rebuild`: folds every contact anew, beside a running server if there is one. */
async function rebuild(): Promise<string> {
  const config = readConfig();
  const city = await loadCity(join(config.root, 'cities', config.CITY));
  const { url, release } = await reachDatabase(config);
  try {
    const database = await openDatabase(url, 2);
    try {
      const bus = createEventBus(createLog('error'));
      // It promises no jobs, so nobody need be told of any.
      const unitOfWork = createUnitOfWork(database, bus, systemClock, () => undefined);
      return `${await rebuildFacts({ unitOfWork, city })} contacts folded anew.`;
    } finally {
      await database.close();
    }
  } finally {
    await release();
  }
}

try {
  console.log(await rebuild());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
