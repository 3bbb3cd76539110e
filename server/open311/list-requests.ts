import { z } from 'zod';
import type { CaseRow } from '../cases/case-row.ts';
import { folioSchema } from '../contract/case.ts';
import type { City } from '../contract/city.ts';
import type { Db } from '../database/database.ts';
import { Open311Error } from './open311-error.ts';
import { readableServices } from './public-services.ts';

/** The standard's limit of one search. */
const DAYS_MS = 90 * 24 * 3_600_000;
const MOST = 500;

const listed = z
  .string()
  .max(4_000)
  .transform((text) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
  );
const moment = z.iso
  .datetime({ offset: true, local: true })
  .or(z.iso.date())
  .transform((text) => new Date(/[zZ]|[+-]\d\d:?\d\d$/.test(text) || text.length === 10 ? text : `${text}Z`));

export const searchSchema = z.object({
  service_request_id: listed.optional(),
  service_code: listed.optional(),
  status: listed.pipe(z.array(z.enum(['open', 'closed']))).optional(),
  start_date: moment.optional(),
  end_date: moment.optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  page_size: z.coerce.number().int().min(1).max(MOST).default(100),
});

/** Public cases, newest first. Ids, when there are any, are all that is asked for, as the standard has it. */
export async function listRequests(
  db: Db,
  city: City,
  search: z.output<typeof searchSchema>,
  now: Date,
): Promise<CaseRow[]> {
  const codes = readableServices(city).map(({ id }) => id);
  const query = publicCases(db, codes)
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(search.page_size)
    .offset((search.page - 1) * search.page_size);
  if (search.service_request_id) {
    const folios = search.service_request_id.flatMap((id) => folioSchema.safeParse(id).data ?? []).slice(0, MOST);
    return folios.length > 0 ? query.where('folio', 'in', folios).execute() : [];
  }
  const end = search.end_date ?? (search.start_date ? new Date(search.start_date.getTime() + DAYS_MS) : now);
  const earliest = new Date(end.getTime() - DAYS_MS);
  const start = search.start_date && search.start_date > earliest ? search.start_date : earliest;
  const states = new Set(search.status ?? ['open', 'closed']);
  const asked = search.service_code?.filter((code) => codes.includes(code));
  if (asked?.length === 0) return [];
  return query
    .where('opened_at', '>=', start)
    .where('opened_at', '<=', end)
    .$if(asked !== undefined, (more) => more.where('service_id', 'in', asked ?? []))
    .$if(!states.has('closed'), (more) => more.where('closed_at', 'is', null))
    .$if(!states.has('open'), (more) => more.where('closed_at', 'is not', null))
    .execute();
}

/** @throws Open311Error 404, the same for a folio that is not public */
export async function findRequest(db: Db, city: City, id: string): Promise<CaseRow> {
  const folio = folioSchema.safeParse(id);
  const codes = readableServices(city).map((service) => service.id);
  const row = folio.success
    ? await publicCases(db, codes).where('folio', '=', folio.data).executeTakeFirst()
    : undefined;
  if (!row) throw new Open311Error(404, 'service_request_id was not found.');
  return row;
}

const publicCases = (db: Db, codes: readonly string[]) =>
  db
    .selectFrom('service_case')
    .selectAll()
    .where('protected', '=', false)
    .where('service_id', 'in', [...codes]);
