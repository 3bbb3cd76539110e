import { startEmbeddedPostgres } from '../../server/database/embedded-postgres.ts';

/** A process for tests to kill: holds the data directory of its first argument and says so on its output. */
const [dataDir = ''] = process.argv.slice(2);
const postgres = await startEmbeddedPostgres({ dataDir, log: console.log, settings: { fsync: 'off' } });
console.log(`holding ${postgres.url}`);
setInterval(() => {}, 60_000);
