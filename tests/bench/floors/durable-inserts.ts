import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Load, latencies, percentile, rate } from '../measure.ts';

const insert = {
  name: 'floor',
  text: 'insert into bench_floor (id, conversation_id, seq, parts, created_at) values ($1, $2, $3, $4, now())',
};

/** Bare durable storage: one row and one commit a message, and nothing else. */
export interface DurableInserts {
  /** Commits a second with 50 clients. */
  perSecond(load: Load): Promise<number>;
  /** 95th percentile of one commit at a steady pace, in milliseconds. */
  commitP95(perSecond: number, load: Load): Promise<number>;
  close(): Promise<void>;
}

export async function openDurableInserts(databaseUrl: string): Promise<DurableInserts> {
  const clients = Array.from({ length: 50 }, () => new pg.Client({ connectionString: databaseUrl }));
  await Promise.all(clients.map((client) => client.connect()));
  const [first] = clients;
  await first?.query(
    'create table bench_floor (id uuid primary key, conversation_id uuid, seq int, parts jsonb, created_at timestamptz)',
  );
  const conversations = clients.map(() => randomUUID());
  const parts = JSON.stringify([{ type: 'text', text: '¿Dónde puedo pagar el predial de mi casa?' }]);
  let seq = 0;
  const store = async (worker: number) => {
    seq += 1;
    const values = [randomUUID(), conversations[worker % clients.length], seq, parts];
    await clients[worker % clients.length]?.query({ ...insert, values });
  };
  return {
    perSecond: (load) => rate(clients.length, load, store),
    commitP95: async (perSecond, load) => percentile(await latencies(perSecond, load, store), 0.95),
    async close() {
      await first?.query('drop table bench_floor');
      await Promise.all(clients.map((client) => client.end()));
    },
  };
}
