import { inject } from 'vitest';
import { copyTemplate, type TestDatabase } from './database.ts';

/** A migrated database for this test file, on the PostgreSQL of the run. */
export function createDatabase(): Promise<TestDatabase> {
  return copyTemplate(inject('postgresUrl'));
}
