import { sql } from 'kysely';
import type { CaseMap } from '../contract/case.ts';
import type { CaseStatus } from '../contract/case-status.ts';
import type { Db } from '../database/database.ts';
import type { Actor } from '../operators/actor.ts';
import { type CaseFilters, lateOn, matchingCases } from './case-filters.ts';

const DOTS = 5_000;

interface Dot {
  id: string;
  folio: string;
  service_id: string;
  status: CaseStatus;
  late: boolean;
  latitude: number;
  longitude: number;
  total: number;
}

/** Cases as dots, newest first. A protected case is on no map, whoever looks: a dot can be a home. */
export async function caseMap(db: Db, actor: Actor, filters: CaseFilters, today: string): Promise<CaseMap> {
  const located = sql`${matchingCases(actor, filters, today)} and c.latitude is not null and not c.protected`;
  const { rows } = await sql<Dot>`
    select c.id, c.folio, c.service_id, c.status, ${lateOn(today)} as late, c.latitude, c.longitude,
      count(*) over ()::int as total
    from service_case c where ${located} order by c.opened_at desc, c.id desc limit ${DOTS}`.execute(db);
  return {
    total: rows[0]?.total ?? 0,
    cases: rows.map((row) => ({
      id: row.id,
      folio: row.folio,
      serviceId: row.service_id,
      status: row.status,
      late: row.late,
      point: { latitude: row.latitude, longitude: row.longitude },
    })),
  };
}
