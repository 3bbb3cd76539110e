import { sql } from 'kysely';
import type { Tx } from '../../database/database.ts';
import { caseGroupOf } from '../counted-cases.ts';
import { instantsOf } from '../report-period.ts';
import { caseChanges } from './case-changes.ts';
import { caseCuts } from './cuts.ts';

const measures = ['promised', 'promises_kept', 'opened', 'opened_days'];

export async function sumCases(tx: Tx, day: string, timeZone: string): Promise<void> {
  const span = instantsOf({ from: day, to: day }, { timeZone });
  const parts = caseCuts.parts((dimension) => caseGroupOf(dimension) ?? sql`''`);
  await sql`delete from case_sum where grain = 'day' and starts_on = ${day}::date`.execute(tx);
  await sql`
    insert into case_sum (grain, starts_on, cut, a, b, protected, ${sql.join(measures.map((each) => sql.ref(each)))})
    select 'day', ${day}::date, v.cut, v.a, v.b, k.protected, ${sql.join(measures.map((each) => sql`sum(k.${sql.ref(each)})`))}
    from ${caseChanges([span], [span], { timeZone, before: sql`date 'infinity'` })} k
    cross join lateral (values ${parts}) v (cut, a, b)
    group by v.cut, v.a, v.b, k.protected`.execute(tx);
}

export const caseMonth = { table: 'case_sum', keys: ['cut', 'a', 'b', 'protected'], measures };
