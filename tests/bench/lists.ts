import pg from 'pg';
import type { TicketPage } from '../../server/contract/inbox.ts';
import { api } from '../../server/contract/routes.ts';
import { openDatabase } from '../../server/database/database.ts';
import { type ApiCaller, createApiCaller } from '../support/api-caller.ts';
import { signIn } from '../support/operator-client.ts';
import { loadContacts } from './load/load-contacts.ts';
import { loadedTicketId } from './load/make-contacts.ts';
import { RARE_WORDS, rareWord } from './load/make-vocabulary.ts';
import { percentile } from './measure.ts';
import type { Row } from './report.ts';
import { password, type Stage } from './stage.ts';

const FEW = 10_000;
const MANY = 1_000_000;
const MESSAGES = 5;
const WARM_UP = 10;
const TURNS = 80;

interface Place {
  caller: ApiCaller;
  tickets: number;
}
interface Question {
  id: string;
  what: string;
  ask(place: Place, turn: number): Promise<unknown>;
}

const list = (query: object) => (place: Place) => place.caller.call(api.listTickets, { query });
const search = (words: (turn: number) => string) => async (place: Place, turn: number) => {
  const page: TicketPage = await place.caller.call(api.listTickets, { query: { q: words(turn) } });
  return page;
};
const common = ['bache', 'basura', 'luminaria', 'hola', 'predial', 'buenos', 'zaragoza'];
const names = ['hernández', 'maría garcía', 'lupe', 'guadalupe pérez', 'jose cruz', 'utrera'];
/** The same share of both, so that neither asks for what only the other has. */
const someTicket = ({ tickets }: Place, turn: number) => 1 + ((turn * 7_919) % tickets);

const questions: Question[] = [
  { id: 'list_mine', what: 'Inbox: what one holds', ask: list({ view: 'mine' }) },
  { id: 'list_waiting', what: 'Queue: what waits', ask: list({ view: 'waiting' }) },
  { id: 'list_closed', what: 'Inbox: what is closed', ask: list({ view: 'closed' }) },
  { id: 'search_common', what: 'Search: a common word', ask: search((turn) => common[turn % common.length] ?? '') },
  {
    id: 'search_rare',
    what: 'Search: a rare word',
    ask: search((turn) => rareWord(RARE_WORDS / 2 + ((turn * 487) % (RARE_WORDS / 2)))),
  },
  { id: 'search_name', what: 'Search: a name', ask: search((turn) => names[turn % names.length] ?? '') },
  {
    id: 'search_phone',
    what: 'Search: a telephone',
    ask: search((turn) => `229 ${String((turn * 7_919) % 10_000_000).padStart(7, '0')}`),
  },
  {
    id: 'search_folio',
    what: 'Search: a folio',
    ask: search((turn) => `VER-2025-${String(1 + (turn % 900)).padStart(6, '0')}`),
  },
  {
    id: 'list_filtered',
    what: 'Inbox: closed, four filters',
    ask: list({
      view: 'closed',
      channel: 'whatsapp',
      queueId: 'servicios',
      disposition: 'informado,resuelto',
      rating: '4,5',
    }),
  },
  {
    id: 'open_conversation',
    what: 'Opening a conversation',
    ask: (place, turn) =>
      place.caller.call(api.openTicket, { params: { id: loadedTicketId(someTicket(place, turn)) } }),
  },
];

/** Every list, search and conversation with many contacts beside the same with few, asked in turns. */
export async function lists(stage: Stage, tell: (line: string) => void): Promise<Row[]> {
  const urls = { few: await filled(stage, 'few', FEW, tell), many: await filled(stage, 'many', MANY, tell) };
  const servers = [await stage.startServer(urls.few), await stage.startServer(urls.many)];
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
      rows.push(await compare(question, few, many));
    }
    return rows;
  } finally {
    for (const server of servers) await server.stop();
  }
}

async function compare({ id, what, ask }: Question, few: Place, many: Place): Promise<Row> {
  const taken = { few: [] as number[], many: [] as number[] };
  for (let turn = 0; turn < WARM_UP + TURNS; turn += 1) {
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
async function filled(stage: Stage, name: string, tickets: number, tell: (line: string) => void): Promise<string> {
  const url = new URL(stage.databaseUrl);
  url.pathname = `/linea_${name}`;
  const client = new pg.Client({ connectionString: stage.databaseUrl });
  await client.connect();
  await client.query(`create database linea_${name}`);
  await client.end();
  const database = await openDatabase(url.href);
  try {
    await loadContacts(database, { tickets, messagesPerTicket: MESSAGES, tell: (line) => tell(`loading: ${line}`) });
  } finally {
    await database.close();
  }
  return url.href;
}
