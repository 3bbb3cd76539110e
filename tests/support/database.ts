import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openDatabase } from '../../server/database/database.ts';

const template = 'linea_template';

export interface TestDatabase {
  url: string;
  /** Closes whatever is still connected and removes it. */
  drop(): Promise<void>;
}

/** Migrates one database that all others are copies of, which is far quicker than migrating each. */
export async function createTemplate(postgresUrl: string): Promise<void> {
  await execute(postgresUrl, `create database ${template}`);
  const database = await openDatabase(urlOf(postgresUrl, template));
  await database.close();
}

/** A migrated database of its own, empty of data. In tests take `createDatabase` of `services.ts`. */
export async function copyTemplate(postgresUrl: string): Promise<TestDatabase> {
  const name = `linea_${randomBytes(6).toString('hex')}`;
  await execute(postgresUrl, `create database ${name} template ${template} strategy file_copy`);
  return {
    url: urlOf(postgresUrl, name),
    drop: () => execute(postgresUrl, `drop database if exists ${name} with (force)`),
  };
}

/** A database without any table. */
export async function emptyDatabase(postgresUrl: string): Promise<TestDatabase> {
  const name = `linea_${randomBytes(6).toString('hex')}`;
  await execute(postgresUrl, `create database ${name}`);
  return {
    url: urlOf(postgresUrl, name),
    drop: () => execute(postgresUrl, `drop database if exists ${name} with (force)`),
  };
}

function urlOf(postgresUrl: string, name: string): string {
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
