import { sql } from 'kysely';
import type { Tx } from '../../database/database.ts';
import { groupOf } from '../counted-contacts.ts';
import { instantsOf } from '../report-period.ts';
import { contactCuts } from './cuts.ts';
import { columnOf, countsOf, summed } from './sum-columns.ts';

const measures = summed.map(columnOf);

export async function sumContacts(tx: Tx, day: string, timeZone: string): Promise<void> {
  const { from, to } = instantsOf({ from: day, to: day }, { timeZone });
  const parts = contactCuts.parts((dimension) => groupOf(dimension, timeZone) ?? sql`''`);
  await sql`delete from contact_sum where grain = 'day' and starts_on = ${day}::date`.execute(tx);
  await sql`
    insert into contact_sum (grain, starts_on, cut, a, b, protected, ${sql.join(measures.map((each) => sql.ref(each)))})
    select 'day', ${day}::date, v.cut, v.a, v.b, f.protected, ${countsOf(columnOf)}
    from (
      select c.*, c.outcome = 'answered' and c.closed_at is not null and not c.came_back as resolved,
        null::timestamptz as seen_at
      from contact_fact c where c.began_at >= ${from} and c.began_at < ${to}
    ) f cross join lateral (values ${parts}) v (cut, a, b)
    group by v.cut, v.a, v.b, f.protected`.execute(tx);
}

export const contactMonth = { table: 'contact_sum', keys: ['cut', 'a', 'b', 'protected'], measures };
