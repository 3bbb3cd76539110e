import pg from 'pg';
import { openDatabase } from '../../server/database/database.ts';
import { type ApiCaller, createApiCaller } from '../support/api-caller.ts';
import { signIn } from '../support/operator-client.ts';
import { loadContacts } from './load/load-contacts.ts';
import { percentile } from './measure.ts';
import type { Row } from './report.ts';
import { password, type Stage } from './stage.ts';

const FEW = 10_000;
const MANY = 1_000_000;
const MESSAGES = 5;
const WARM_UP = 10;

export interface Place {
  caller: ApiCaller;
  tickets: number;
}
export interface Question {
  id: string;
  what: string;
  ask(place: Place, turn: number): Promise<unknown>;
}

/**
 * Every question asked where there are many contacts and where there are few, in turns.
 * @param figures also what reports count
 */
export async function besideFew(
  stage: Stage,
  questions: readonly Question[],
  { turns, figures }: { turns: number; figures?: { people: number } },
  tell: (line: string) => void,
): Promise<Row[]> {
  const fill = (name: string, tickets: number) => filled(stage, name, tickets, figures, tell);
  const urls = [await fill('few', FEW), await fill('many', MANY)];
  const servers = [await stage.startServer(urls[0]), await stage.startServer(urls[1])];
  try {
    const [few, many] = await Promise.all(
      servers.map(async ({ url }, index): Promise<Place> => {
        const { cookie } = await signIn(url, 'elena@veracruz.example.org', password);
        return { caller: createApiCaller(url, { cookie }), tickets: index === 0 ? FEW : MANY };
      }),
    );
    if (!few || !many) throw new Error('No servers');
    const rows: Row[] = [];
    for (const question of questions) {
      tell(`measuring: ${question.what}`);
      rows.push(await compare(question, few, many, turns));
    }
    return rows;
  } finally {
    for (const server of servers) await server.stop();
  }
}

async function compare({ id, what, ask }: Question, few: Place, many: Place, turns: number): Promise<Row> {
  const taken = { few: [] as number[], many: [] as number[] };
  for (let turn = 0; turn < WARM_UP + turns; turn += 1) {
    for (const [name, place] of [
      ['few', few],
      ['many', many],
    ] as const) {
      const begun = performance.now();
      await ask(place, turn);
      if (turn >= WARM_UP) taken[name].push(performance.now() - begun);
    }
  }
  return {
    id,
    what: `${what}, p95`,
    value: percentile(taken.many, 0.95),
    unit: 'ms',
    floor: { value: percentile(taken.few, 0.95), what: `the same with ${FEW.toLocaleString('en')} contacts` },
    target: { atMost: 2 },
  };
}

/** A database of its own on the stage's PostgreSQL. @returns its URL */
async function filled(
  stage: Stage,
  name: string,
  tickets: number,
  figures: { people: number } | undefined,
  tell: (line: string) => void,
): Promise<string> {
  const url = new URL(stage.databaseUrl);
  url.pathname = `/linea_${name}`;
  const client = new pg.Client({ connectionString: stage.databaseUrl });
  await client.connect();
  await client.query(`create database linea_${name}`);
  await client.end();
  const database = await openDatabase(url.href);
  try {
    await loadContacts(database, {
      tickets,
      messagesPerTicket: MESSAGES,
      ...(figures ? { figures } : {}),
      tell: (line) => tell(`loading: ${line}`),
    });
  } finally {
    await database.close();
  }
  return url.href;
}
