import { sql } from 'kysely';
import type { Tx } from '../database/database.ts';

/**
 * The next folio of a year, `VER-2026-000123`. Whoever else wants one waits until this transaction ends, and takes the
 * same number if it fails: there are no gaps. So it is taken as late as possible.
 */
export async function takeFolio(tx: Tx, prefix: string, year: number): Promise<string> {
  const { rows } = await sql<{ last: number }>`
    insert into folio_counter as c (year, last) values (${year}, 1)
    on conflict (year) do update set last = c.last + 1 returning last`.execute(tx);
  return `${prefix}-${year}-${String(rows[0]?.last).padStart(6, '0')}`;
}
