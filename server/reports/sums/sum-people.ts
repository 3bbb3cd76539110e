import { sql } from 'kysely';
import type { Tx } from '../../database/database.ts';
import { countPresence } from '../count-people.ts';
import { instantsOf } from '../report-period.ts';

export async function sumPeople(tx: Tx, day: string, timeZone: string): Promise<void> {
  const { from, to } = instantsOf({ from: day, to: day }, { timeZone });
  const counts = await countPresence(tx, 'operator+hour', { from, to, now: to, timeZone, operator: undefined });
  await sql`delete from people_sum where grain = 'day' and starts_on = ${day}::date`.execute(tx);
  if (counts.size === 0) return;
  const rows = [...counts].map(([key, { staffedSeconds = 0, busySeconds = 0 }]) => {
    const at = key.lastIndexOf(' ');
    return sql`('day', ${day}::date, ${key.slice(0, at)}, ${Number(key.slice(at + 1))}, ${staffedSeconds}, ${busySeconds})`;
  });
  await sql`insert into people_sum (grain, starts_on, operator_id, hour, staffed_seconds, busy_seconds)
    values ${sql.join(rows)}`.execute(tx);
}

export const peopleMonth = {
  table: 'people_sum',
  keys: ['operator_id', 'hour'],
  measures: ['staffed_seconds', 'busy_seconds'],
};
