import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { type caseFiltersSchema, folioSchema } from '../contract/case.ts';
import type { Actor } from '../operators/actor.ts';
import { caseSeenBy } from './case-access.ts';
import { folded } from './search-text.ts';

export type CaseFilters = z.output<typeof caseFiltersSchema>;

/** Words of a search that count. */
const WORDS = 6;

/**
 * The filters as a condition on `service_case c`, with what the reader may not see left out.
 * @param today the city's day, `yyyy-mm-dd`
 */
export function matchingCases(actor: Actor, filters: CaseFilters, today: string): RawBuilder<unknown> {
  const { state, status, serviceId, departmentId, coloniaId, late, triage, q } = filters;
  const conditions = [
    caseSeenBy(actor),
    ...(state === 'all' ? [] : [state === 'open' ? sql`c.closed_at is null` : sql`c.closed_at is not null`]),
    ...(status ? [sql`c.status = ${status}`] : []),
    ...(serviceId ? [sql`c.service_id = ${serviceId}`] : []),
    ...(departmentId ? [sql`c.department_id = ${departmentId}`] : []),
    ...(coloniaId ? [sql`c.colonia_id = ${coloniaId}`] : []),
    ...(late === undefined ? [] : [late ? lateOn(today) : sql`not ${lateOn(today)}`]),
    ...(triage === undefined ? [] : [triage ? sql`c.triage` : sql`not c.triage`]),
    ...searching(q),
  ];
  return sql.join(conditions, sql` and `);
}

/** Open, and its promise is past. */
export const lateOn = (today: string): RawBuilder<boolean> =>
  sql`(c.closed_at is null and c.promised_for < ${today}::date)`;

function searching(q: string | undefined): RawBuilder<unknown>[] {
  if (!q?.trim()) return [];
  const folio = folioSchema.safeParse(q);
  if (folio.success) return [sql`c.folio = ${folio.data}`];
  const words = folded(q).split(' ');
  // The index is made of groups of three letters: shorter words are looked for only where there is nothing else.
  const telling = words.filter((word) => word.length >= 3);
  const said = (telling.length > 0 ? telling : words)
    .slice(0, WORDS)
    .map((word) => sql`c.search like ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`);
  // What another system called it; as an array, so that both sides are found by their index.
  const referred = sql`c.id = any(array(select e.case_id from external_reference e where e.external_id = ${q.trim()}))`;
  return [sql`((${sql.join(said, sql` and `)}) or ${referred})`];
}
