import { sql } from 'kysely';
import { sampleAccount } from '../../contract/sample-day.ts';
import type { Tx } from '../../database/database.ts';
import { type CopiedTable, copiedTables } from './copied-tables.ts';

type Row = Record<string, unknown>;

/** Adds rows of a sample day to this installation, so that they cannot meet what is real. */
export interface RowAdder {
  /** @throws Error for a table that no day has */
  add(tx: Tx, table: string, rows: Row[]): Promise<void>;
}

export function createRowAdder(): RowAdder {
  let queues: { known: Set<string>; usual: string | null } | null = null;

  async function queueOf(tx: Tx, id: unknown): Promise<string | null> {
    if (!queues) {
      const rows = await tx.selectFrom('queue').select(['id', 'is_default']).execute();
      queues = {
        known: new Set(rows.map((row) => row.id)),
        usual: rows.find((row) => row.is_default)?.id ?? null,
      };
    }
    return typeof id === 'string' && queues.known.has(id) ? id : queues.usual;
  }

  /** As it may stand here. */
  async function fitted(tx: Tx, table: CopiedTable, row: Row): Promise<Row> {
    const fit: Row = { ...row };
    if (table.account) fit[table.account] = sampleAccount(String(row[table.account]));
    switch (table.name) {
      case 'operator':
        // Without a password nobody is one of them, and nobody is asked to hand a contact to one.
        return { ...fit, disabled: true };
      case 'ticket':
        return {
          ...fit,
          queue_id: row.queue_id === null ? null : await queueOf(tx, row.queue_id),
          reserved_for: null,
          preferred_operator_id: null,
        };
      case 'message':
        // What was on its way when the day ended is on its way no more.
        return { ...fit, claimed_until: null, status: row.status === 'queued' ? 'sent' : row.status };
      case 'case_event':
        return { ...fit, telling_after: null };
      case 'incident':
        // Over: nobody is offered to tell its people anything.
        return { ...fit, state: 'closed', closed_at: row.closed_at ?? row.opened_at };
      case 'call':
        return { ...fit, look_at: null, provider_call_id: null };
      default:
        return fit;
    }
  }

  return {
    async add(tx, name, rows) {
      const table = copiedTables.find((one) => one.name === name);
      if (!table) throw new Error(`A sample day has no rows of ${name}`);
      if (rows.length === 0) return;
      const fit: Row[] = [];
      for (const row of rows) fit.push(await fitted(tx, table, row));
      if (table.account) await addAccounts(tx, fit, table.account);
      if (table.numbered) await number(tx, name, table.numbered, fit);
      await sql`
        insert into ${sql.table(name)} overriding system value
        select * from jsonb_populate_recordset(null::${sql.table(name)}, ${JSON.stringify(fit)}::jsonb)`.execute(tx);
      if (table.root)
        await remember(
          tx,
          name,
          fit.map(({ id }) => String(id)),
        );
    },
  };
}

/** New numbers in the old order, drawn as anybody draws them. */
async function number(tx: Tx, table: string, column: string, rows: Row[]): Promise<void> {
  const { rows: drawn } = await sql<{ n: number }>`
    select nextval(pg_get_serial_sequence(${table}, ${column})) as n from generate_series(1, ${rows.length}::int)
    order by n`.execute(tx);
  for (const [index, row] of rows.entries()) row[column] = drawn[index]?.n;
}

async function addAccounts(tx: Tx, rows: readonly Row[], column: string): Promise<void> {
  const ids = [...new Set(rows.map((row) => String(row[column])))];
  const { rows: added } = await sql<{ id: string }>`
    insert into channel_account (id, channel, name, created_at)
    select a.id, coalesce(k.channel, 'chat'), coalesce(k.name, a.id), now()
    from unnest(${ids}::text[]) as a (id)
    left join channel_account k on ${sampleAccount('')} || k.id = a.id
    on conflict (id) do nothing returning id`.execute(tx);
  await remember(
    tx,
    'channel_account',
    added.map(({ id }) => id),
  );
}

async function remember(tx: Tx, table: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx
    .insertInto('sample_row')
    .values(keys.map((key) => ({ table_name: table, key })))
    .onConflict((conflict) => conflict.columns(['table_name', 'key']).doNothing())
    .execute();
}
