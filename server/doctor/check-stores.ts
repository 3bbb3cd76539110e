import { Redis } from 'ioredis';
import pg from 'pg';
import type { Config } from '../config.ts';
import type { Finding } from '../contract/messaging.ts';
import { migrations } from '../database/migrations/index.ts';
import { bad, good } from './section.ts';

const PATIENCE_MS = 10_000;
const OLDEST_POSTGRES = 15;

/** Whether the database is there, new enough and up to date. */
export async function checkDatabase({ DATABASE_URL }: Config): Promise<Finding[]> {
  if (!DATABASE_URL) return [good('Sin DATABASE_URL: usa la base de datos que trae consigo.')];
  const client = new pg.Client({ connectionString: DATABASE_URL, connectionTimeoutMillis: PATIENCE_MS });
  try {
    await client.connect();
    const [{ server_version: version }] = (await client.query('show server_version')).rows;
    if (Number.parseInt(version, 10) < OLDEST_POSTGRES) {
      return [bad(`PostgreSQL ${version} es demasiado antiguo.`, `Usa PostgreSQL ${OLDEST_POSTGRES} o posterior.`)];
    }
    const [{ there }] = (await client.query(`select to_regclass('migration') is not null as there`)).rows;
    const applied = there ? (await client.query('select 1 from migration')).rowCount : 0;
    const missing = migrations.length - (applied ?? 0);
    return [
      good(`PostgreSQL ${version} responde.`),
      missing > 0
        ? good(`Al arrancar se le aplicarán ${missing} cambios de esquema.`)
        : good('El esquema está al día.'),
    ];
  } catch (error) {
    const remedy =
      'Revisa DATABASE_URL (postgres://usuario:contraseña@servidor:5432/base) y que PostgreSQL esté corriendo.';
    return [bad(`No se puede entrar a la base de datos (${words(error)}).`, remedy)];
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether the job store is there, where it is Redis. */
export async function checkRedis({ REDIS_URL }: Config): Promise<Finding[]> {
  if (!REDIS_URL) return [good('Sin REDIS_URL: los trabajos viven en la base de datos, con un solo proceso.')];
  const redis = new Redis(REDIS_URL, { lazyConnect: true, connectTimeout: PATIENCE_MS, retryStrategy: () => null });
  // The call itself only tells that the connection is closed.
  let fault: unknown;
  redis.on('error', (error) => {
    fault = error;
  });
  try {
    await redis.connect();
    await redis.ping();
    return [good('Redis responde.')];
  } catch (error) {
    return [
      bad(`No se puede entrar a Redis (${words(fault ?? error)}).`, 'Revisa REDIS_URL y que Redis esté corriendo.'),
    ];
  } finally {
    redis.disconnect();
  }
}

function words(error: unknown): string {
  const { code, message } = error as Error & { code?: string };
  return code ?? message;
}
