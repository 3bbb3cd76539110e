import type { Config } from '../config.ts';
import { findEmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';

export interface ReachedDatabase {
  url: string;
  /** Leaves it as it was found: running or not. */
  release(): Promise<void>;
}

/** The installation's database for a command that may run beside the server. */
export async function reachDatabase(config: Config): Promise<ReachedDatabase> {
  const stays = { release: async () => undefined };
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, ...stays };
  const running = await findEmbeddedPostgres(config.DATA_DIR);
  return running ? { url: running, ...stays } : reachDatabaseAlone(config);
}

/** The same for a command that nobody else may run beside. @throws DataDirectoryInUseError */
export async function reachDatabaseAlone(config: Config): Promise<ReachedDatabase> {
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, release: async () => undefined };
  const { url, stop } = await startEmbeddedPostgres({ dataDir: config.DATA_DIR, log: () => undefined });
  return { url, release: stop };
}
