import { chmod } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../server/database/embedded-postgres.ts';
import { removeAbandonedRuns } from './abandoned-runs.ts';
import { createTemplate } from './database.ts';
import { temporaryFolder } from './temporary-folder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL of this run, with a role that may create databases. */
    postgresUrl: string;
  }
}

/** Nothing here has to survive a power cut. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '400',
};

/** One PostgreSQL a run, with a migrated template that every test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandonedRuns('linea-tests-');
  const folder = await temporaryFolder('tests');
  await chmod(folder.path, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir: folder.path, log: () => {}, settings });
  const teardown = async () => {
    await postgres.stop();
    await folder.remove();
  };
  try {
    await createTemplate(postgres.url);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('postgresUrl', postgres.url);
  return teardown;
}
