import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../server/database/embedded-postgres.ts';
import { removeAbandonedRuns } from '../support/abandoned-runs.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

export const password = 'medir-antes-de-afirmar';
export const inletToken = 'medir-tambien-el-correo';

/** What the figures are taken on: the PostgreSQL that ships with the server, as it ships, and Redis if asked for. */
export interface Stage {
  databaseUrl: string;
  redisUrl: string | null;
  dataDir: string;
  /** @param databaseUrl absent: the stage's own */
  startServer(databaseUrl?: string): Promise<ServerProcess>;
  /** Lets go of the database, so that a server of its own can take the data. */
  releaseData(): Promise<void>;
  close(): Promise<void>;
}

export type Backend = 'postgresql' | 'redis';

/** No limit of the chat may be what is measured. */
const unlimited = {
  CHAT_MESSAGES_PER_SECOND: '100000',
  CHAT_MESSAGES_PER_SECOND_PER_ADDRESS: '1000000',
  CHAT_CONNECTIONS_PER_ADDRESS: '1000000',
  LOG_LEVEL: 'warn',
  SAMPLE_PASSWORD: password,
  MAIL_INLET_TOKEN: inletToken,
};

export async function openStage(backend: Backend): Promise<Stage> {
  await removeAbandonedRuns('linea-bench-');
  const folder = await temporaryFolder('bench');
  const dataDir = folder.path;
  const postgres: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir, log: () => {} });
  const redis: TestRedis | null = backend === 'redis' ? await startRedis() : null;
  let released = false;
  const releaseData = async () => {
    if (!released) await postgres.stop();
    released = true;
  };
  return {
    databaseUrl: postgres.url,
    redisUrl: redis?.url ?? null,
    dataDir,
    startServer: (databaseUrl = postgres.url) =>
      startServerProcess({
        env: { ...unlimited, DATABASE_URL: databaseUrl, ...(redis ? { REDIS_URL: redis.url } : {}) },
      }),
    releaseData,
    async close() {
      await redis?.stop();
      await releaseData();
      await folder.remove();
    },
  };
}
